import type { PopularMovies } from '@marquee/contracts/movies'
import { type CacheCtx, cached } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'
import { findCity } from './find-city.ts'
import { FROM_CACHE, FROM_DATABASE } from './messages.ts'
import { movieCard } from './movie-rows.ts'
import { pricesFrom } from './prices-from.ts'
import { computePopularity } from './refresh-popularity.ts'

/** The most that a reader may ask for. */
const POPULAR_MAX = 50

type CatalogCtx = CacheCtx & Pick<Ctx, 'db' | 'pool'>

/**
 * The most popular films, from a list that is kept for 300 s; prices are those of the city asked for.
 * @throws AppError NOT_FOUND for an unknown city
 */
export async function listPopularMovies(
  ctx: CatalogCtx,
  query: { city?: string; limit: number },
): Promise<PopularMovies> {
  const cityId = query.city ? (await findCity(ctx, query.city)).id : null
  const { value, from } = await cached(ctx, {
    key: `popular:${cityId ?? 'anywhere'}`,
    tags: ['movies', 'showtimes', 'popularity'],
    ttlSeconds: 300,
    load: () => loadPopular(ctx, cityId),
  })
  return { message: from === 'cache' ? FROM_CACHE : FROM_DATABASE, data: value.slice(0, query.limit) }
}

async function loadPopular(ctx: CatalogCtx, cityId: string | null) {
  // On a new installation the worker may not have computed anything yet.
  if (!(await ctx.db.movie.findFirst({ where: { popularity: { gt: 0 } }, select: { id: true } })))
    await computePopularity(ctx)
  const rows = await ctx.db.movie.findMany({
    omit: { cast: true },
    orderBy: [{ popularity: 'desc' }, { ratingAverage: 'desc' }, { releaseDate: 'desc' }, { title: 'asc' }],
    take: POPULAR_MAX,
  })
  const prices = await pricesFrom(
    ctx,
    rows.map((row) => row.id),
    cityId,
  )
  return rows.map((row) => movieCard(row, prices.get(row.id) ?? null))
}
