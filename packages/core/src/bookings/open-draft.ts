import type { Quote } from '@marquee/contracts/pricing'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { newBookingCode, newId } from '../ids.ts'
import { onceMoreOnDeadlock } from '../seats/once-more-on-deadlock.ts'
import { type ShowtimeSeating, seatIdsOf } from '../seats/showtime-seating.ts'
import { checkoutRequestHash } from './find-repeated-checkout.ts'

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
  booking_id: string | null
  refused: number[] | null
}

/**
 * Claims the seats in Postgres and writes the booking with its payment: one statement, all or nothing. From here the
 * seats cannot be sold to anybody else, whatever becomes of Redis. A repeated key, a double click and a second tab of
 * the same hold all get the same booking.
 * Draft after draft, one guest keeps a seat for two holds and the payment's grace; then it must have been free for a
 * minute. And nobody has more than three unpaid drafts at once.
 * @throws SEATS_TAKEN, PRICE_CHANGED, IDEMPOTENCY_KEY_REUSED, HOLD_LIMIT (naming the seats that were kept too long)
 */
export async function openDraft(
  ctx: Pick<Ctx, 'pool' | 'gateway' | 'config' | 'crashPoint'>,
  draft: Draft,
): Promise<{ bookingId: string }> {
  const { seating, seats, quote } = draft
  const requestHash = checkoutRequestHash(seating.showtimeId, seats, quote.totalMinor)
  ctx.crashPoint('checkout:before-commit')
  const { maxMs, paymentGraceMs } = ctx.config.holds
  const question = {
    name: 'start_checkout',
    text: 'SELECT * FROM start_checkout($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)',
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
    ],
  }
  const { rows } = await onceMoreOnDeadlock(() => ctx.pool.query<Row>(question))
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
    default:
      if (!row.booking_id) throw new Error(`start_checkout: ${row.outcome} without a booking`)
      return { bookingId: row.booking_id }
  }
}
