import { clsx } from 'clsx'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  title: string
  /** Why it is empty. */
  children?: ReactNode
  /** The next act: a button or a link. */
  action?: ReactNode
  className?: string
}

export function EmptyState({ title, children, action, className }: EmptyStateProps) {
  return (
    <div
      className={clsx(
        'flex flex-col items-start gap-3 rounded-card border border-line border-dashed px-6 py-10 sm:px-10',
        className,
      )}
    >
      <p className="font-bold font-display text-20 tracking-tight">{title}</p>
      {children && <div className="max-w-[60ch] text-muted">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap gap-3">{action}</div>}
    </div>
  )
}
