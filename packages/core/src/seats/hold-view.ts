import type { SeatHold } from '@marquee/contracts/seats'
import type { Ctx } from '../context.ts'
import { quoteSeats, type Reductions } from '../pricing/quote-seats.ts'
import type { HoldState } from './seat-holds.ts'
import { type ShowtimeSeating, seatIdsOf } from './showtime-seating.ts'

/** What the holder sees of their hold: seats, the server's clock, and the price that will be charged. */
export function holdView(
  ctx: Pick<Ctx, 'config'>,
  seating: ShowtimeSeating,
  holdToken: string,
  hold: HoldState,
): SeatHold {
  const maxUntil = hold.since + ctx.config.holds.maxMs
  return {
    showtimeId: seating.showtimeId,
    holdToken,
    seatIds: seatIdsOf(seating, hold.seats),
    expiresAt: new Date(hold.until).toISOString(),
    now: new Date(hold.now).toISOString(),
    maxExpiresAt: new Date(Math.max(maxUntil, hold.until)).toISOString(),
    canExtend: hold.until < maxUntil,
    quote: quoteSelection(ctx, seating, hold.seats),
  }
}

export function quoteSelection(
  ctx: Pick<Ctx, 'config'>,
  seating: ShowtimeSeating,
  seats: number[],
  reductions: Reductions = {},
) {
  return quoteSeats(
    ctx.config.pricing,
    seats.map((index) => {
      const { section } = seating.seats[index]!
      return {
        section,
        sectionName: seating.sectionNames.get(section) ?? section,
        priceMinor: seating.priceMinor[index] ?? 0,
      }
    }),
    reductions,
  )
}
