import type { City } from '@marquee/contracts/cities'
import { type CacheCtx, cached } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'

export type CitiesCtx = CacheCtx & Pick<Ctx, 'db'>

/** Every city, in the order the cinema people gave them; the first is where a new guest starts. */
export async function listCities(ctx: CitiesCtx): Promise<City[]> {
  const { value } = await cached(ctx, {
    key: 'cities',
    tags: ['cities'],
    ttlSeconds: 3600,
    localSeconds: 30,
    load: () => loadCities(ctx),
  })
  return value
}

/** Straight from the database. */
export async function loadCities(ctx: Pick<Ctx, 'db'>): Promise<City[]> {
  return ctx.db.city.findMany({
    orderBy: [{ position: 'asc' }, { name: 'asc' }],
    select: { id: true, slug: true, name: true, region: true, timeZone: true, aliases: true },
  })
}
