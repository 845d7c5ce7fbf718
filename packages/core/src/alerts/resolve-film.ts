import type { City } from '@marquee/contracts/cities'
import type { CacheCtx } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'
import { invalid } from '../errors.ts'
import type { Movie } from '../generated/prisma/client.ts'
import { foldTitle, movieFilmKey, readFilmKey } from '../listings/film-keys.ts'
import { cityFilms } from './city-films.ts'

export type KnownFilm = {
  key: string
  title: string
  movie: Pick<Movie, 'id' | 'title' | 'releaseDate'> | null
}

/**
 * The film that a form means by its key. One of the catalogue can be waited for everywhere, one that only sites list
 * where one of them lists it. @throws AppError VALIDATION naming the field `film`
 */
export async function resolveFilm(
  ctx: CacheCtx & Pick<Ctx, 'db' | 'pool'>,
  { city, film }: { city: City; film: string },
): Promise<KnownFilm> {
  const key = readFilmKey(film)
  if (key && 'movieId' in key) {
    const movie = await ctx.db.movie.findUnique({
      where: { id: key.movieId },
      select: { id: true, title: true, releaseDate: true },
    })
    if (movie) return { key: movieFilmKey(movie.id), title: movie.title, movie }
  }
  const listed = key && (await cityFilms(ctx, city.id)).find((one) => one.key === film)
  if (!listed) throw invalid('film', `nobody lists this film in ${city.name}: choose one from the list`)
  return { key: listed.key, title: listed.title, movie: null }
}

/**
 * The film that somebody names in words: by its whole title, never by the beginning of one, or a sequel would be meant.
 * Several of that title, in different languages: the first in the list. Null when nobody lists it in this city.
 */
export async function findFilmByTitle(
  ctx: CacheCtx & Pick<Ctx, 'db' | 'pool'>,
  { city, title }: { city: City; title: string },
): Promise<string | null> {
  const wanted = foldTitle(title)
  const films = await cityFilms(ctx, city.id)
  return (wanted && films.find((film) => foldTitle(film.title) === wanted)?.key) || null
}
