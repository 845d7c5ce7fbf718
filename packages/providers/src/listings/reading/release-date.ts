import { dateOf, epochOf } from './zoned-time.ts'

/** A release further off than this is a placeholder for "unknown", such as 2090-01-01. */
const FAR_AHEAD_YEARS = 8

/** YYYY-MM-DD, or null where the site says none, or a placeholder far away or long before cinema. */
export function releaseDateOf(value: unknown, now: Date): string | null {
  const date =
    dateOf(typeof value === 'string' ? value.slice(0, 10) : value) ?? epochOf(value)?.toISOString().slice(0, 10)
  if (!date) return null
  const year = Number(date.slice(0, 4))
  return year > 1888 && year <= now.getUTCFullYear() + FAR_AHEAD_YEARS ? date : null
}
