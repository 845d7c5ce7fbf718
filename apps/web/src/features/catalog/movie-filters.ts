import type { MovieCard } from '@marquee/contracts/movies'

function byFrequency(values: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([value]) => value)
}

/** What there is to filter by, the most frequent first. */
export function movieFilters(movies: readonly MovieCard[]): { languages: string[]; genres: string[] } {
  return {
    languages: byFrequency(movies.map((movie) => movie.language)),
    genres: byFrequency(movies.flatMap((movie) => movie.genres)),
  }
}

/** @param filter `any` matches a language or a genre; the others must all match. */
export function filterMovies(
  movies: readonly MovieCard[],
  filter: { any?: string; language?: string | null; genre?: string | null },
): MovieCard[] {
  return movies.filter(
    (movie) =>
      (!filter.any || movie.language === filter.any || movie.genres.includes(filter.any)) &&
      (!filter.language || movie.language === filter.language) &&
      (!filter.genre || movie.genres.includes(filter.genre)),
  )
}
