import type { ShowtimeAvailability } from '@marquee/contracts/showtimes'

/** Under this share of all seats left, a showtime is filling fast. */
export const FILLING_FAST_PERCENT = 30

/**
 * The chip of a showtime, counted by seats. Seats are sold until the film itself begins, so it lapses then and not when
 * the advertisements do.
 */
export function availability(
  showtime: { seatsLeft: number; seatCount: number; filmStartsAt: Date },
  now: Date,
): ShowtimeAvailability {
  if (showtime.filmStartsAt.getTime() <= now.getTime()) return 'lapsed'
  if (showtime.seatsLeft <= 0) return 'sold_out'
  return showtime.seatsLeft * 100 < showtime.seatCount * FILLING_FAST_PERCENT ? 'filling_fast' : 'available'
}
