import type { TheatreCard, TheatreList, TheatreListQuery } from '@marquee/contracts/theatres'
import { type CacheCtx, cached } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'
import { findCity } from './find-city.ts'
import { THEATRE_CARD, theatreCard } from './theatre-rows.ts'

type CatalogCtx = CacheCtx & Pick<Ctx, 'db'>

/**
 * Theatres by name, of one city or of all.
 * @throws AppError NOT_FOUND for an unknown city
 */
export async function listTheatres(ctx: CatalogCtx, query: TheatreListQuery): Promise<TheatreList> {
  const city = query.city ? await findCity(ctx, query.city) : null
  const theatres = (await allTheatres(ctx)).filter((theatre) => !city || theatre.citySlug === city.slug)
  const { limit, offset } = query
  return { items: theatres.slice(offset, offset + limit), total: theatres.length, limit, offset }
}

/** Every theatre there is, by name. Kept for an hour: every write to a theatre drops it. */
export async function allTheatres(ctx: CatalogCtx): Promise<TheatreCard[]> {
  const { value } = await cached(ctx, {
    key: 'theatres',
    tags: ['theatres', 'cities'],
    ttlSeconds: 3600,
    load: async () => {
      const rows = await ctx.db.theatre.findMany({ include: THEATRE_CARD, orderBy: [{ name: 'asc' }, { id: 'asc' }] })
      return rows.map(theatreCard)
    },
  })
  return value
}
