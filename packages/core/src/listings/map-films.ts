import { foldTitle, languagesClash } from './film-keys.ts'

export type KnownMovie = { id: string; title: string; nativeTitle: string | null; language: string; releaseDate: Date }
export type FilmToMap = { title: string; language: string | null; releaseDate: string | null }

const MOST_DAYS_APART = 60
const DAY_MS = 86_400_000

/**
 * Finds the film of our catalogue that a site means: the same whole title, no other language, and a release within sixty
 * days where both are known. Of several the one released nearest; where that does not decide, none: nobody is ever told of
 * another film.
 */
export function mapFilms(movies: KnownMovie[]): (film: FilmToMap) => string | null {
  const byTitle = new Map<string, Set<KnownMovie>>()
  for (const movie of movies)
    for (const title of [movie.title, movie.nativeTitle]) {
      const key = foldTitle(title ?? '')
      if (key) byTitle.set(key, (byTitle.get(key) ?? new Set()).add(movie))
    }
  return (film) => {
    const released = film.releaseDate ? Date.parse(film.releaseDate) : null
    const apart = (movie: KnownMovie) =>
      released === null ? 0 : Math.abs(movie.releaseDate.getTime() - released) / DAY_MS
    const fitting = [...(byTitle.get(foldTitle(film.title)) ?? [])]
      .filter((movie) => !languagesClash(movie.language, film.language) && apart(movie) <= MOST_DAYS_APART)
      .sort((a, b) => apart(a) - apart(b))
    const [best, next] = fitting
    return best && (!next || apart(next) > apart(best)) ? best.id : null
  }
}
