import { z } from 'zod'
import { Checkout, IdempotencyKey } from './bookings.ts'
import { CancellationTiers } from './cancellations.ts'
import { Id, Instant, Minor } from './common.ts'
import { Quote } from './pricing.ts'
import { SeatIds } from './seats.ts'

export { IdempotencyKey }

/** GET /api/bookings/:id/move-options: later showtimes of the same film in the same city with room for as many. */
export const MoveOptions = z
  .object({
    movable: z.boolean(),
    refusal: z.string().nullable(),
    /** What of the present booking counts towards the new one. */
    creditMinor: Minor,
    items: z.array(
      z.object({
        showtimeId: Id,
        startsAt: Instant,
        theatre: z.string(),
        theatreId: Id,
        screen: z.string(),
        language: z.string(),
        format: z.string(),
        seatsLeft: z.int(),
        priceFromMinor: Minor,
      }),
    ),
  })
  .meta({ id: 'MoveOptions' })
export type MoveOptions = z.infer<typeof MoveOptions>

/** POST /api/bookings/:id/move with `idempotency-key` and `x-hold-token` of a hold on the new seats. */
export const MoveBookingBody = z
  .object({
    showtimeId: Id,
    seatIds: SeatIds,
    /** New price less the credit; negative: so much comes back. */
    expectedDifferenceMinor: z.int().min(-1_000_000_000).max(1_000_000_000),
  })
  .meta({ id: 'MoveBooking' })
export type MoveBookingBody = z.infer<typeof MoveBookingBody>
/** POST /api/bookings/:id/move/quote: the same body, without the expectation. */
export const MoveQuoteBody = z.object({ showtimeId: Id, seatIds: SeatIds }).meta({ id: 'MoveQuoteBody' })
export type MoveQuoteBody = z.infer<typeof MoveQuoteBody>
export const MoveQuote = z
  .object({
    /** `creditMinor` in it is what is used of the credit. */
    quote: Quote,
    creditMinor: Minor,
    /** New price less the credit; negative: so much comes back. */
    differenceMinor: z.int(),
    /** What cancelling the moved booking gives back: never more than cancelling the present one would now. */
    cancellationTiers: CancellationTiers,
  })
  .meta({ id: 'MoveQuote' })
export type MoveQuote = z.infer<typeof MoveQuote>

/** Nothing to pay: done at once. Otherwise the old booking stands until the difference is paid. */
export const MoveResult = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('moved'), bookingId: Id }),
    z.object({ kind: z.literal('pay'), checkout: Checkout }),
  ])
  .meta({ id: 'MoveResult' })
export type MoveResult = z.infer<typeof MoveResult>
