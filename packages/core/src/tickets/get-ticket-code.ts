import type { TicketCode } from '@marquee/contracts/tickets'
import { requireUser } from '../auth/require-user.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { verifyUrlOf } from './ticket-data.ts'

/**
 * What the QR of the asker's own confirmed booking says, to show at the door without the printed ticket.
 * @throws UNAUTHENTICATED; NOT_FOUND for anybody else's booking and for one that is not confirmed
 */
export async function getTicketCode(
  ctx: Pick<Ctx, 'db' | 'config'>,
  actor: Actor,
  input: { bookingId: string },
): Promise<TicketCode> {
  const { userId } = requireUser(actor)
  const booking = await ctx.db.booking.findFirst({
    where: { id: input.bookingId, userId, status: 'CONFIRMED' },
    select: { id: true, code: true, confirmedAt: true, createdAt: true },
  })
  if (!booking) throw notFound('Ticket')
  return { code: booking.code, verifyUrl: verifyUrlOf(ctx.config, booking) }
}
