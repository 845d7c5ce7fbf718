/** One theatre opened booking for one film. */
export type RecordedOpening = {
  openedAt: Date
  /** The first showing that could be booked; null where only the release is known. */
  firstShowAt: Date | null
  /** YYYY-MM-DD */
  releaseDate: string | null
}

export type ForecastFacts = {
  openings: number
  /** Before the first showing. */
  daysBefore: { low: number; median: number; high: number }
  /** "09:00" to "12:00": the shortest stretch of whole hours in which most of them opened. Null: at any hour. */
  hours: { from: string; to: string } | null
}

export const LEAST_OPENINGS = 3
const DAY_MS = 86_400_000
/** As many as this are most. */
const MOST = 0.7
/** A stretch that is longer says nothing. */
const LONGEST_HOURS = 8

/** How a theatre has opened so far, on the clock of `zone`. Pure. Null: too few openings to say anything. */
export function forecastOpenings(records: RecordedOpening[], zone: string): ForecastFacts | null {
  const leads = records.flatMap((record) => {
    const first = record.firstShowAt?.getTime() ?? (record.releaseDate ? Date.parse(record.releaseDate) : null)
    const days = first === null ? null : (first - record.openedAt.getTime()) / DAY_MS
    return days !== null && days > 0 ? [days] : []
  })
  if (leads.length < LEAST_OPENINGS) return null
  leads.sort((a, b) => a - b)
  return {
    openings: leads.length,
    daysBefore: {
      low: tenth(quantile(leads, 0.1)),
      median: tenth(quantile(leads, 0.5)),
      high: tenth(quantile(leads, 0.9)),
    },
    hours: busiestHours(records.map(({ openedAt }) => hourOf(openedAt, zone))),
  }
}

const tenth = (value: number) => Math.round(value * 10) / 10

/** Of sorted values, between the two that are nearest. */
export function quantile(sorted: number[], share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)]!
  return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place))
}

const hourOf = (instant: Date, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).hour

function busiestHours(hours: number[]): ForecastFacts['hours'] {
  const counts = Array.from({ length: 24 }, (_, hour) => hours.filter((one) => one === hour).length)
  for (let length = 1; length <= LONGEST_HOURS; length++) {
    const within = counts.map((_, from) =>
      Array.from({ length }, (_unused, i) => counts[(from + i) % 24]!).reduce((sum, one) => sum + one, 0),
    )
    const best = within.indexOf(Math.max(...within))
    if (within[best]! >= hours.length * MOST) return { from: clock(best), to: clock((best + length) % 24) }
  }
  return null
}

const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`

/** The days on which booking of a film with this release is to be expected. */
export function expectedDays(facts: ForecastFacts, releaseDate: string): { from: string; to: string } {
  const day = Temporal.PlainDate.from(releaseDate)
  const before = (days: number) => day.subtract({ days: Math.round(days) }).toString()
  return { from: before(facts.daysBefore.high), to: before(facts.daysBefore.low) }
}
