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
    expiresAt: isoTime(hold.until),
    now: isoTime(hold.now),
    maxExpiresAt: isoTime(Math.max(maxUntil, hold.until)),
    canExtend: hold.until < maxUntil,
    quote: quoteSelection(ctx, seating, hold.seats),
  }
}

const MOST_TEXTS = 1_000
const texts = new Map<number, string>()

/** As Date's toISOString, written once: in a rush many holds begin or end in one millisecond. */
function isoTime(epochMs: number): string {
  let text = texts.get(epochMs)
  if (text === undefined) {
    text = new Date(epochMs).toISOString()
    if (texts.size >= MOST_TEXTS) texts.clear()
    texts.set(epochMs, text)
  }
  return text
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
