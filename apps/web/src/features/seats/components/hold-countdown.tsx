import { clsx } from 'clsx'
import { formatCountdown } from '../../../lib/format.ts'
import { useRemaining } from '../../../lib/remaining.ts'
import { clockPhase, spokenRemaining } from '../hold-clock.ts'

interface HoldCountdownProps {
  expiresAt: string
  offset: number
  /** Length of a fresh hold, for the bar. */
  totalMs: number
  children?: React.ReactNode
}

/** Calm until the last minute; then the colour changes, not the size, and nothing blinks. */
export function HoldCountdown({ expiresAt, offset, totalMs, children }: HoldCountdownProps) {
  const remaining = useRemaining(expiresAt, offset)
  const last = clockPhase(remaining) === 'last-minute'
  const spoken = spokenRemaining(remaining)
  return (
    <div>
      <p className="flex items-baseline gap-2.5 text-14 text-muted">
        <b className={clsx('font-bold font-display text-20', last ? 'text-danger' : 'text-text')} role="timer">
          {formatCountdown(remaining)}
        </b>
        <span>{children}</span>
      </p>
      <div aria-hidden="true" className="mt-2.5 h-1 overflow-hidden rounded-full bg-line">
        <span
          className={clsx('block h-full origin-left', last ? 'bg-danger' : 'bg-marquee')}
          style={{ transform: `scaleX(${Math.min(1, remaining / totalMs)})`, transition: 'transform 1s linear' }}
        />
      </div>
      <span aria-live="polite" className="sr-only">
        {spoken}
      </span>
    </div>
  )
}
