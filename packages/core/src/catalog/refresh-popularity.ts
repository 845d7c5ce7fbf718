import { type CacheCtx, dropCached } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'

const DAYS = 30
/** A seat sold this many days ago counts half of one sold now. */
const HALF_LIFE_DAYS = 10
/** Somebody who asks to be called counts like this many seats sold today: they mean to come, and have not paid. */
const WAITING_WEIGHT = 0.5
/** How much reviews weigh against seats sold: a tie-break for films of one size, never a way past a crowd. */
const REVIEW_WEIGHT = 0.25

/**
 * Computes every film's popularity: seats in confirmed bookings of the last thirty days, newer ones more, and everybody
 * who waits for booking to open or was told in those days, damped by a logarithm so that one full weekend does not rule
 * the list for a month, plus a little for well-rated films.
 * Safe to repeat; touches only films whose number changed.
 * @returns how many films changed
 */
export async function refreshPopularity(ctx: CacheCtx & Pick<Ctx, 'pool'>): Promise<number> {
  const changed = await computePopularity(ctx)
  if (changed > 0) await dropCached(ctx, ['popularity'])
  return changed
}

/** The same without dropping lists: for a reader that is about to fill one. */
export async function computePopularity(ctx: Pick<Ctx, 'pool' | 'clock'>): Promise<number> {
  const { rowCount } = await ctx.pool.query(
    `WITH sold AS (
       SELECT s.movie_id, sum(power(0.5, extract(epoch FROM ($1::timestamptz - b.confirmed_at))::float8 / 86400 / $3)) AS seats
         FROM bookings b
         JOIN showtimes s ON s.id = b.showtime_id
         JOIN booking_seats bs ON bs.booking_id = b.id
        WHERE b.status = 'CONFIRMED' AND b.confirmed_at > $1::timestamptz - make_interval(days => $2) AND b.confirmed_at <= $1
        GROUP BY s.movie_id),
     waiting AS (
       SELECT movie_id, count(*) AS people FROM alert_subscriptions
        WHERE movie_id IS NOT NULL
          AND (state = 'ACTIVE' OR (state IN ('NOTIFIED', 'ALREADY_OPEN') AND updated_at > $1::timestamptz - make_interval(days => $2)))
        GROUP BY movie_id),
     scored AS (
       SELECT m.id, round((ln(1 + coalesce(sold.seats, 0) + $5::float8 * coalesce(waiting.people, 0)) + $4 * (m.rating_average / 10) * ln(1 + m.rating_count))::numeric, 6)::float8 AS score
         FROM movies m LEFT JOIN sold ON sold.movie_id = m.id LEFT JOIN waiting ON waiting.movie_id = m.id)
     UPDATE movies m SET popularity = scored.score FROM scored WHERE scored.id = m.id AND m.popularity <> scored.score`,
    [ctx.clock.now(), DAYS, HALF_LIFE_DAYS, REVIEW_WEIGHT, WAITING_WEIGHT],
  )
  return rowCount ?? 0
}
