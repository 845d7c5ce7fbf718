import type { MoveBookingBody, MoveResult } from '@marquee/contracts/moves'
import { authorise } from '../auth/access.ts'
import { checkoutRequestHash } from '../bookings/checkout-request-hash.ts'
import { findBuyer } from '../bookings/find-buyer.ts'
import { openDraft } from '../bookings/open-draft.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { hashSecret } from '../ids.ts'
import { checkoutView } from '../payments/checkout-view.ts'
import { mendHold, openPaymentWindow } from '../payments/payment-window.ts'
import { quoteSelection } from '../seats/hold-view.ts'
import { assertOnSale, seatIndexes, showtimeSeating } from '../seats/showtime-seating.ts'
import { assertMovable, findMove } from './find-move.ts'

type Input = MoveBookingBody & { bookingId: string; idempotencyKey: string; holdToken: string }
type MoveCtx = Pick<Ctx, 'db' | 'pool' | 'redis' | 'config' | 'clock' | 'gateway' | 'crashPoint'>

/**
 * Takes other seats for a booking: an ordinary checkout that the old booking counts towards. With nothing to pay it is
 * done when this returns, and what is left over goes back the way it was paid. Else the old booking stands until the
 * difference is paid; the settling of that payment ends it, or gives the difference back when it is no longer what it was.
 * @throws UNAUTHENTICATED, NOT_FOUND, VALIDATION, CONFLICT (it cannot be moved), PRICE_CHANGED, SALES_CLOSED, SEATS_TAKEN,
 *   TOO_MANY_SEATS, HOLD_LIMIT, HOLD_GONE, IDEMPOTENCY_KEY_REUSED, GATEWAY_UNAVAILABLE
 */
export async function moveBooking(ctx: MoveCtx, actor: Actor, input: Input): Promise<MoveResult> {
  const { userId } = authorise(actor, 'user')
  const { idempotencyKey, expectedDifferenceMinor, seatIds } = input
  const seating = await showtimeSeating(ctx, input.showtimeId)
  const asked = seatIndexes(seating, seatIds)
  const requestHash = checkoutRequestHash(input.showtimeId, asked, expectedDifferenceMinor, ['move', input.bookingId])
  const { email, earlier } = await findBuyer(ctx, { userId, idempotencyKey, requestHash })
  if (earlier) return resultOf(ctx, { ...earlier, userId })
  const from = await findMove(ctx, { bookingId: input.bookingId, userId })
  assertOnSale(seating, ctx.clock.now())
  const seats = await assertMovable(ctx, from, { seating, seatIds })
  const quote = quoteSelection(ctx, seating, seats, { creditMinor: from.creditMinor })
  if (quote.totalMinor - from.creditMinor !== expectedDifferenceMinor) {
    throw new AppError(
      'PRICE_CHANGED',
      'The difference changed while you were choosing. Look at it again; nothing was charged and your booking stands.',
    )
  }
  const holder = hashSecret(input.holdToken)
  const { payBy, since } = await openPaymentWindow(ctx, seating, holder, seats)
  const { bookingId } = await openDraft(ctx, {
    userId,
    email,
    idempotencyKey,
    requestHash,
    seating,
    holder,
    seats,
    quote,
    payBy,
    since,
    movedFromId: input.bookingId,
  }).catch((error: unknown) => mendHold(ctx, seating, input, error))
  return resultOf(ctx, { bookingId, userId })
}

/** A repeated request is told how far it has come meanwhile. */
async function resultOf(ctx: MoveCtx, input: { bookingId: string; userId: string }): Promise<MoveResult> {
  const { bookingId } = input
  const moved = await ctx.db.booking.count({ where: { id: bookingId, status: 'CONFIRMED' } })
  if (moved > 0) return { kind: 'moved', bookingId }
  return { kind: 'pay', checkout: await checkoutView(ctx, input) }
}
