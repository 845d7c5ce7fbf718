/** Local wall clock. Months from 1. */
export type WallClock = { year: number; month: number; day: number; hour: number; minute: number; second: number }

const HOUR = 3_600_000
const formats = new Map<string, Intl.DateTimeFormat | null>()

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone)
  if (known !== undefined) return known
  let format: Intl.DateTimeFormat | null = null
  try {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  } catch {
    // Not a zone that this runtime knows.
  }
  // Zones come from pages too: the memory of them stays small.
  if (formats.size > 500) formats.clear()
  formats.set(zone, format)
  return format
}

export const isZone = (zone: string) => formatOf(zone) !== null

/** What clocks in `zone` show at this moment. Null for an unknown zone or an invalid moment. */
export function wallClockAt(instant: Date, zone: string): WallClock | null {
  const format = formatOf(zone)
  if (!format || Number.isNaN(instant.getTime())) return null
  const parts: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value)
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts
  return { year, month, day, hour, minute, second }
}

const asIfUtc = (w: WallClock) => Date.UTC(w.year, w.month - 1, w.day, w.hour, w.minute, w.second)

/** YYYY-MM-DD of this moment in `zone`, or null. */
export function localDateAt(instant: Date, zone: string): string | null {
  const clock = wallClockAt(instant, zone)
  return clock ? dateText(clock) : null
}

const two = (n: number) => String(n).padStart(2, '0')
const dateText = (w: WallClock) => `${String(w.year).padStart(4, '0')}-${two(w.month)}-${two(w.day)}`

/** A day that exists, as YYYY-MM-DD; null for anything else. `20261128` is read too. */
export function dateOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?:$|T)/.exec(value.trim())
  if (!match) return null
  const text = `${match[1]}-${match[2]}-${match[3]}`
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : null
}

function isReal(w: WallClock): boolean {
  if (w.hour > 23 || w.minute > 59 || w.second > 59) return false
  return dateOf(dateText(w)) !== null
}

/**
 * The moment at which clocks in `zone` show this. Null for a time that is skipped in spring, so that no session is invented.
 * A time that comes twice in autumn is its first coming: it is over sooner, so nothing counts too long.
 */
export function zonedToUtc(clock: WallClock, zone: string): Date | null {
  if (!isReal(clock) || !isZone(zone)) return null
  const wanted = asIfUtc(clock)
  const hits: number[] = []
  // The offset a day before and a day after are the only two that can hold, whatever the zone does in between.
  for (const probe of [wanted - 24 * HOUR, wanted, wanted + 24 * HOUR]) {
    const shown = wallClockAt(new Date(probe), zone)
    if (!shown) return null
    const candidate = wanted - (asIfUtc(shown) - probe)
    const check = wallClockAt(new Date(candidate), zone)
    if (check && asIfUtc(check) === wanted) hits.push(candidate)
  }
  return hits.length > 0 ? new Date(Math.min(...hits)) : null
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i

/**
 * A moment written as ISO 8601. One without an offset is read in `zoneless` (an IANA zone, `UTC` among them); null there
 * refuses it. Anything malformed, such as `…000Z-03:00`, is null: no time is better than a wrong one.
 */
export function instantOf(value: unknown, zoneless: string | null): Date | null {
  if (typeof value !== 'string') return null
  const match = ISO.exec(value.trim())
  if (!match) return null
  const [, year, month, day, hour, minute, second, offset] = match
  const clock = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
  }
  if (!isReal(clock)) return null
  if (!offset) return zoneless === null ? null : zonedToUtc(clock, zoneless)
  if (offset.toUpperCase() === 'Z') return new Date(asIfUtc(clock))
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  if (minutes > 14 * 60 || Number(digits.slice(2)) > 59) return null
  return new Date(asIfUtc(clock) - (offset.startsWith('-') ? -1 : 1) * minutes * 60_000)
}

/** A moment as seconds or milliseconds since 1970, between 2000 and 2100; null for anything else. */
export function epochOf(value: unknown): Date | null {
  const n = typeof value === 'string' && /^\d{9,13}$/.test(value) ? Number(value) : value
  if (typeof n !== 'number' || !Number.isFinite(n)) return null
  const ms = n < 1e11 ? n * 1000 : n
  return ms >= Date.UTC(2000, 0) && ms < Date.UTC(2100, 0) ? new Date(ms) : null
}

const TWELVE = /^(\d{1,2})[:.](\d{2})\s*([ap])\.?\s*m\.?$/i
const TWENTY_FOUR = /^(\d{1,2}):(\d{2})(?::\d{2})?$/

/** `09:15 PM`, `21:15`, `9.15pm`. Null for anything else, such as `25:10`. */
export function timeOf(value: unknown): { hour: number; minute: number } | null {
  if (typeof value !== 'string') return null
  const text = value.trim()
  const twelve = TWELVE.exec(text)
  const plain = twelve ? null : TWENTY_FOUR.exec(text)
  const minute = Number((twelve ?? plain)?.[2])
  let hour = Number((twelve ?? plain)?.[1])
  if (Number.isNaN(hour) || minute > 59) return null
  if (twelve) {
    if (hour < 1 || hour > 12) return null
    hour = (hour % 12) + (twelve[3]!.toLowerCase() === 'p' ? 12 : 0)
  }
  return hour > 23 ? null : { hour, minute }
}

/** A local day and a local time of day in `zone`. Null when either is malformed or the clocks skip it. */
export function localMoment(date: unknown, time: unknown, zone: string): Date | null {
  const day = dateOf(date)
  const clock = timeOf(time)
  if (!day || !clock) return null
  const [year, month, dayOfMonth] = day.split('-').map(Number)
  return zonedToUtc({ year: year!, month: month!, day: dayOfMonth!, ...clock, second: 0 }, zone)
}
