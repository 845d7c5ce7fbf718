import type { ListedFilm, ListName } from '@marquee/providers/listings/listing-source'
import type { Prisma } from '../generated/prisma/client.ts'
import { newId } from '../ids.ts'
import { foldTitle } from './film-keys.ts'
import { mapFilms } from './map-films.ts'

/**
 * Stores a list of films as a site has it, each with the film of our catalogue that it is, and brings the watches on them up
 * to date: an address may change while the id stays. Films that are no longer listed keep their rows.
 * @param input.films null: the list is as it was
 * @returns how many films are listed, and the site's ids of those that were never listed before
 */
export async function writeSourceFilms(
  tx: Prisma.TransactionClient,
  input: { sourceId: string; cityId: string; list: ListName; films: ListedFilm[] | null; now: Date },
): Promise<{ films: number; fresh: string[] }> {
  const { sourceId, cityId, list, now } = input
  if (!input.films) {
    const { count } = await tx.sourceFilm.updateMany({ where: { sourceId, cityId, list }, data: { lastSeenAt: now } })
    return { films: count, fresh: [] }
  }
  const films = [...new Map(input.films.map((film) => [film.siteMovieId, film])).values()]
  if (films.length === 0) return { films: 0, fresh: [] }
  const movieOf = mapFilms(
    await tx.movie.findMany({
      select: { id: true, title: true, nativeTitle: true, language: true, releaseDate: true },
    }),
  )
  const rows = films.map((film) => ({
    id: newId(now.getTime()),
    siteMovieId: film.siteMovieId,
    title: film.title,
    titleKey: foldTitle(film.title),
    slug: film.slug,
    language: film.language,
    releaseDate: film.releaseDate,
    url: film.url,
    hints: film.hints,
    movieId: movieOf(film),
  }))
  // A film in both lists runs; one that a person has mapped stays as they said.
  const written = await tx.$queryRaw<{ siteMovieId: string; fresh: boolean }[]>`
    INSERT INTO source_films AS f (id, source_id, city_id, site_movie_id, title, title_key, slug, list, language, release_date, url,
                                   hints, movie_id, first_seen_at, last_seen_at)
    SELECT r.id, ${sourceId}, ${cityId}::uuid, r."siteMovieId", r.title, r."titleKey", r.slug, ${list}, r.language,
           r."releaseDate"::date, r.url, r.hints, r."movieId", ${now}, ${now}
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, "siteMovieId" text, title text, "titleKey" text,
           slug text, language text, "releaseDate" text, url text, hints jsonb, "movieId" uuid)
    ON CONFLICT (source_id, city_id, site_movie_id) DO UPDATE SET
      title = EXCLUDED.title, title_key = EXCLUDED.title_key, slug = EXCLUDED.slug, url = EXCLUDED.url, hints = EXCLUDED.hints,
      list = CASE WHEN f.list = 'running' AND f.last_seen_at > ${now}::timestamptz - interval '12 hours' THEN 'running'
                  ELSE EXCLUDED.list END,
      language = coalesce(EXCLUDED.language, f.language), release_date = coalesce(EXCLUDED.release_date, f.release_date),
      movie_id = coalesce(f.movie_id, EXCLUDED.movie_id), last_seen_at = EXCLUDED.last_seen_at
    RETURNING f.site_movie_id AS "siteMovieId", f.first_seen_at = f.last_seen_at AS fresh`
  await tx.$executeRaw`
    UPDATE watches w SET title = f.title, slug = f.slug, hints = f.hints, release_date = coalesce(f.release_date, w.release_date)
      FROM source_films f
     WHERE w.source_id = ${sourceId} AND w.city_id = ${cityId}::uuid AND f.source_id = w.source_id AND f.city_id = w.city_id
       AND f.site_movie_id = w.site_movie_id AND f.last_seen_at = ${now}
       AND (w.title, w.slug, w.hints, w.release_date) IS DISTINCT FROM (f.title, f.slug, f.hints, coalesce(f.release_date, w.release_date))`
  return { films: films.length, fresh: written.filter((row) => row.fresh).map((row) => row.siteMovieId) }
}
