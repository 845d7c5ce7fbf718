import type { PageQuery } from '@marquee/contracts/common'
import type { MovieList } from '@marquee/contracts/movies'
import type { CacheCtx } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'
import { cityProgramme } from './city-programme.ts'
import { findCity } from './find-city.ts'

/**
 * Films the cinema people put forward that can be seen or are to come, running ones first.
 * @throws AppError NOT_FOUND for an unknown city
 */
export async function listFeaturedMovies(
  ctx: CacheCtx & Pick<Ctx, 'db' | 'pool'>,
  { city, limit, offset }: PageQuery & { city?: string },
): Promise<MovieList> {
  const { running, upcoming } = await cityProgramme(ctx, city ? (await findCity(ctx, city)).id : null)
  const featured = [...running, ...upcoming].filter((movie) => movie.featured)
  return { items: featured.slice(offset, offset + limit), total: featured.length, limit, offset }
}
