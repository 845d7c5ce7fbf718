import type { CacheCtx } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'
import { cityProgramme } from './city-programme.ts'
import { findCity } from './find-city.ts'

/**
 * Just the titles of what runs or is to come in a city: each once, in alphabetical order.
 * @throws AppError NOT_FOUND for an unknown city
 */
export async function listCityTitles(
  ctx: CacheCtx & Pick<Ctx, 'db' | 'pool'>,
  input: { city: string; status: 'running' | 'upcoming' | 'all' },
): Promise<string[]> {
  const { running, upcoming } = await cityProgramme(ctx, (await findCity(ctx, input.city)).id)
  const movies = input.status === 'all' ? [...running, ...upcoming] : input.status === 'running' ? running : upcoming
  return [...new Set(movies.map((movie) => movie.title))].sort((a, b) => a.localeCompare(b, 'en'))
}
