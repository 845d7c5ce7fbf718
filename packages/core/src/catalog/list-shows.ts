import { type CacheCtx, cached } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'

export type Show = {
  id: string
  title: string
  ratingAverage: number
  genres: string[]
  runtimeMinutes: number
  defaultPriceMinor: number
}

/** Every film with its usual ticket price, by title. Kept for an hour: every write to a film drops it. */
export async function listShows(ctx: CacheCtx & Pick<Ctx, 'db'>): Promise<Show[]> {
  const { value } = await cached(ctx, {
    key: 'shows',
    tags: ['movies'],
    ttlSeconds: 3600,
    load: () =>
      ctx.db.movie.findMany({
        orderBy: [{ title: 'asc' }, { id: 'asc' }],
        select: {
          id: true,
          title: true,
          ratingAverage: true,
          genres: true,
          runtimeMinutes: true,
          defaultPriceMinor: true,
        },
      }),
  })
  return value
}
