import type { MovieSearchQuery, MovieSearchResult } from '@marquee/contracts/movies'
import { type CacheCtx, cached } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'
import { invalid } from '../errors.ts'
import { citiesShowing } from './cities-showing.ts'
import { closestTitles } from './closest-titles.ts'
import { findCity } from './find-city.ts'
import { allMovies } from './list-movies.ts'
import { FROM_CACHE, FROM_DATABASE } from './messages.ts'
import { movieCard } from './movie-rows.ts'
import { pricesFrom } from './prices-from.ts'

type CatalogCtx = CacheCtx & Pick<Ctx, 'db' | 'pool'>
type Page = Omit<MovieSearchResult, 'message'>

/** Punctuation and spacing are how people differ: "Spider-Man" and "spider  man" are one title, "o’clock" one word. */
const folded = (sql: string) => `btrim(regexp_replace(translate(lower(${sql}), '''’', ''), '[^[:alnum:]]+', ' ', 'g'))`

/**
 * Films by words and filters. Every word of `q` must be somewhere in the film; titles that begin with it come first,
 * then titles with such a word, native titles, and the rest (cast, director, genre, language); popular ones first
 * among equals. Nothing found for `q`: titles spelt nearly so.
 * Kept for 30 s in this process only, since strangers make up the keys.
 * @throws AppError VALIDATION when minRating is above maxRating, NOT_FOUND for an unknown city
 */
export async function searchMovies(ctx: CatalogCtx, query: MovieSearchQuery): Promise<MovieSearchResult> {
  if (query.minRating !== undefined && query.maxRating !== undefined && query.minRating > query.maxRating) {
    throw invalid('minRating', 'is above the highest rating asked for')
  }
  const cityId = query.city ? (await findCity(ctx, query.city)).id : null
  const { value, from } = await cached(ctx, {
    key: `search:${JSON.stringify([cityId, query.q, query.title, query.genre, query.language, query.minRating, query.maxRating, query.limit, query.offset])}`,
    tags: ['movies', 'showtimes', 'popularity'],
    ttlSeconds: 30,
    shared: false,
    load: () => search(ctx, query, cityId),
  })
  return { message: from === 'cache' ? FROM_CACHE : FROM_DATABASE, ...value }
}

async function search(ctx: CatalogCtx, query: MovieSearchQuery, cityId: string | null): Promise<Page> {
  let { ids, total } = await matches(ctx, query)
  if (total === 0 && query.q && onlyWords(query)) {
    const near = closestTitles(query.q, await allMovies(ctx))
    ids = near.slice(query.offset, query.offset + query.limit)
    total = near.length
  }
  const [rows, prices] = await Promise.all([
    ctx.db.movie.findMany({ where: { id: { in: ids } }, omit: { cast: true } }),
    pricesFrom(ctx, ids, cityId),
  ])
  const byId = new Map(rows.map((row) => [row.id, row]))
  const data = ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [movieCard(row, prices.get(id) ?? null)] : []
  })
  if (cityId === null || data.length === 0 || prices.size > 0) return { data, total }
  const elsewhere = await citiesShowing(ctx, ids)
  return { data, total, ...(elsewhere.length > 0 && { elsewhere }) }
}

const onlyWords = ({ title, genre, language, minRating, maxRating }: MovieSearchQuery) =>
  [title, genre, language, minRating, maxRating].every((filter) => filter === undefined)

/** Plain substring search: at a catalogue's size a scan is a few milliseconds, and no pattern of the guest's is run. */
async function matches(ctx: CatalogCtx, query: MovieSearchQuery): Promise<{ ids: string[]; total: number }> {
  const { rows } = await ctx.pool.query<{ id: string; total: number }>(
    `WITH asked AS (SELECT ${folded('$1::text')} AS q),
     films AS (
       SELECT m.*, ${folded('m.title')} AS plain_title, lower(coalesce(m.native_title, '')) AS plain_native,
              ${folded(`concat_ws(' ', m.title, m.native_title, m.director, m.language, array_to_string(m.genres, ' '),
                jsonb_path_query_array(m."cast", '$[*].name')::text)`)} AS everything
         FROM movies m)
     SELECT f.id, count(*) OVER ()::int AS total
       FROM films f, asked
      WHERE ($1::text IS NULL OR (asked.q <> '' AND NOT EXISTS (
              SELECT FROM regexp_split_to_table(asked.q, ' ') word WHERE strpos(f.everything, word) = 0)))
        AND ($2::text IS NULL OR strpos(f.plain_title, ${folded('$2::text')}) > 0 OR strpos(f.plain_native, lower($2)) > 0)
        AND ($3::text IS NULL OR EXISTS (SELECT FROM unnest(f.genres) g WHERE lower(g) = lower($3)))
        AND ($4::text IS NULL OR lower(f.language) = lower($4))
        AND ($5::float8 IS NULL OR f.rating_average >= $5)
        AND ($6::float8 IS NULL OR f.rating_average <= $6)
      ORDER BY CASE
          WHEN starts_with(f.plain_title, asked.q) THEN 0
          WHEN strpos(' ' || f.plain_title, ' ' || asked.q) > 0 THEN 1
          WHEN strpos(f.plain_title, asked.q) > 0 THEN 2
          WHEN strpos(f.plain_native, lower($1)) > 0 THEN 3
          ELSE 4 END, f.popularity DESC, f.title, f.id
      LIMIT $7 OFFSET $8`,
    [
      query.q ?? null,
      query.title ?? null,
      query.genre ?? null,
      query.language ?? null,
      query.minRating ?? null,
      query.maxRating ?? null,
      query.limit,
      query.offset,
    ],
  )
  return { ids: rows.map((row) => row.id), total: rows[0]?.total ?? 0 }
}
