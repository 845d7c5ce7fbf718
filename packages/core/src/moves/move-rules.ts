// When a booking may be moved to another showtime. Pure; SQL complete_move has the last word, under lock.

/** Also where the cinema gives nothing back: a seat that comes free this long before can still be sold. */
export const MOVE_UNTIL_MINUTES = 20
/** How often one evening may be put off. */
export const MOST_MOVES = 3

export type MoveFacts = {
  status: 'PENDING' | 'CONFIRMED' | 'EXPIRED' | 'CANCELLED'
  showtimeCancelled: boolean
  filmStartsAt: Date
  /** How much of the base cancelling would give back now. */
  percent: number
  liveSeats: number
  usedSeats: number
  /** How often it was moved already. */
  moves: number
  /** The database's clock. */
  now: Date
}

/** In words why it cannot be moved; null when it can. */
export function moveRefusal(facts: MoveFacts): string | null {
  const minutesLeft = (facts.filmStartsAt.getTime() - facts.now.getTime()) / 60_000
  if (facts.status === 'CANCELLED') return 'This booking was cancelled.'
  if (facts.status !== 'CONFIRMED') return 'Only a paid booking can be moved.'
  if (facts.showtimeCancelled) return 'The cinema cancelled this showtime: everything you paid goes back.'
  if (minutesLeft <= 0) return 'The film has begun.'
  if (facts.liveSeats === 0) return 'This booking has no seats left.'
  if (facts.usedSeats > 0) return 'Somebody was let in with this ticket already.'
  if (facts.moves >= MOST_MOVES) return `A booking can be moved ${MOST_MOVES} times, and this one was.`
  if (facts.percent === 0 && minutesLeft < MOVE_UNTIL_MINUTES)
    return `A booking can be moved up to ${MOVE_UNTIL_MINUTES} minutes before the film.`
  return null
}
