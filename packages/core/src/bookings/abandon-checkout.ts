import { requireUser } from '../auth/require-user.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'

/**
 * Ends the asker's own unpaid draft, so that the seats can be chosen anew. The hold itself goes on. Money that comes
 * for it later takes the way of all late money. Twice is once. @throws UNAUTHENTICATED, NOT_FOUND
 */
export async function abandonCheckout(
  ctx: Pick<Ctx, 'pool'>,
  actor: Actor,
  input: { bookingId: string },
): Promise<void> {
  const { userId } = requireUser(actor)
  const { rowCount } = await ctx.pool.query(
    `WITH mine AS (SELECT id, status FROM bookings WHERE id = $1 AND user_id = $2 FOR UPDATE),
          ended AS (UPDATE bookings b SET status = 'EXPIRED' FROM mine WHERE b.id = mine.id AND mine.status = 'PENDING' RETURNING b.id),
          freed AS (DELETE FROM seat_claims c USING ended WHERE c.booking_id = ended.id AND c.state <> 'SOLD')
     SELECT id FROM mine`,
    [input.bookingId, userId],
  )
  if (!rowCount) throw notFound('booking')
}
