import type { MovieCard } from '@marquee/contracts/movies'
import { type CacheCtx, cached } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'
import { movieCard } from './movie-rows.ts'

export const DAYS_AHEAD = 14

export type CityProgramme = {
  /** Most popular first. */
  running: MovieCard[]
  /** Soonest release first; after those the films without any date to come, by title. */
  upcoming: MovieCard[]
}

type CatalogCtx = CacheCtx & Pick<Ctx, 'db' | 'pool'>

/**
 * What plays in a city, or anywhere when `cityId` is null.
 * Running: has a showtime in the coming fourteen days, and is released or has one today.
 * Upcoming: any other film that is to be released, has a later showtime, or is programmed without times.
 * It changes with the clock, so it is kept for half a minute only.
 */
export async function cityProgramme(ctx: CatalogCtx, cityId: string | null): Promise<CityProgramme> {
  const { value } = await cached(ctx, {
    key: `programme:${cityId ?? 'anywhere'}`,
    tags: ['movies', 'theatres', 'showtimes', 'popularity'],
    ttlSeconds: 30,
    load: () => loadProgramme(ctx, cityId),
  })
  return value
}

type Row = { id: string; price: number | null; running: boolean; dated: boolean }

async function loadProgramme(ctx: CatalogCtx, cityId: string | null): Promise<CityProgramme> {
  const { rows } = await ctx.pool.query<Row>(
    `WITH zones AS (
       SELECT id, time_zone, ($2::timestamptz AT TIME ZONE time_zone)::date AS today FROM cities WHERE $1::uuid IS NULL OR id = $1),
     coming AS (
       SELECT s.movie_id, min(s.price_from_minor) AS price,
              bool_or(s.starts_at < ((z.today + $3::int)::timestamp AT TIME ZONE z.time_zone)) AS soon,
              bool_or((s.starts_at AT TIME ZONE z.time_zone)::date = z.today) AS today
         FROM showtimes s JOIN screens c ON c.id = s.screen_id JOIN theatres t ON t.id = c.theatre_id JOIN zones z ON z.id = t.city_id
        WHERE s.status = 'SCHEDULED' AND s.film_starts_at > $2 AND s.starts_at > $2::timestamptz - interval '1 day'
        GROUP BY s.movie_id)
     SELECT m.id, coming.price,
            coalesce(coming.soon AND (coming.today OR m.release_date <= (SELECT max(today) FROM zones)), false) AS running,
            coming.movie_id IS NOT NULL OR m.release_date > (SELECT max(today) FROM zones) AS dated
       FROM movies m LEFT JOIN coming ON coming.movie_id = m.id
      WHERE coming.movie_id IS NOT NULL
         OR m.release_date > (SELECT max(today) FROM zones)
         OR EXISTS (SELECT FROM programmes p JOIN theatres t ON t.id = p.theatre_id
                     WHERE p.movie_id = m.id AND ($1::uuid IS NULL OR t.city_id = $1))`,
    [cityId, ctx.clock.now(), DAYS_AHEAD],
  )
  const facts = new Map(rows.map((row) => [row.id, row]))
  const movies = await ctx.db.movie.findMany({
    where: { id: { in: [...facts.keys()] } },
    omit: { cast: true },
    orderBy: [{ popularity: 'desc' }, { releaseDate: 'desc' }, { title: 'asc' }],
  })
  const undated = ({ id }: MovieCard) => (facts.get(id)?.dated ? 0 : 1)
  const cards = (running: boolean) =>
    movies
      .filter(({ id }) => facts.get(id)?.running === running)
      .map((row) => movieCard(row, facts.get(row.id)?.price ?? null))
  return {
    running: cards(true),
    upcoming: cards(false).sort(
      (a, b) =>
        undated(a) - undated(b) ||
        (undated(a) ? 0 : a.releaseDate.localeCompare(b.releaseDate)) ||
        a.title.localeCompare(b.title),
    ),
  }
}
