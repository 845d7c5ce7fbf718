import { clsx } from 'clsx'
import { formatTime, zoneName } from '../../lib/format.ts'

interface TimeProps {
  /** UTC. */
  instant: string
  /** IANA name; a time is always the wall clock of the cinema's city. */
  timeZone: string
  /** Names the zone beside it: once per view is enough. */
  zone?: boolean
  className?: string
}

export function Time({ instant, timeZone, zone = false, className }: TimeProps) {
  return (
    <time dateTime={instant} className={clsx('whitespace-nowrap', className)}>
      {formatTime(instant, timeZone)}
      {zone && <span> {zoneName(instant, timeZone)}</span>}
    </time>
  )
}
