import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { Link, type LinkProps } from 'react-router'

const chip =
  'inline-flex min-h-9 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-control border px-3 text-14 transition-colors duration-150 max-sm:min-h-10'
const on = 'border-marquee-text text-text'
const off = 'border-line text-muted hover:border-control hover:text-text'

/** A quiet switch: pressed or not. */
export function Chip({ pressed, className, ...rest }: ComponentProps<'button'> & { pressed: boolean }) {
  return <button {...rest} type="button" aria-pressed={pressed} className={clsx(chip, pressed ? on : off, className)} />
}

/** The same look for a choice that is part of the URL. */
export function ChipLink({ current, className, ...rest }: LinkProps & { current: boolean }) {
  return (
    <Link {...rest} aria-current={current ? 'true' : undefined} className={clsx(chip, current ? on : off, className)} />
  )
}
