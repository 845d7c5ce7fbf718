import { type CacheCtx, cached } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'

export type Relation = { movieId: string; theatreId: string }

/**
 * Which film is at which theatre: programmed there, or with a showtime to come. Kept for an hour like the lists it
 * joins; every write to a showtime or a film drops it.
 */
export async function listProgrammes(ctx: CacheCtx & Pick<Ctx, 'pool'>): Promise<Relation[]> {
  const { value } = await cached(ctx, {
    key: 'programmes',
    tags: ['movies', 'theatres', 'showtimes'],
    ttlSeconds: 3600,
    load: async () => {
      const { rows } = await ctx.pool.query<Relation>(
        `SELECT movie_id AS "movieId", theatre_id AS "theatreId" FROM programmes
         UNION
         SELECT s.movie_id, c.theatre_id FROM showtimes s JOIN screens c ON c.id = s.screen_id
          WHERE s.status = 'SCHEDULED' AND s.film_starts_at > $1
         ORDER BY 1, 2`,
        [ctx.clock.now()],
      )
      return rows
    },
  })
  return value
}
