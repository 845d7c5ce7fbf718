import { createHash } from 'node:crypto'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'

/** What an Idempotency-Key stands for: the same key with anything else in it is refused. */
export const checkoutRequestHash = (showtimeId: string, seats: number[], totalMinor: number) =>
  createHash('sha256')
    .update(JSON.stringify([showtimeId, seats.toSorted((a, b) => a - b), totalMinor]))
    .digest('base64url')

/**
 * The booking an earlier request of this user with this key was answered with. It is asked for before anything is held
 * or priced: a retry gets its answer even when the seats are sold by now, and it was the one that bought them.
 * @returns null for a new key. @throws IDEMPOTENCY_KEY_REUSED
 */
export async function findRepeatedCheckout(
  ctx: Pick<Ctx, 'pool'>,
  input: { userId: string; idempotencyKey: string; requestHash: string },
): Promise<{ bookingId: string } | null> {
  const { rows } = await ctx.pool.query<{ booking_id: string; request_hash: string }>({
    name: 'find_repeated_checkout',
    text: 'SELECT booking_id, request_hash FROM idempotency_keys WHERE user_id = $1 AND key = $2',
    values: [input.userId, input.idempotencyKey],
  })
  const earlier = rows[0]
  if (!earlier) return null
  if (earlier.request_hash !== input.requestHash)
    throw new AppError('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another order.')
  return { bookingId: earlier.booking_id }
}
