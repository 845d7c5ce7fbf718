import { clsx } from 'clsx'

/** A block in the shape of what is coming. Screen readers hear `Loading` once instead. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={clsx('block animate-pulse rounded-control bg-line', className)} />
}

/** Put one around the skeletons of a region. */
export function Loading({
  label,
  children,
  className,
}: {
  label: string
  children: React.ReactNode
  className?: string
}) {
  return (
    <div role="status" aria-live="polite" className={className}>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  )
}
