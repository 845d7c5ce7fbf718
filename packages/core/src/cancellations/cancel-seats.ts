import type { CancelledBy } from '@marquee/contracts/cancellations'
import type pg from 'pg'
import type { z } from 'zod'

export type CancelRefusal =
  | 'NOT_FOUND'
  | 'NOT_CONFIRMED'
  | 'CINEMA_CANCELLED'
  | 'STARTED'
  | 'USED'
  | 'NOT_ITS_SEATS'
  | 'KEY_REUSED'
  | 'PRICE_CHANGED'

export type CancelSeatsResult =
  | {
      outcome: 'CANCELLED' | 'REPLAY'
      cancellationId: string
      seats: number[]
      refundMinor: number
      toVoucherMinor: number
    }
  | { outcome: CancelRefusal }

type Row = {
  outcome: 'CANCELLED' | 'REPLAY' | CancelRefusal
  cancellation_id: string
  cancelled: number[]
  refund_minor: number
  to_voucher_minor: number
}

/**
 * Gives seats of a confirmed booking back: tickets, claims, refunds and what must follow, in one statement. Give the
 * pool, or a client with a transaction open to do more in the same commit. Refusals are answered, not thrown: each
 * caller has its own words for them.
 * `userId` null: anybody's booking. `seats` null: all that are left. `refundMinor` is for moves, which say what comes
 * back; a guest gets the tier's part of the base and the cinema gives back everything.
 */
export async function cancelSeats(
  client: Pick<pg.ClientBase, 'query'>,
  input: {
    bookingId: string
    userId: string | null
    /** Repeating the act with its key is the same act. */
    key: string
    by: z.infer<typeof CancelledBy>
    actorId: string | null
    seats: number[] | null
    /** Refused when less would come back. */
    expectedRefundMinor?: number
    reason?: string
    refundMinor?: number
  },
): Promise<CancelSeatsResult> {
  const { rows } = await client.query<Row>('SELECT * FROM cancel_seats($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
    input.bookingId,
    input.userId,
    input.key,
    input.by,
    input.actorId,
    input.seats,
    input.expectedRefundMinor ?? null,
    input.reason ?? '',
    input.refundMinor ?? null,
  ])
  const row = rows[0]
  if (!row) throw new Error('cancel_seats answered nothing')
  if (row.outcome !== 'CANCELLED' && row.outcome !== 'REPLAY') return { outcome: row.outcome }
  return {
    outcome: row.outcome,
    cancellationId: row.cancellation_id,
    seats: row.cancelled,
    refundMinor: row.refund_minor,
    toVoucherMinor: row.to_voucher_minor,
  }
}
