import type { City } from '@marquee/contracts/cities'
import type { MovieCard } from '@marquee/contracts/movies'
import type { Home } from '@marquee/contracts/showtimes'
import { type CacheCtx, cached } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'
import { cityProgramme } from './city-programme.ts'
import { findCity } from './find-city.ts'
import { dayNumber, localDate, localDayRange } from './local-day.ts'
import { SHOWTIME_FACTS, type ShowtimeFacts, showtimeFacts, withSeatsLeft } from './showtime-cards.ts'

const FEATURE_SHOWTIMES = 6
/** Some to spare: those that lapse while the list is cached are left out of the answer. */
const CACHED_SHOWTIMES = 12
const POSTERS = 48

type HomeCtx = CacheCtx & Pick<Ctx, 'db' | 'pool'>
type Feature = {
  movie: NonNullable<Home['feature']>['movie']
  showtimes: (ShowtimeFacts & { theatreName: string; theatreArea: string })[]
  showtimesToday: number
}
type Skeleton = { feature: Feature | null; running: MovieCard[]; upcoming: MovieCard[] }

/**
 * The first screen in one answer. Everything but the seats is cached for 20 s; the seats are at most 1 s old.
 * @throws AppError NOT_FOUND for an unknown city
 */
export async function getHome(ctx: HomeCtx, input: { city?: string }): Promise<Home> {
  const city = await findCity(ctx, input.city)
  const date = localDate(ctx.clock.now(), city.timeZone)
  const { value } = await cached(ctx, {
    key: `home:${city.id}:${date}`,
    tags: ['movies', 'theatres', 'showtimes', 'popularity'],
    ttlSeconds: 20,
    load: () => loadHome(ctx, city, date),
  })
  return { city, date, ...value, feature: value.feature && (await countFeature(ctx, value.feature)) }
}

async function loadHome(ctx: HomeCtx, city: City, date: string): Promise<Skeleton> {
  const { running, upcoming } = await cityProgramme(ctx, city.id)
  const chosen = ofTheDay(running, date)
  return {
    feature: chosen && (await loadFeature(ctx, city, chosen, date)),
    running: running.slice(0, POSTERS),
    upcoming: upcoming.slice(0, POSTERS),
  }
}

/** Another featured film each day, the same for everybody that day; the most popular one where none is featured. */
function ofTheDay(running: MovieCard[], date: string): MovieCard | null {
  const featured = running.filter((movie) => movie.featured).sort((a, b) => a.slug.localeCompare(b.slug))
  return featured[dayNumber(date) % featured.length] ?? running[0] ?? null
}

async function loadFeature(ctx: HomeCtx, city: City, movie: MovieCard, date: string): Promise<Feature> {
  const now = ctx.clock.now()
  const coming = {
    movieId: movie.id,
    status: 'SCHEDULED' as const,
    filmStartsAt: { gt: now },
    screen: { theatre: { cityId: city.id } },
  }
  const [{ tagline, synopsis }, rows, showtimesToday] = await Promise.all([
    ctx.db.movie.findUniqueOrThrow({ where: { id: movie.id }, select: { tagline: true, synopsis: true } }),
    ctx.db.showtime.findMany({
      where: coming,
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
      take: CACHED_SHOWTIMES,
      select: {
        ...SHOWTIME_FACTS,
        screen: { select: { name: true, theatreId: true, theatre: { select: { name: true, area: true } } } },
      },
    }),
    ctx.db.showtime.count({ where: { ...coming, startsAt: { lt: localDayRange(date, city.timeZone).to } } }),
  ])
  return {
    movie: { ...movie, tagline, synopsis },
    showtimes: rows.map((row) => ({
      ...showtimeFacts(row),
      theatreName: row.screen.theatre.name,
      theatreArea: row.screen.theatre.area,
    })),
    showtimesToday,
  }
}

/** Counted once a second in this process: on an opening morning this is the most asked question there is. */
async function countFeature(ctx: HomeCtx, feature: Feature): Promise<Home['feature']> {
  const { value } = await cached(ctx, {
    key: `home-seats:${feature.showtimes.map((showtime) => showtime.id).join()}`,
    tags: ['showtimes'],
    ttlSeconds: 1,
    shared: false,
    load: () => withSeatsLeft(ctx, feature.showtimes),
  })
  const now = ctx.clock.now().getTime()
  const next = value.filter((showtime) => Date.parse(showtime.filmStartsAt) > now)
  return { ...feature, showtimes: next.slice(0, FEATURE_SHOWTIMES) }
}
