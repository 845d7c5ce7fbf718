import type { Ctx } from '../context.ts'
import { AppError, invalid } from '../errors.ts'

/**
 * Who buys, and the booking an earlier request of theirs with this key was answered with. It is asked for before
 * anything is held or priced: a retry gets its answer even when the seats are sold by now, and it was the one that
 * bought them.
 * @throws UNAUTHENTICATED (the account is gone), IDEMPOTENCY_KEY_REUSED, VALIDATION (no address to send a ticket to)
 */
export async function findBuyer(
  ctx: Pick<Ctx, 'pool'>,
  input: { userId: string; idempotencyKey: string; requestHash: string },
): Promise<{ email: string; earlier: { bookingId: string } | null }> {
  const { rows } = await ctx.pool.query<{
    email: string | null
    booking_id: string | null
    request_hash: string | null
  }>({
    name: 'find_buyer',
    text: `SELECT u.email, k.booking_id, k.request_hash FROM users u
             LEFT JOIN idempotency_keys k ON k.user_id = u.id AND k.key = $2
            WHERE u.id = $1 AND u.deleted_at IS NULL`,
    values: [input.userId, input.idempotencyKey],
  })
  const found = rows[0]
  if (!found) throw new AppError('UNAUTHENTICATED', 'Sign in to go on')
  if (found.booking_id && found.request_hash !== input.requestHash)
    throw new AppError('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another order.')
  if (!found.email && !found.booking_id)
    throw invalid('email', 'add an email address to your account first: your ticket is sent there')
  return { email: found.email ?? '', earlier: found.booking_id ? { bookingId: found.booking_id } : null }
}
