import type { Quote } from '@marquee/contracts/pricing'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { newBookingCode, newId } from '../ids.ts'
import { type OfferProblem, offerRefused } from '../offers/offer-problems.ts'
import { onceMoreOnDeadlock } from '../seats/once-more-on-deadlock.ts'
import { type ShowtimeSeating, seatIdsOf } from '../seats/showtime-seating.ts'
import { checkoutRequestHash } from './checkout-request-hash.ts'

export type Draft = {
  userId: string
  email: string
  idempotencyKey: string
  seating: ShowtimeSeating
  holder: string
  seats: number[]
  quote: Quote
  payBy: Date
  /** When the hold began. Left out where there was none. */
  since?: Date | null
  /** What the key stands for; left out: seats and price. */
  requestHash?: string
  /** The code behind the quote's discount, the voucher behind its voucherMinor. */
  promoId?: string | undefined
  voucherId?: string | undefined
  /** The booking whose place it takes when it is confirmed, and behind the quote's creditMinor. */
  movedFromId?: string | undefined
}

type Row = {
  outcome:
    | 'CREATED'
    | 'EXISTING'
    | 'REPLAY'
    | 'TAKEN'
    | 'PRICE_CHANGED'
    | 'KEY_REUSED'
    | 'TOO_MANY_DRAFTS'
    | 'KEPT_TOO_LONG'
    | 'OFFER_REFUSED'
  booking_id: string | null
  refused: number[] | null
  problem: OfferProblem | null
}

/**
 * Claims the seats in Postgres and writes the booking with its payment: one statement, all or nothing. From here the
 * seats cannot be sold to anybody else, whatever becomes of Redis. A repeated key, a double click and a second tab of
 * the same hold all get the same booking. That a seat is somebody else's already is said before price and limits, and nothing is written.
 * Draft after draft, one guest keeps a seat for two holds and the payment's grace; then it must have been free for a
 * minute. And nobody has more than three unpaid drafts at once.
 * Its code and voucher are taken with it, and what they leave is the amount of its payment. With nothing left to charge
 * it is confirmed in the same statement.
 * @throws SEATS_TAKEN, PRICE_CHANGED, IDEMPOTENCY_KEY_REUSED, HOLD_LIMIT (naming the seats that were kept too long),
 *   PROMO_REFUSED, VOUCHER_REFUSED, CONFLICT (nothing to charge, and it can no longer be booked)
 */
export async function openDraft(
  ctx: Pick<Ctx, 'pool' | 'gateway' | 'config' | 'crashPoint'>,
  draft: Draft,
): Promise<{ bookingId: string }> {
  const { seating, seats, quote } = draft
  const requestHash = draft.requestHash ?? checkoutRequestHash(seating.showtimeId, seats, quote.toPayMinor)
  ctx.crashPoint('checkout:before-commit')
  const { maxMs, paymentGraceMs } = ctx.config.holds
  const question = {
    name: 'start_checkout',
    text: 'SELECT * FROM start_checkout($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)',
    values: [
      draft.userId,
      draft.idempotencyKey,
      requestHash,
      newId(),
      newBookingCode(),
      newId(),
      ctx.gateway.name,
      seating.showtimeId,
      draft.holder,
      seats,
      quote.baseMinor,
      quote.convenienceFeeMinor,
      quote.taxMinor,
      quote.currency,
      draft.email,
      draft.payBy,
      draft.since ?? null,
      2 * maxMs + paymentGraceMs,
      quote.taxPercent,
      quote.discountMinor,
      quote.discountMinor > 0 ? (draft.promoId ?? null) : null,
      quote.voucherMinor > 0 ? (draft.voucherId ?? null) : null,
      quote.voucherMinor,
      quote.creditMinor,
      draft.movedFromId ?? null,
    ],
  }
  const { rows } = await onceMoreOnDeadlock(() => ctx.pool.query<Row>(question)).catch(notBookable)
  ctx.crashPoint('checkout:after-commit')
  const row = rows[0]
  if (!row) throw new Error('start_checkout answered nothing')
  switch (row.outcome) {
    case 'TAKEN': {
      const seatIds = seatIdsOf(seating, row.refused ?? [])
      throw new AppError(
        'SEATS_TAKEN',
        `${seatIds.join(', ')} ${seatIds.length > 1 ? 'were' : 'was'} just taken by somebody else. You have not been charged.`,
        { seatIds },
      )
    }
    case 'PRICE_CHANGED':
      throw new AppError(
        'PRICE_CHANGED',
        'The cinema changed a price while you were choosing. Look at the new total; you have not been charged.',
      )
    case 'KEY_REUSED':
      throw new AppError('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another order.')
    case 'TOO_MANY_DRAFTS':
      throw new AppError(
        'HOLD_LIMIT',
        'You have three unpaid bookings open. Pay for one of them or give it up, then go on with this one.',
      )
    case 'KEPT_TOO_LONG':
      throw new AppError(
        'HOLD_LIMIT',
        'These seats were kept for you as long as they can be, and go back to everybody. Choose others, or come back to them in a minute or two.',
        { seatIds: seatIdsOf(seating, seats) },
      )
    case 'OFFER_REFUSED':
      throw offerRefused(row.problem ?? 'PROMO_UNKNOWN')
    default:
      if (!row.booking_id) throw new Error(`start_checkout: ${row.outcome} without a booking`)
      return { bookingId: row.booking_id }
  }
}

/** Raised by start_checkout when there is nothing to charge and the seats cannot be booked after all. */
function notBookable(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'MQ003')
    throw error.message === 'SHOWTIME_OVER'
      ? new AppError('SALES_CLOSED', 'Booking for this showtime has closed. Nothing was charged.')
      : new AppError(
          'CONFLICT',
          'Your booking changed in another window meanwhile. Nothing was charged; look at it again.',
        )
  throw error
}
