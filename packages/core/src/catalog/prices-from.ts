import type { Ctx } from '../context.ts'

/**
 * The cheapest seat, in minor units before fees, of any coming showtime of each film.
 * Films without one are not in the answer.
 * @param cityId only there; null means anywhere
 */
export async function pricesFrom(
  ctx: Pick<Ctx, 'pool' | 'clock'>,
  movieIds: readonly string[],
  cityId: string | null,
): Promise<Map<string, number>> {
  if (movieIds.length === 0) return new Map()
  const { rows } = await ctx.pool.query<{ movie_id: string; price: number }>(
    `SELECT s.movie_id, min(s.price_from_minor) AS price
       FROM showtimes s JOIN screens c ON c.id = s.screen_id JOIN theatres t ON t.id = c.theatre_id
      WHERE s.movie_id = ANY ($1::uuid[]) AND s.status = 'SCHEDULED' AND s.film_starts_at > $2
        AND s.starts_at > $2::timestamptz - interval '1 day' -- for the index: advertisements are shorter
        AND ($3::uuid IS NULL OR t.city_id = $3)
      GROUP BY s.movie_id`,
    [movieIds, ctx.clock.now(), cityId],
  )
  return new Map(rows.map((row) => [row.movie_id, row.price]))
}
