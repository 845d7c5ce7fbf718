import type { ShowtimeCard } from '@marquee/contracts/showtimes'

export type SeatsLeft = 'available' | 'filling_fast' | 'few_left' | 'sold_out' | 'begun'

/** So few that the number says more than any word. */
const FEW = 10

/**
 * Tickets are sold until the film itself begins, after the advertisements.
 * @param now epoch milliseconds: an answer from the cache may list a film that has begun since
 */
export function seatsLeft(
  showtime: Pick<ShowtimeCard, 'status' | 'seatsLeft' | 'filmStartsAt'>,
  now: number,
): SeatsLeft {
  if (showtime.status === 'lapsed' || Date.parse(showtime.filmStartsAt) <= now) return 'begun'
  if (showtime.status === 'sold_out' || showtime.seatsLeft <= 0) return 'sold_out'
  if (showtime.seatsLeft <= FEW) return 'few_left'
  return showtime.status === 'filling_fast' ? 'filling_fast' : 'available'
}

/** Something of the list is still ahead, sold out or not. */
export function anyAhead(
  showtimes: readonly Pick<ShowtimeCard, 'status' | 'seatsLeft' | 'filmStartsAt'>[],
  now: number,
): boolean {
  return showtimes.some((showtime) => seatsLeft(showtime, now) !== 'begun')
}

export function canBook(state: SeatsLeft): boolean {
  return state !== 'sold_out' && state !== 'begun'
}

export function seatsLeftWords(state: SeatsLeft, count: number): string {
  switch (state) {
    case 'available':
      return 'Available'
    case 'filling_fast':
      return 'Filling fast'
    case 'few_left':
      return `${count} left`
    case 'sold_out':
      return 'Sold out'
    case 'begun':
      return 'Begun'
    default:
      return state satisfies never
  }
}
