import type { AlertFilmList, AlertFilmQuery } from '@marquee/contracts/alerts'
import type { CacheCtx } from '../cache/cache.ts'
import { findCity } from '../catalog/find-city.ts'
import type { Ctx } from '../context.ts'
import { foldTitle } from '../listings/film-keys.ts'
import { cityFilms } from './city-films.ts'

/** The films that the form offers, of one city; `q`: every word of it is somewhere in the title. @throws AppError NOT_FOUND */
export async function listAlertFilms(
  ctx: CacheCtx & Pick<Ctx, 'db' | 'pool'>,
  query: AlertFilmQuery,
): Promise<AlertFilmList> {
  const films = await cityFilms(ctx, (await findCity(ctx, query.city)).id)
  const words = foldTitle(query.q ?? '')
    .split(' ')
    .filter(Boolean)
  const found = films.filter(({ title }) => {
    const folded = foldTitle(title)
    return words.every((word) => folded.includes(word))
  })
  const { limit, offset } = query
  return { items: found.slice(offset, offset + limit), total: found.length, limit, offset }
}
