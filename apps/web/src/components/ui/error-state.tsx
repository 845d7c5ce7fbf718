import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { ApiError } from '../../lib/api-error.ts'
import { Button } from './button.tsx'

interface ErrorStateProps {
  error: unknown
  /** What could not be done, for example "The showtimes did not load". */
  title: string
  onRetry?: () => void
  retrying?: boolean
  /** For pages about money: whether any moved. */
  children?: ReactNode
  className?: string
}

/** Says what happened and what to do. The reference is what support can look up. */
export function ErrorState({ error, title, onRetry, retrying = false, children, className }: ErrorStateProps) {
  const failure = error instanceof ApiError ? error : null
  return (
    <div
      role="alert"
      className={clsx(
        'flex flex-col items-start gap-3 rounded-card border border-danger/50 px-6 py-8 sm:px-10',
        className,
      )}
    >
      <p className="font-bold font-display text-20 tracking-tight">{title}</p>
      {(failure || !children) && (
        <p className="max-w-[60ch] text-muted">{failure?.message ?? 'Something unexpected happened on this page.'}</p>
      )}
      {children}
      {onRetry && (
        <Button onClick={onRetry} busy={retrying} className="mt-2">
          Try again
        </Button>
      )}
      {failure?.requestId && failure.status >= 500 && (
        <p className="text-12 text-muted">
          Reference <span className="select-all font-mono">{failure.requestId}</span>
        </p>
      )}
    </div>
  )
}
