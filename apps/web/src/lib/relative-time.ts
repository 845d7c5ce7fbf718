import { formatMoment, midSentence } from './format.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function span(milliseconds: number): string {
  if (milliseconds < MINUTE) return `${Math.max(1, Math.round(milliseconds / 1000))} s`
  if (milliseconds < HOUR) return `${Math.round(milliseconds / MINUTE)} min`
  const hours = Math.floor(milliseconds / HOUR)
  const minutes = Math.round((milliseconds % HOUR) / MINUTE)
  return minutes === 0 || hours > 5 ? `${hours} h` : `${hours} h ${minutes} min`
}

/** "just now", "40 s ago", "2 h 5 min ago", and from a day on the day itself. */
export function ago(instant: string, now: number, timeZone: string): string {
  const passed = now - Date.parse(instant)
  if (passed < 5_000) return 'just now'
  return passed < DAY ? `${span(passed)} ago` : midSentence(formatMoment(instant, timeZone))
}

/** "in 40 s", "any moment now", and from a day on the day itself. */
export function ahead(instant: string, now: number, timeZone: string): string {
  const left = Date.parse(instant) - now
  if (left < 5_000) return 'any moment now'
  return left < DAY ? `in ${span(left)}` : midSentence(formatMoment(instant, timeZone))
}

/** "90 seconds", "10 minutes", "2 hours" */
export function every(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} minutes`
  return `${Math.round(seconds / 3_600)} hours`
}
