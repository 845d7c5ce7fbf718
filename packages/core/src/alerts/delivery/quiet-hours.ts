import type { QuietHours } from '@marquee/contracts/alerts'
import type { CountryHours } from './country-hours.ts'

export type Hours = {
  quiet: QuietHours
  /** The person's. */
  timeZone: string
  country: CountryHours
}

/** A window that is not open within this many steps never is: quiet hours of the whole day. */
const MOST_STEPS = 8

/**
 * When somebody may be called or texted next: now, or when neither their quiet hours nor the hours of their number's
 * country forbid it. Both are read on the wall clock of their zone, so a day with 23 or 25 hours is right as well. "Wake
 * me" lifts the person's hours, never the country's. Pure.
 * @returns `now` itself when it is allowed; null when it never is
 */
export function nextAllowed(now: Date, { quiet, timeZone, country }: Hours): Date | null {
  let at = now
  for (let step = 0; step < MOST_STEPS; step++) {
    const afterQuiet = quiet.wakeMe ? at : endOfSpan(at, timeZone, quiet.from, quiet.to)
    // What the law leaves open is a span too: from the evening's end to the morning's beginning.
    const next = zonesOf(country, timeZone).reduce(
      (then, zone) => endOfSpan(then, zone, country.to, country.from),
      afterQuiet,
    )
    if (next.getTime() === at.getTime()) return at
    at = next
  }
  return null
}

/** On whose clocks the law's hours are read: the number's, or the person's where they may well be the same. */
function zonesOf({ zone, coasts }: CountryHours, timeZone: string): string[] {
  if (zone) return [zone]
  return !coasts || /^(America|US|Canada)\/|^Pacific\/Honolulu$/.test(timeZone) ? [timeZone] : coasts
}

/** The end of the daily span `from`–`to` when `at` lies in it, otherwise `at`. Past midnight when `to` is earlier. */
function endOfSpan(at: Date, zone: string, from: string, to: string): Date {
  if (from === to) return at
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)
  const time = local.toPlainTime()
  const begins = Temporal.PlainTime.from(from)
  const ends = Temporal.PlainTime.from(to)
  const isBefore = (a: Temporal.PlainTime, b: Temporal.PlainTime) => Temporal.PlainTime.compare(a, b) < 0
  const overnight = isBefore(ends, begins)
  const inside = overnight
    ? !isBefore(time, begins) || isBefore(time, ends)
    : !isBefore(time, begins) && isBefore(time, ends)
  if (!inside) return at
  const day = overnight && !isBefore(time, begins) ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate()
  // A wall clock that skips this very time goes on with the next one; one that shows it twice means the second.
  const end = day.toZonedDateTime({ timeZone: zone, plainTime: ends })
  const later = day.toPlainDateTime(ends).toZonedDateTime(zone, { disambiguation: 'later' })
  const until = Temporal.ZonedDateTime.compare(later, end) > 0 ? later : end
  return new Date(Math.max(until.epochMilliseconds, at.getTime() + 1))
}
