import type { Checkout, StartCheckoutBody } from '@marquee/contracts/bookings'
import { requireUser } from '../auth/require-user.ts'
import { checkoutRequestHash } from '../bookings/checkout-request-hash.ts'
import { findBuyer } from '../bookings/find-buyer.ts'
import { openDraft } from '../bookings/open-draft.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { hashSecret } from '../ids.ts'
import { promoRefused, voucherRefused } from '../offers/offer-problems.ts'
import { priceWithOffers } from '../offers/price-with-offers.ts'
import { voucherHash } from '../offers/voucher-code.ts'
import { assertOnSale, seatIndexes, showtimeSeating } from '../seats/showtime-seating.ts'
import { checkoutView } from './checkout-view.ts'
import { mendHold, openPaymentWindow } from './payment-window.ts'

type CheckoutCtx = Pick<Ctx, 'db' | 'pool' | 'redis' | 'config' | 'clock' | 'gateway' | 'crashPoint'>
type Input = StartCheckoutBody & { idempotencyKey: string; holdToken: string; network?: string }

/**
 * From held seats to something to pay: extends the hold to the payment window, claims the seats in Postgres at the
 * server's own price, opens the order. No money has moved when this returns, and the total is the one that was shown.
 * Where codes leave nothing to charge, the booking is confirmed when this returns, and there is no order.
 * @throws UNAUTHENTICATED, NOT_FOUND, VALIDATION, SALES_CLOSED, TOO_MANY_SEATS, HOLD_LIMIT, SEATS_TAKEN, PRICE_CHANGED,
 *   PROMO_REFUSED, VOUCHER_REFUSED, RATE_LIMITED (codes that do not exist), IDEMPOTENCY_KEY_REUSED,
 *   HOLD_GONE (this key's booking was given up or ran out), GATEWAY_UNAVAILABLE
 */
export async function startCheckout(ctx: CheckoutCtx, actor: Actor, input: Input): Promise<Checkout> {
  const { userId } = requireUser(actor)
  const seating = await showtimeSeating(ctx, input.showtimeId)
  const seats = seatIndexes(seating, input.seatIds)
  const requestHash = hashOf(input, seats)
  const { email, earlier } = await findBuyer(ctx, { userId, idempotencyKey: input.idempotencyKey, requestHash })
  if (earlier) return checkoutView(ctx, { ...earlier, userId })
  assertOnSale(seating, ctx.clock.now())
  if (seats.length > seating.maxSeats)
    throw new AppError('TOO_MANY_SEATS', `At most ${seating.maxSeats} seats in one booking.`)
  const holder = hashSecret(input.holdToken)
  const { promoCode, voucherCode, network } = input
  const priced = await priceWithOffers(ctx, seating, seats, { promoCode, voucherCode, userId, holder, network })
  if (priced.promo?.problem) throw promoRefused(priced.promo.problem)
  if (priced.voucher?.problem) throw voucherRefused(priced.voucher.problem)
  const { quote } = priced
  if (quote.toPayMinor !== input.expectedTotalMinor) {
    if (priced.voucher && quote.toPayMinor > input.expectedTotalMinor)
      throw voucherRefused('What this gift voucher leaves to pay has changed. Look at the new total.')
    throw new AppError(
      'PRICE_CHANGED',
      'The price changed while you were choosing. Look at the new total; you have not been charged.',
    )
  }
  const { payBy, since } = await openPaymentWindow(ctx, seating, holder, seats)
  const { bookingId } = await openDraft(ctx, {
    userId,
    email,
    idempotencyKey: input.idempotencyKey,
    requestHash,
    seating,
    holder,
    seats,
    quote,
    promoId: priced.promoId,
    voucherId: priced.voucherId,
    payBy,
    since,
  }).catch((error: unknown) => mendHold(ctx, seating, input, error))
  return checkoutView(ctx, { bookingId, userId })
}

/** A key given once with a code and once without it is a key for two orders. */
function hashOf(input: Input, seats: number[]): string {
  const { promoCode, voucherCode } = input
  const codes = promoCode || voucherCode ? [promoCode ?? null, voucherCode ? voucherHash(voucherCode) : null] : []
  return checkoutRequestHash(input.showtimeId, seats, input.expectedTotalMinor, codes)
}
