import type { Quote } from '@marquee/contracts/pricing'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { newBookingCode, newId } from '../ids.ts'
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
}

type Row = {
  outcome: 'CREATED' | 'EXISTING' | 'REPLAY' | 'TAKEN' | 'PRICE_CHANGED' | 'KEY_REUSED'
  booking_id: string | null
  refused: number[] | null
}

/**
 * Claims the seats in Postgres and writes the booking with its payment: one statement, all or nothing. From here the
 * seats cannot be sold to anybody else, whatever becomes of Redis. A repeated key, a double click and a second tab of
 * the same hold all get the same booking.
 * @throws SEATS_TAKEN, PRICE_CHANGED, IDEMPOTENCY_KEY_REUSED
 */
export async function openDraft(
  ctx: Pick<Ctx, 'pool' | 'gateway' | 'crashPoint'>,
  draft: Draft,
): Promise<{ bookingId: string }> {
  const { seating, seats, quote } = draft
  const requestHash = checkoutRequestHash(seating.showtimeId, seats, quote.totalMinor)
  ctx.crashPoint('checkout:before-commit')
  const { rows } = await ctx.pool.query<Row>({
    name: 'start_checkout',
    text: 'SELECT * FROM start_checkout($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)',
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
    ],
  })
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
    default:
      if (!row.booking_id) throw new Error(`start_checkout: ${row.outcome} without a booking`)
      return { bookingId: row.booking_id }
  }
}
