import type { Ctx } from '../context.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import { type ShowtimeSeating, seatIndexes } from '../seats/showtime-seating.ts'
import { type MoveFacts, moveRefusal } from './move-rules.ts'

export type Movable = MoveFacts & {
  showtimeId: string
  movieId: string
  cityId: string
  /** All that its live seats cost, with fee and tax. */
  creditMinor: number
}

/** What a move goes from. @throws NOT_FOUND for anybody else's booking */
export async function findMove(ctx: Pick<Ctx, 'pool'>, input: { bookingId: string; userId: string }): Promise<Movable> {
  const { rows } = await ctx.pool.query<Movable>({
    name: 'find_move',
    text: `WITH RECURSIVE earlier AS (
             SELECT b.moved_from_id AS id FROM bookings b WHERE b.id = $1
              UNION
             SELECT b.moved_from_id FROM bookings b JOIN earlier e ON b.id = e.id
           )
           SELECT b.status::text AS status, b.showtime_id AS "showtimeId", s.movie_id AS "movieId", t.city_id AS "cityId",
                  s.status = 'CANCELLED' AS "showtimeCancelled", s.film_starts_at AS "filmStartsAt", clock_timestamp() AS now,
                  cancellation_percent(b.cancellation_tiers, s.film_starts_at, clock_timestamp()) AS percent,
                  (SELECT count(*)::int FROM tickets k WHERE k.booking_id = b.id AND k.status <> 'CANCELLED') AS "liveSeats",
                  (SELECT count(*)::int FROM tickets k WHERE k.booking_id = b.id AND k.status = 'USED') AS "usedSeats",
                  (SELECT count(id)::int FROM earlier) AS moves, move_credit(b.id) AS "creditMinor"
             FROM bookings b JOIN showtimes s ON s.id = b.showtime_id JOIN screens c ON c.id = s.screen_id JOIN theatres t ON t.id = c.theatre_id
            WHERE b.id = $1 AND b.user_id = $2`,
    values: [input.bookingId, input.userId],
  })
  if (!rows[0]) throw notFound('booking')
  return rows[0]
}

/**
 * The seats a booking may be moved to: as many as it has, at another showtime of its film in its city.
 * @throws CONFLICT (it cannot be moved, with the reason), VALIDATION
 */
export async function assertMovable(
  ctx: Pick<Ctx, 'pool'>,
  from: Movable,
  to: { seating: ShowtimeSeating; seatIds: string[] },
): Promise<number[]> {
  const refusal = moveRefusal(from)
  if (refusal) throw new AppError('CONFLICT', refusal)
  const { seating, seatIds } = to
  if (seating.showtimeId === from.showtimeId)
    throw invalid('showtimeId', 'choose another showtime than the one you have')
  const { rows } = await ctx.pool.query<{ city_id: string }>(
    `SELECT t.city_id FROM showtimes s JOIN screens c ON c.id = s.screen_id JOIN theatres t ON t.id = c.theatre_id WHERE s.id = $1`,
    [seating.showtimeId],
  )
  if (seating.movieId !== from.movieId || rows[0]?.city_id !== from.cityId)
    throw invalid('showtimeId', 'choose a showtime of the same film in the same city')
  if (seatIds.length !== from.liveSeats) throw invalid('seatIds', `choose as many seats as you have: ${from.liveSeats}`)
  return seatIndexes(seating, seatIds)
}
