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
  /** What a section is called, by its id. */
  sectionNames: Map<string, string>
  /** By seat index. Display and quote only: checkout compares with the inventory again, in its own transaction. */
  priceMinor: number[]
}

/** Prices and cancellation may change under us; checkout checks them again, so a few seconds of age cost nothing. */
const FRESH_MS = 5_000
/** While a newer one is read, guests are served the older one up to this age rather than made to wait. */
const MAX_AGE_MS = 15_000

type Entry = { seating: Promise<ShowtimeSeating>; readAt: number; renewing: boolean }
type Hall = Pick<ShowtimeSeating, 'layout' | 'seats' | 'indexOf' | 'sectionNames'>
/** A layout never changes once it is written, and a screen's showtimes share it. */
type Caches = { showtimes: LRUCache<string, Entry>; halls: LRUCache<string, Promise<Hall>> }
const cachesOf = new WeakMap<Ctx['db'], Caches>()

/** @throws NOT_FOUND */
export function showtimeSeating(ctx: Pick<Ctx, 'db'>, showtimeId: string): Promise<ShowtimeSeating> {
  let caches = cachesOf.get(ctx.db)
  if (!caches) {
    caches = { showtimes: new LRUCache({ max: 2_000 }), halls: new LRUCache({ max: 500 }) }
    cachesOf.set(ctx.db, caches)
  }
  const now = performance.now()
  let entry = caches.showtimes.get(showtimeId)
  if (!entry || now - entry.readAt > MAX_AGE_MS) entry = read(ctx, caches, showtimeId, now)
  else if (now - entry.readAt > FRESH_MS && !entry.renewing) renew(ctx, caches, showtimeId, entry, now)
  return entry.seating
}

function read(ctx: Pick<Ctx, 'db'>, caches: Caches, showtimeId: string, now: number): Entry {
  const entry = { seating: load(ctx, caches, showtimeId), readAt: now, renewing: false }
  caches.showtimes.set(showtimeId, entry)
  entry.seating.catch(() => {
    if (caches.showtimes.peek(showtimeId) === entry) caches.showtimes.delete(showtimeId)
  })
  return entry
}

/** Reads again in the background. When that fails the older one serves until it is too old, and is tried again. */
function renew(ctx: Pick<Ctx, 'db'>, caches: Caches, showtimeId: string, older: Entry, now: number): void {
  older.renewing = true
  const seating = load(ctx, caches, showtimeId)
  seating.then(
    () => caches.showtimes.set(showtimeId, { seating, readAt: now, renewing: false }),
    () => {
      older.renewing = false
    },
  )
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

async function load(ctx: Pick<Ctx, 'db'>, caches: Caches, showtimeId: string): Promise<ShowtimeSeating> {
  const showtime = await ctx.db.showtime.findUnique({
    where: { id: showtimeId },
    select: {
      movieId: true,
      seatLayoutId: true,
      filmStartsAt: true,
      endsAt: true,
      status: true,
      maxSeatsPerBooking: true,
    },
  })
  if (!showtime) throw notFound('showtime')
  // One row of two arrays: as objects, the prices of a large hall are most of what this costs.
  const [[prices], hall] = await Promise.all([
    ctx.db.$queryRaw<{ seats: number[] | null; minor: number[] | null }[]>`
      SELECT array_agg(seat::int) AS seats, array_agg(price_minor) AS minor FROM showtime_seats WHERE showtime_id = ${showtimeId}::uuid`,
    hallOf(ctx, caches, showtime.seatLayoutId),
  ])
  const priceMinor = Array.from({ length: hall.seats.length }, () => 0)
  for (const [i, seat] of (prices?.seats ?? []).entries()) priceMinor[seat] = prices?.minor?.[i] ?? 0
  return {
    showtimeId,
    movieId: showtime.movieId,
    filmStartsAt: showtime.filmStartsAt,
    endsAt: showtime.endsAt,
    cancelled: showtime.status === 'CANCELLED',
    maxSeats: showtime.maxSeatsPerBooking,
    ...hall,
    priceMinor,
  }
}

function hallOf(ctx: Pick<Ctx, 'db'>, { halls }: Caches, layoutId: string): Promise<Hall> {
  let hall = halls.get(layoutId)
  if (!hall) {
    hall = loadHall(ctx, layoutId)
    halls.set(layoutId, hall)
    hall.catch(() => halls.delete(layoutId))
  }
  return hall
}

async function loadHall(ctx: Pick<Ctx, 'db'>, layoutId: string): Promise<Hall> {
  const { definition } = await ctx.db.seatLayout.findUniqueOrThrow({
    where: { id: layoutId },
    select: { definition: true },
  })
  const layout = definition as SeatLayoutDefinition
  const seats = flattenLayout(layout)
  return {
    layout,
    seats,
    indexOf: new Map(seats.map((s) => [s.seatId, s.index])),
    sectionNames: new Map(layout.sections.map((s) => [s.id, s.name])),
  }
}
