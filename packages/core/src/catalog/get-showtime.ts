import type { Showtime } from '@marquee/contracts/showtimes'
import { tiersOf } from '../cancellations/tiers.ts'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { movieCard } from './movie-rows.ts'
import { pricesFrom } from './prices-from.ts'
import { SHOWTIME_FACTS, showtimeFacts, withSeatsLeft } from './showtime-cards.ts'
import { THEATRE_CARD, theatreCard } from './theatre-rows.ts'

const CITY = { select: { id: true, slug: true, name: true, region: true, timeZone: true, aliases: true } } as const

/**
 * Everything the seat page says about a showtime. A cancelled one is not found: there is nothing left to choose.
 * @throws AppError NOT_FOUND
 */
export async function getShowtime(ctx: Pick<Ctx, 'db' | 'pool' | 'clock'>, input: { id: string }): Promise<Showtime> {
  const row = await ctx.db.showtime.findUnique({
    where: { id: input.id, status: 'SCHEDULED' },
    select: {
      ...SHOWTIME_FACTS,
      seatLayoutId: true,
      maxSeatsPerBooking: true,
      movie: { omit: { cast: true } },
      screen: { select: { name: true, theatreId: true, theatre: { include: { ...THEATRE_CARD, city: CITY } } } },
    },
  })
  if (!row) throw notFound('Showtime')
  const { theatre } = row.screen
  const [[card], prices, from] = await Promise.all([
    withSeatsLeft(ctx, [showtimeFacts(row)]),
    sectionPrices(ctx, row.id),
    pricesFrom(ctx, [row.movieId], theatre.cityId),
  ])
  if (!card) throw notFound('Showtime')
  return {
    ...card,
    seatLayoutId: row.seatLayoutId,
    maxSeatsPerBooking: row.maxSeatsPerBooking,
    movie: movieCard(row.movie, from.get(row.movieId) ?? null),
    theatre: theatreCard(theatre),
    city: theatre.city,
    prices,
    cancellationTiers: tiersOf(theatre.cancellationTiers),
  }
}

/** In the order the sections appear in the hall. */
async function sectionPrices(ctx: Pick<Ctx, 'pool'>, showtimeId: string): Promise<Showtime['prices']> {
  const { rows } = await ctx.pool.query<{ section: string; price: number }>(
    `SELECT section, min(price_minor) AS price FROM showtime_seats WHERE showtime_id = $1 GROUP BY section ORDER BY min(seat)`,
    [showtimeId],
  )
  return rows.map(({ section, price }) => ({ section, priceMinor: price }))
}
