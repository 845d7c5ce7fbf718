/**
 * Calendar days in a place's own zone. A showtime at 00:20 belongs to the day that has just begun there, and a day has
 * 23 or 25 hours when the clocks change: so both ends are asked of the zone, never counted in hours.
 */

/** The calendar day an instant falls on there, as YYYY-MM-DD. */
export function localDate(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** First instant of a local day and of the one after it: from <= t < to. A day without a midnight begins at its first hour. */
export function localDayRange(date: string, timeZone: string, days = 1): { from: Date; to: Date } {
  const day = Temporal.PlainDate.from(date)
  const start = (of: Temporal.PlainDate) => new Date(of.toZonedDateTime(timeZone).epochMilliseconds)
  return { from: start(day), to: start(day.add({ days })) }
}

/** Whole days since 1970-01-01: counts up by one each local day. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000
}
