import { dateOf, epochOf, localDateAt } from './zoned-time.ts'

/** A release further off than this is a placeholder for "unknown", such as 2090-01-01. */
const FAR_AHEAD_YEARS = 8

/** An instant stands for the day that begins there, in UTC or where the cinemas are. */
function dayOf(instant: Date | null, zone: string): string | null {
  if (!instant || instant.getTime() <= 0) return null
  const written = instant.toISOString()
  return written.endsWith('T00:00:00.000Z') ? written.slice(0, 10) : localDateAt(instant, zone)
}

/** YYYY-MM-DD, or null where the site says none, or a placeholder far away or long before cinema. */
export function releaseDateOf(value: unknown, now: Date, zone = 'UTC'): string | null {
  const date = dateOf(typeof value === 'string' ? value.slice(0, 10) : value) ?? dayOf(epochOf(value), zone)
  if (!date) return null
  const year = Number(date.slice(0, 4))
  return year > 1888 && year <= now.getUTCFullYear() + FAR_AHEAD_YEARS ? date : null
}
