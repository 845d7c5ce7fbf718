import { clsx } from 'clsx'
import type { ReactNode } from 'react'

const tones = {
  neutral: 'border-control text-muted',
  marquee: 'border-marquee-text text-marquee-text',
  velvet: 'border-velvet text-velvet',
  ok: 'border-ok text-ok',
  danger: 'border-danger text-danger',
} as const

/** A short fact beside something. Colour only repeats what the words say. */
export function Badge({
  tone = 'neutral',
  children,
  className,
}: {
  tone?: keyof typeof tones
  children: ReactNode
  className?: string
}) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 whitespace-nowrap rounded-[4px] border px-1.5 py-px font-medium text-12',
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  )
}
