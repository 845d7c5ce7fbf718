/** A day: longer waits are looked at again after that. */
const MOST_MS = 24 * 60 * 60_000

/**
 * How long a site wants to be left alone: whole seconds or a date of HTTP (RFC 9110, 10.2.3).
 * @returns milliseconds from `now`, at most a day; null when it says nothing that can be read
 */
export function retryAfterMs(value: string | undefined, now: Date): number | null {
  const said = value?.trim()
  if (!said) return null
  if (/^\d+$/.test(said)) return Math.min(Number(said) * 1_000, MOST_MS)
  // Every form of a date in HTTP begins with the name of a day; what else the platform takes for a date is a guess.
  const at = /^(mon|tue|wed|thu|fri|sat|sun)/i.test(said) ? Date.parse(said) : Number.NaN
  if (Number.isNaN(at)) return null
  return Math.min(Math.max(at - now.getTime(), 0), MOST_MS)
}
