import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** The name read out; an icon alone says nothing. */
  label: string
}

export function IconButton({ label, className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      className={clsx(
        'inline-grid size-11 shrink-0 place-items-center rounded-control text-text transition-colors duration-150 hover:bg-raised disabled:opacity-55 [&_svg]:size-5',
        className,
      )}
    />
  )
}
