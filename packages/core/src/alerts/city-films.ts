import type { AlertFilm } from '@marquee/contracts/alerts'
import type { MovieCard } from '@marquee/contracts/movies'
import { type CacheCtx, cached } from '../cache/cache.ts'
import { cityProgramme } from '../catalog/city-programme.ts'
import { movieCard } from '../catalog/movie-rows.ts'
import type { Ctx } from '../context.ts'
import { CATALOGUE_SOURCE } from '../listings/catalogue-source.ts'
import { foldLanguage, foldTitle, languagesClash, movieFilmKey, titleFilmKey } from '../listings/film-keys.ts'
import { colourOf } from './film-colour.ts'

type FilmsCtx = CacheCtx & Pick<Ctx, 'db' | 'pool'>
/** A film that a site has not listed for so long is no longer there, or we cannot see the site. */
const LISTED_WITHIN_MS = 7 * 86_400_000

/** From when on a site must have listed a film for it to be on its list. */
export const listedSince = (now: Date) => new Date(now.getTime() - LISTED_WITHIN_MS)

type Draft = AlertFilm & { languageKey: string; titleKey: string }

/**
 * Every film that can be waited for in a city: of our catalogue, also those that nobody programmed there yet, and of the
 * sites we may watch. One row per film, whole title and language; what is to come first, soonest first. Kept for 15 s.
 */
export async function cityFilms(ctx: FilmsCtx, cityId: string): Promise<AlertFilm[]> {
  const { value } = await cached(ctx, {
    key: `alert-films:${cityId}`,
    tags: ['movies', 'theatres', 'showtimes'],
    ttlSeconds: 15,
    load: () => loadFilms(ctx, cityId),
  })
  return value
}

async function loadFilms(ctx: FilmsCtx, cityId: string): Promise<AlertFilm[]> {
  const [{ running, upcoming }, listed, open, own] = await Promise.all([
    cityProgramme(ctx, cityId),
    ctx.db.sourceFilm.findMany({
      where: { cityId, source: { enabled: true }, lastSeenAt: { gte: listedSince(ctx.clock.now()) } },
      include: { source: { select: { id: true, name: true } } },
      orderBy: [{ sourceId: 'asc' }, { siteMovieId: 'asc' }],
    }),
    openOnSites(ctx, cityId),
    ctx.db.listingSource.findUnique({ where: { id: CATALOGUE_SOURCE }, select: { id: true, name: true } }),
  ])
  const us = own ?? { id: CATALOGUE_SOURCE, name: 'Marquee' }
  const known = new Set([...running, ...upcoming].map(({ id }) => id))
  // A site may list a film of our catalogue that nobody shows on Marquee.
  const others = await ctx.db.movie.findMany({
    where: { id: { in: listed.flatMap(({ movieId }) => (movieId && !known.has(movieId) ? [movieId] : [])) } },
    omit: { cast: true },
  })
  const bookable = await bookableHere(ctx, cityId)
  const films = new Map<string, Draft>()
  const add = (status: AlertFilm['status']) => (card: MovieCard) =>
    films.set(movieFilmKey(card.id), fromCatalogue(card, status, us, bookable.has(card.id)))
  running.forEach(add('running'))
  upcoming.forEach(add('upcoming'))
  others.map((row) => movieCard(row, null)).forEach(add('upcoming'))

  const byTitle = Map.groupBy(films.values(), ({ titleKey }) => titleKey)
  for (const film of listed) {
    const same = film.movieId
      ? films.get(movieFilmKey(film.movieId))
      : byTitle.get(film.titleKey)?.find(({ languageKey }) => !languagesClash(languageKey, film.language))
    const key = titleFilmKey(film.title, film.language)
    const row = same ?? films.get(key) ?? fromSite(film, key)
    if (!same) films.set(key, row)
    if (film.list === 'running') row.status = 'running'
    row.releaseDate ??= film.releaseDate?.toISOString().slice(0, 10) ?? null
    if (!row.sources.some(({ id }) => id === film.sourceId)) row.sources.push(film.source)
    if (open.has(`${film.sourceId} ${film.siteMovieId}`) && !row.onSaleAt.includes(film.source.name))
      row.onSaleAt.push(film.source.name)
  }
  return [...films.values()]
    .map(({ languageKey: _, titleKey: __, ...film }) => film)
    .sort(upcomingFirst(ctx.clock.now()))
}

const fromCatalogue = (
  card: MovieCard,
  status: AlertFilm['status'],
  us: AlertFilm['sources'][number],
  open: boolean,
) => ({
  key: movieFilmKey(card.id),
  title: card.title,
  titleKey: foldTitle(card.title),
  status,
  language: card.language,
  languageKey: foldLanguage(card.language),
  releaseDate: card.releaseDate as string | null,
  onSaleAt: open ? [us.name] : [],
  sources: [us],
  movieSlug: card.slug as string | null,
  poster: card.poster,
  posterColour: card.posterColour,
})

const fromSite = (film: { title: string; language: string | null }, key: string): Draft => ({
  key,
  title: film.title,
  titleKey: foldTitle(film.title),
  status: 'upcoming',
  language: film.language,
  languageKey: foldLanguage(film.language),
  releaseDate: null,
  onSaleAt: [],
  sources: [],
  movieSlug: null,
  poster: null,
  posterColour: colourOf(key),
})

function upcomingFirst(now: Date): (a: AlertFilm, b: AlertFilm) => number {
  const today = now.toISOString().slice(0, 10)
  // Without a day to come they follow those that have one: released elsewhere, or nobody knows.
  const day = ({ status, releaseDate }: AlertFilm) =>
    status === 'upcoming' && releaseDate && releaseDate >= today ? releaseDate : '9999'
  return (a, b) =>
    Number(a.status === 'running') - Number(b.status === 'running') ||
    day(a).localeCompare(day(b)) ||
    a.title.localeCompare(b.title, 'en') ||
    a.key.localeCompare(b.key)
}

/** What sites were last seen selling in this city, and nothing has contradicted. */
async function openOnSites(ctx: Pick<Ctx, 'db'>, cityId: string): Promise<Set<string>> {
  const watches = await ctx.db.watch.findMany({
    where: { cityId, verdict: 'OPEN', blindSince: null, source: { enabled: true, frozenAt: null } },
    select: { sourceId: true, siteMovieId: true },
  })
  return new Set(watches.map(({ sourceId, siteMovieId }) => `${sourceId} ${siteMovieId}`))
}

/** Films of which a seat can be booked here: a showtime to come is not enough, it may be full. */
async function bookableHere(ctx: Pick<Ctx, 'pool' | 'clock'>, cityId: string): Promise<Set<string>> {
  const { rows } = await ctx.pool.query<{ id: string }>(
    `SELECT m.id FROM movies m WHERE EXISTS (
       SELECT FROM showtimes s JOIN screens c ON c.id = s.screen_id JOIN theatres t ON t.id = c.theatre_id
        CROSS JOIN LATERAL (
          SELECT FROM showtime_seats x
           WHERE x.showtime_id = s.id AND NOT x.blocked AND NOT EXISTS (
             SELECT FROM seat_claims k WHERE k.showtime_id = x.showtime_id AND k.seat = x.seat
                AND (k.state = 'SOLD' OR k.expires_at >= clock_timestamp()))
           LIMIT 1) free
        WHERE s.movie_id = m.id AND t.city_id = $1 AND s.status = 'SCHEDULED' AND s.film_starts_at > $2)`,
    [cityId, ctx.clock.now()],
  )
  return new Set(rows.map(({ id }) => id))
}
