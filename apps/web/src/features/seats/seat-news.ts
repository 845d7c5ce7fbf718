import type { Hall } from './seat-geometry.ts'
import { shortList } from './seat-words.ts'

/**
 * What other people changed between two moments of the hall, in one sentence for a screen reader; null when there is
 * nothing worth a word. Looks are strings of letters as made by `hallLooks`. One's own seats are never news.
 */
export function seatNews(hall: Hall, before: string, after: string): string | null {
  if (before.length !== after.length) return null
  const taken: string[] = []
  const freed: string[] = []
  for (const seat of hall.seats) {
    const was = before[seat.index]
    const is = after[seat.index]
    if (was === is || was === 'y' || is === 'y') continue
    if (was === 'f') taken.push(seat.seatId)
    else if (is === 'f') freed.push(seat.seatId)
  }
  const parts: string[] = []
  if (taken.length > 0) parts.push(`${shortList(taken)} ${taken.length === 1 ? 'was' : 'were'} just taken`)
  if (freed.length > 0) parts.push(`${shortList(freed)} ${freed.length === 1 ? 'is' : 'are'} free again`)
  return parts.length > 0 ? `${parts.join('. ')}.` : null
}
