const formatters = new Map<string, Intl.DateTimeFormat>()

function partsIn(instant: Date, zone: string): Record<string, string> {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formatters.set(zone, formatter)
  }
  return Object.fromEntries(formatter.formatToParts(instant).map((part) => [part.type, part.value]))
}

/** What a clock on the wall shows there: `2026-11-21` and `18:30`. */
export function localOf(instant: Date, zone: string): { date: string; time: string } {
  const p = partsIn(instant, zone)
  return { date: `${p.year}-${p.month}-${p.day}`, time: `${p.hour}:${p.minute}` }
}

/** Minutes that the wall clock is ahead of UTC at that moment. */
export function offsetMinutes(instant: Date, zone: string): number {
  const p = partsIn(instant, zone)
  const wall = Date.UTC(+p.year!, +p.month! - 1, +p.day!, +p.hour!, +p.minute!, +p.second!)
  return Math.round((wall - instant.getTime()) / 60_000)
}

const instants = new Map<string, number>()

/** The moment at which the wall clock there shows that date and time; after a jump forward, the moment as far after it. */
export function instantOf(date: string, time: string, zone: string): Date {
  const key = `${date} ${time} ${zone}`
  let found = instants.get(key)
  if (found === undefined) {
    found = findInstant(date, time, zone)
    instants.set(key, found)
  }
  return new Date(found)
}

function findInstant(date: string, time: string, zone: string): number {
  const wall = Date.parse(`${date}T${time}:00Z`)
  const guess = wall - offsetMinutes(new Date(wall), zone) * 60_000
  return wall - offsetMinutes(new Date(guess), zone) * 60_000
}

/** `+05:30`, `Z` never. */
export function offsetText(instant: Date, zone: string): string {
  const minutes = offsetMinutes(instant, zone)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
}

export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** `18:30` as `06:30 PM`. */
export function clockText(time: string): string {
  const hour = Number(time.slice(0, 2))
  return `${String(hour % 12 || 12).padStart(2, '0')}:${time.slice(3)} ${hour < 12 ? 'AM' : 'PM'}`
}
