import { cva, type VariantProps } from 'class-variance-authority'
import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

/** Shared by buttons and by links that act like one. `danger` is for what cannot be undone. */
export const buttonStyles = cva(
  'relative inline-flex select-none items-center justify-center gap-2 rounded-control border font-semibold no-underline transition-colors duration-150 ease-out disabled:opacity-55 aria-disabled:opacity-55',
  {
    variants: {
      variant: {
        primary:
          'border-marquee bg-marquee text-ink hover:not-disabled:border-[#ffc24d] hover:not-disabled:bg-[#ffc24d]',
        secondary:
          'border-control bg-transparent text-text hover:not-disabled:border-text hover:not-disabled:bg-raised',
        quiet: 'border-transparent bg-transparent text-text hover:not-disabled:bg-raised',
        accent: 'border-transparent bg-transparent text-marquee-text hover:not-disabled:bg-raised',
        danger: 'border-danger bg-transparent text-danger hover:not-disabled:bg-raised',
      },
      size: {
        sm: 'min-h-9 px-3 text-14',
        md: 'min-h-11 px-4.5 text-[0.9375rem]',
        lg: 'min-h-13 px-6 text-16',
      },
      wide: { true: 'w-full' },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

export type ButtonStyle = VariantProps<typeof buttonStyles>

interface ButtonProps extends ComponentProps<'button'>, ButtonStyle {
  /** Work is under way: says so to screen readers, keeps its width, refuses a second press. */
  busy?: boolean
}

export function Button({
  variant,
  size,
  wide,
  busy = false,
  className,
  type = 'button',
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-busy={busy || undefined}
      disabled={rest.disabled || busy}
      className={clsx(buttonStyles({ variant, size, wide }), className)}
    >
      <span className={clsx('inline-flex items-center gap-2', busy && 'invisible')}>{children}</span>
      {busy && (
        <span aria-hidden="true" className="absolute inset-0 grid place-items-center">
          <span className="size-4.5 animate-spin rounded-full border-2 border-current border-t-transparent" />
        </span>
      )}
    </button>
  )
}
