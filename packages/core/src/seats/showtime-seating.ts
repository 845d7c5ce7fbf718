import type { SeatLayoutDefinition } from '@marquee/contracts/seats'
import { LRUCache } from 'lru-cache'
import type { Ctx } from '../context.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import { flattenLayout, type LayoutSeatEntry } from './layout.ts'

/** What holding needs to know of a showtime, all of it slow to change. */
export type ShowtimeSeating = {
  showtimeId: string
  movieId: string
  filmStartsAt: Date
  endsAt: Date
  cancelled: boolean
  maxSeats: number
  layout: SeatLayoutDefinition
  seats: LayoutSeatEntry[]
  indexOf: Map<string, number>
  /** By seat index. Display and quote only: checkout compares with the inventory again, in its own transaction. */
  priceMinor: number[]
}

/** Prices and cancellation may change under us; checkout checks them again, so a few seconds of age cost nothing. */
const FRESH_MS = 5_000
const cacheOf = new WeakMap<Ctx['db'], LRUCache<string, Promise<ShowtimeSeating | null>>>()

/** @throws NOT_FOUND */
export async function showtimeSeating(ctx: Pick<Ctx, 'db'>, showtimeId: string): Promise<ShowtimeSeating> {
  let cache = cacheOf.get(ctx.db)
  if (!cache) {
    cache = new LRUCache({ max: 2_000, ttl: FRESH_MS })
    cacheOf.set(ctx.db, cache)
  }
  let pending = cache.get(showtimeId)
  if (!pending) {
    pending = load(ctx, showtimeId)
    cache.set(showtimeId, pending)
    pending.catch(() => cache.delete(showtimeId))
  }
  const seating = await pending
  if (!seating) throw notFound('showtime')
  return seating
}

/** The positions of seats named by a guest. @throws VALIDATION naming the seat that is not in the hall */
export function seatIndexes(seating: ShowtimeSeating, seatIds: string[]): number[] {
  return seatIds.map((seatId) => {
    const index = seating.indexOf.get(seatId)
    if (index === undefined) throw invalid('seatIds', `there is no seat ${seatId} in this hall`)
    return index
  })
}

export const seatIdsOf = (seating: ShowtimeSeating, indexes: number[]) =>
  indexes.map((index) => seating.seats[index]!.seatId)

/** Bookable until the film itself begins. @throws SALES_CLOSED */
export function assertOnSale(seating: ShowtimeSeating, now: Date): void {
  if (seating.cancelled) throw new AppError('SALES_CLOSED', 'This showtime was cancelled by the cinema.')
  if (now >= seating.filmStartsAt) throw new AppError('SALES_CLOSED', 'Booking has closed: the film has begun.')
}

async function load(ctx: Pick<Ctx, 'db'>, showtimeId: string): Promise<ShowtimeSeating | null> {
  const showtime = await ctx.db.showtime.findUnique({
    where: { id: showtimeId },
    include: { seatLayout: true, seats: { select: { seat: true, priceMinor: true }, orderBy: { seat: 'asc' } } },
  })
  if (!showtime) return null
  const layout = showtime.seatLayout.definition as SeatLayoutDefinition
  const seats = flattenLayout(layout)
  const priceMinor: number[] = []
  for (const { seat, priceMinor: price } of showtime.seats) priceMinor[seat] = price
  return {
    showtimeId,
    movieId: showtime.movieId,
    filmStartsAt: showtime.filmStartsAt,
    endsAt: showtime.endsAt,
    cancelled: showtime.status === 'CANCELLED',
    maxSeats: showtime.maxSeatsPerBooking,
    layout,
    seats,
    indexOf: new Map(seats.map((s) => [s.seatId, s.index])),
    priceMinor,
  }
}
