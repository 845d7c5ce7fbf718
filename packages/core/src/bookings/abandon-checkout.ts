import { requireUser } from '../auth/require-user.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { onceMoreOnDeadlock } from '../seats/once-more-on-deadlock.ts'

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
  const { rows } = await onceMoreOnDeadlock(() =>
    ctx.pool.query<{ mine: boolean }>('SELECT abandon_checkout($1, $2) AS mine', [input.bookingId, userId]),
  )
  if (!rows[0]?.mine) throw notFound('booking')
}
