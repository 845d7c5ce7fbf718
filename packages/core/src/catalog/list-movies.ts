import type { MovieCard, MovieList, MovieListQuery } from '@marquee/contracts/movies'
import { type CacheCtx, cached } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'
import { cityProgramme } from './city-programme.ts'
import { findCity } from './find-city.ts'
import { movieCard } from './movie-rows.ts'

type CatalogCtx = CacheCtx & Pick<Ctx, 'db' | 'pool'>

/**
 * Films, a page at a time. With a city or a status: what runs or is to come there (anywhere without a city).
 * With neither: the whole catalogue by title, without prices, since those belong to a city.
 * @throws AppError NOT_FOUND for an unknown city
 */
export async function listMovies(ctx: CatalogCtx, query: MovieListQuery): Promise<MovieList> {
  const movies = query.city || query.status ? await programmed(ctx, query) : await allMovies(ctx)
  const asked = movies.filter((movie) => isAbout(movie, query))
  const { limit, offset } = query
  return { items: asked.slice(offset, offset + limit), total: asked.length, limit, offset }
}

/** Every film there is, by title. Kept for an hour: every write to a film drops it. */
export async function allMovies(ctx: CatalogCtx): Promise<MovieCard[]> {
  const { value } = await cached(ctx, {
    key: 'movies',
    tags: ['movies'],
    ttlSeconds: 3600,
    load: async () => {
      const rows = await ctx.db.movie.findMany({ omit: { cast: true }, orderBy: [{ title: 'asc' }, { id: 'asc' }] })
      return rows.map((row) => movieCard(row, null))
    },
  })
  return value
}

async function programmed(ctx: CatalogCtx, query: Pick<MovieListQuery, 'city' | 'status'>): Promise<MovieCard[]> {
  const city = query.city ? await findCity(ctx, query.city) : null
  const { running, upcoming } = await cityProgramme(ctx, city?.id ?? null)
  if (query.status === 'running') return running
  return query.status === 'upcoming' ? upcoming : [...running, ...upcoming]
}

function isAbout(movie: MovieCard, { language, genre }: Pick<MovieListQuery, 'language' | 'genre'>): boolean {
  if (language && movie.language.toLowerCase() !== language.toLowerCase()) return false
  return !genre || movie.genres.some((one) => one.toLowerCase() === genre.toLowerCase())
}
