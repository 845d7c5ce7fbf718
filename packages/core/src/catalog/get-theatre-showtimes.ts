import type { TheatreDay } from '@marquee/contracts/showtimes'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { localDate, localDayRange } from './local-day.ts'
import { byIdOrSlug, movieCard } from './movie-rows.ts'
import { pricesFrom } from './prices-from.ts'
import { SHOWTIME_FACTS, showtimeFacts, withSeatsLeft } from './showtime-cards.ts'
import { showtimeDates } from './showtime-dates.ts'

/**
 * One day of a theatre's own calendar, by film, with live seats. Without a date: the next day with a showtime left to
 * see, or today.
 * @throws AppError NOT_FOUND
 */
export async function getTheatreShowtimes(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock'>,
  input: { idOrSlug: string; date?: string },
): Promise<TheatreDay> {
  const theatre = await ctx.db.theatre.findUnique({
    where: byIdOrSlug(input.idOrSlug),
    select: { id: true, cityId: true, city: { select: { timeZone: true } } },
  })
  if (!theatre) throw notFound('Theatre')
  const { timeZone } = theatre.city
  const dates = await showtimeDates(ctx, { theatreId: theatre.id, timeZone })
  const date = input.date ?? dates[0] ?? localDate(ctx.clock.now(), timeZone)
  const { from, to } = localDayRange(date, timeZone)
  const rows = await ctx.db.showtime.findMany({
    where: { screen: { theatreId: theatre.id }, status: 'SCHEDULED', startsAt: { gte: from, lt: to } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: SHOWTIME_FACTS,
  })
  const movieOf = new Map(rows.map((row) => [row.id, row.movieId]))
  const movieIds = [...new Set(movieOf.values())]
  const [cards, movies, prices] = await Promise.all([
    withSeatsLeft(ctx, rows.map(showtimeFacts)),
    ctx.db.movie.findMany({
      where: { id: { in: movieIds } },
      omit: { cast: true },
      orderBy: [{ popularity: 'desc' }, { title: 'asc' }],
    }),
    pricesFrom(ctx, movieIds, theatre.cityId),
  ])
  return {
    date,
    dates,
    movies: movies.map((row) => ({
      movie: movieCard(row, prices.get(row.id) ?? null),
      showtimes: cards.filter((card) => movieOf.get(card.id) === row.id),
    })),
  }
}
