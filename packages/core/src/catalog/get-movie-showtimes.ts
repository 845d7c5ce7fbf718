import type { MovieShowtimes, TheatreShowtimes } from '@marquee/contracts/showtimes'
import type { CacheCtx } from '../cache/cache.ts'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { findCity } from './find-city.ts'
import { localDate, localDayRange } from './local-day.ts'
import { byIdOrSlug } from './movie-rows.ts'
import { SHOWTIME_FACTS, showtimeFacts, withSeatsLeft } from './showtime-cards.ts'
import { showtimeDates } from './showtime-dates.ts'
import { THEATRE_CARD, theatreCard } from './theatre-rows.ts'

type CatalogCtx = CacheCtx & Pick<Ctx, 'db' | 'pool'>

/**
 * A film's showtimes on one day of the city's calendar, by theatre, with live seats; and the days of the coming
 * fourteen that have any left to see, or where there are none the theatres that have it programmed. Without a date: the first of those days, or today.
 * @throws AppError NOT_FOUND for an unknown film or city
 */
export async function getMovieShowtimes(
  ctx: CatalogCtx,
  input: { idOrSlug: string; city?: string; date?: string },
): Promise<MovieShowtimes> {
  const [movie, city] = await Promise.all([
    ctx.db.movie.findUnique({ where: byIdOrSlug(input.idOrSlug), select: { id: true } }),
    findCity(ctx, input.city),
  ])
  if (!movie) throw notFound('Movie')
  const dates = await showtimeDates(ctx, { movieId: movie.id, cityId: city.id, timeZone: city.timeZone })
  const date = input.date ?? dates[0] ?? localDate(ctx.clock.now(), city.timeZone)
  const { from, to } = localDayRange(date, city.timeZone)
  const rows = await ctx.db.showtime.findMany({
    where: {
      movieId: movie.id,
      status: 'SCHEDULED',
      startsAt: { gte: from, lt: to },
      screen: { theatre: { cityId: city.id } },
    },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: SHOWTIME_FACTS,
  })
  const theatreOf = new Map(rows.map((row) => [row.id, row.screen.theatreId]))
  const [cards, theatres, programmed] = await Promise.all([
    withSeatsLeft(ctx, rows.map(showtimeFacts)),
    ctx.db.theatre.findMany({
      where: { id: { in: [...new Set(theatreOf.values())] } },
      include: THEATRE_CARD,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
    dates.length > 0
      ? []
      : ctx.db.theatre.findMany({
          where: { cityId: city.id, programmes: { some: { movieId: movie.id } } },
          include: THEATRE_CARD,
          orderBy: [{ name: 'asc' }, { id: 'asc' }],
        }),
  ])
  return {
    city,
    date,
    dates,
    theatres: theatres.map(
      (row): TheatreShowtimes => ({
        theatre: theatreCard(row),
        showtimes: cards.filter((card) => theatreOf.get(card.id) === row.id),
      }),
    ),
    programmedAt: programmed.map(theatreCard),
  }
}
