/** Everything a guest reads as money, time or length. Instants are UTC strings; zones are IANA names. */

const LOCALE = 'en-IN'
const formats = new Map<string, Intl.DateTimeFormat>()

/** Building a formatter costs more than using it a hundred times. */
function dateFormat(timeZone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name}|${timeZone}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone })
    formats.set(key, format)
  }
  return format
}

const wholeRupees = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: 'INR', maximumFractionDigits: 0 })
const withPaise = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: 'INR' })

/** @param minor paise. Whole rupees lose the ".00" unless `exact`, which is for sums that must line up. */
export function formatMoney(minor: number, { exact = false } = {}): string {
  return (exact || minor % 100 !== 0 ? withPaise : wholeRupees).format(minor / 100)
}

/** "19:15" on the wall clock of the zone. */
export function formatTime(instant: string, timeZone: string): string {
  return dateFormat(timeZone, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(instant),
  )
}

/** "IST": what people there call their time. */
export function zoneName(instant: string, timeZone: string): string {
  const parts = dateFormat(timeZone, 'zone', { timeZoneName: 'short', hour: 'numeric' }).formatToParts(
    new Date(instant),
  )
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone
}

/** "19:15 IST" */
export function formatTimeWithZone(instant: string, timeZone: string): string {
  return `${formatTime(instant, timeZone)} ${zoneName(instant, timeZone)}`
}

/** The calendar day, YYYY-MM-DD, that an instant falls on in the zone. */
export function localDate(instant: string | Date, timeZone: string): string {
  const parts = dateFormat(timeZone, 'date', { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(
    new Date(instant),
  )
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return `${of('year')}-${of('month')}-${of('day')}`
}

/** Hour of the day, 0 to 23, in the zone. */
function localHour(instant: string | Date, timeZone: string): number {
  return Number(dateFormat(timeZone, 'hour', { hour: '2-digit', hourCycle: 'h23' }).format(new Date(instant)))
}

/** Calendar arithmetic on YYYY-MM-DD; no zone is involved in counting days. */
export function addDays(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

function calendar(date: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormatPart[] {
  return dateFormat('UTC', name, options).formatToParts(new Date(`${date}T00:00:00Z`))
}

function joined(parts: Intl.DateTimeFormatPart[], ...types: string[]): string {
  return types.map((type) => parts.find((part) => part.type === type)?.value ?? '').join(' ')
}

/** "Sat 21 Nov"; with the year when it is not the year of `today`. */
export function formatDate(date: string, today?: string): string {
  const parts = calendar(date, 'short', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  const text = joined(parts, 'weekday', 'day', 'month')
  return today && today.slice(0, 4) !== date.slice(0, 4) ? `${text} ${date.slice(0, 4)}` : text
}

/** "Saturday 21 November" */
export function formatDateLong(date: string): string {
  const parts = calendar(date, 'long', { weekday: 'long', day: 'numeric', month: 'long' })
  return joined(parts, 'weekday', 'day', 'month')
}

/** "4 Dec", for a release; with the year when it is another. */
export function formatReleaseDate(date: string, today: string): string {
  const parts = calendar(date, 'release', { day: 'numeric', month: 'short' })
  const text = joined(parts, 'day', 'month')
  return today.slice(0, 4) === date.slice(0, 4) ? text : `${text} ${date.slice(0, 4)}`
}

/** For a strip of days: "Sat" over "21". */
export function dayParts(date: string): { weekday: string; day: string; month: string } {
  const parts = calendar(date, 'short', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  return { weekday: joined(parts, 'weekday'), day: joined(parts, 'day'), month: joined(parts, 'month') }
}

/** "Today", "Tomorrow", or "Mon 23 Nov". */
export function dayLabel(date: string, today: string): string {
  if (date === today) return 'Today'
  if (date === addDays(today, 1)) return 'Tomorrow'
  return formatDate(date, today)
}

/** From five in the afternoon what is left of the day is the night. */
const EVENING_HOUR = 17

/** The day of one showtime: "Tonight", "Today", "Tomorrow" or "Sat 21 Nov". Past midnight a late show is still tonight. */
export function showDayLabel(startsAt: string, timeZone: string, now: Date = new Date()): string {
  const today = localDate(now, timeZone)
  const date = localDate(startsAt, timeZone)
  if (date === today && localHour(startsAt, timeZone) >= EVENING_HOUR) return 'Tonight'
  return dayLabel(date, today)
}

/** "tonight", "today", "tomorrow" inside a sentence; names of days keep their capital. */
export function midSentence(label: string): string {
  return label.replace(/^(Tonight|Today|Tomorrow)\b/, (word) => word.toLowerCase())
}

/** What this moment is called on a poster outside the cinema: "tonight" or "today". */
export function dayWord(timeZone: string, now: Date = new Date()): 'Tonight' | 'Today' {
  return localHour(now, timeZone) >= EVENING_HOUR ? 'Tonight' : 'Today'
}

/** "2 h 14 m", "45 m", "2 h" */
export function formatRuntime(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return `${rest} m`
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')} m`
}

/** What a screen reader should say for a runtime. */
export function spokenRuntime(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const words = []
  if (hours > 0) words.push(`${hours} ${hours === 1 ? 'hour' : 'hours'}`)
  if (rest > 0) words.push(`${rest} ${rest === 1 ? 'minute' : 'minutes'}`)
  return words.join(' ')
}

/** A countdown, "2:08". Never negative: at zero it is over. */
export function formatCountdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export function formatCount(count: number): string {
  return new Intl.NumberFormat(LOCALE).format(count)
}

/** "1 seat", "3 seats" */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

export function formatRating(average: number): string {
  return average.toFixed(1)
}

/** "Sat 21 Nov, 17:24" on the wall clock of whoever reads: for what happened to an account, not in a cinema. */
export function formatMoment(instant: string, timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone): string {
  const today = localDate(new Date(), timeZone)
  return `${dayLabel(localDate(instant, timeZone), today)}, ${formatTime(instant, timeZone)}`
}
