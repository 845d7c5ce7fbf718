import type { Ctx } from '../context.ts'

const MOST = 4

export type CityShowing = { slug: string; name: string; films: number }

/** The cities with a coming showtime of any of these films, those with the most of them first; four at most. */
export async function citiesShowing(
  ctx: Pick<Ctx, 'pool' | 'clock'>,
  movieIds: readonly string[],
): Promise<CityShowing[]> {
  const { rows } = await ctx.pool.query<CityShowing>(
    `SELECT y.slug, y.name, count(DISTINCT s.movie_id)::int AS films
       FROM showtimes s JOIN screens c ON c.id = s.screen_id JOIN theatres t ON t.id = c.theatre_id
       JOIN cities y ON y.id = t.city_id
      WHERE s.movie_id = ANY ($1::uuid[]) AND s.status = 'SCHEDULED' AND s.film_starts_at > $2
        AND s.starts_at > $2::timestamptz - interval '1 day' -- for the index: advertisements are shorter
      GROUP BY y.id ORDER BY films DESC, count(*) DESC, y.name LIMIT $3`,
    [movieIds, ctx.clock.now(), MOST],
  )
  return rows
}
