import { clsx } from 'clsx'
import { Link, type LinkProps } from 'react-router'
import { type ButtonStyle, buttonStyles } from './button.tsx'

/** A link that looks like a button. Use it for going somewhere, Button for doing something. */
export function LinkButton({ variant, size, wide, className, ...rest }: LinkProps & ButtonStyle) {
  return <Link {...rest} className={clsx(buttonStyles({ variant, size, wide }), className)} />
}
