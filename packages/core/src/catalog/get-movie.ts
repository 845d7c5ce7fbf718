import type { Movie } from '@marquee/contracts/movies'
import type { CacheCtx } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { findCity } from './find-city.ts'
import { byIdOrSlug, movieDetail } from './movie-rows.ts'
import { pricesFrom } from './prices-from.ts'

type CatalogCtx = CacheCtx & Pick<Ctx, 'db' | 'pool'>

/**
 * One film, by id or slug, with the cheapest coming seat in the city asked for (anywhere without one).
 * @throws AppError NOT_FOUND
 */
export async function getMovie(ctx: CatalogCtx, input: { idOrSlug: string; city?: string }): Promise<Movie> {
  const row = await ctx.db.movie.findUnique({ where: byIdOrSlug(input.idOrSlug) })
  if (!row) throw notFound('Movie')
  const cityId = input.city ? (await findCity(ctx, input.city)).id : null
  const prices = await pricesFrom(ctx, [row.id], cityId)
  return movieDetail(row, prices.get(row.id) ?? null)
}
