import type { CacheCtx } from '../cache/cache.ts'
import { findCity } from '../catalog/find-city.ts'
import type { Ctx } from '../context.ts'
import { cityFilms } from './city-films.ts'

/**
 * Just the titles of what runs or is to come in a city, of our catalogue and of the sites we may watch: each once, in
 * alphabetical order. @throws AppError NOT_FOUND for an unknown city
 */
export async function listListedTitles(
  ctx: CacheCtx & Pick<Ctx, 'db' | 'pool'>,
  input: { city: string; status: 'running' | 'upcoming' | 'all' },
): Promise<string[]> {
  const films = await cityFilms(ctx, (await findCity(ctx, input.city)).id)
  const asked = films.filter(({ status }) => input.status === 'all' || status === input.status)
  return [...new Set(asked.map(({ title }) => title))].sort((a, b) => a.localeCompare(b, 'en'))
}
