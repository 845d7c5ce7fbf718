import { requireUser } from '../auth/require-user.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'

/**
 * The printed ticket of the asker's own confirmed booking.
 * @throws UNAUTHENTICATED; NOT_FOUND for anybody else's booking and for one that is not confirmed;
 * UNAVAILABLE while it is still being made (ask again in a moment)
 */
export async function getTicketPdf(
  ctx: Pick<Ctx, 'db'>,
  actor: Actor,
  input: { bookingId: string },
): Promise<{ filename: string; bytes: Uint8Array }> {
  const { userId } = requireUser(actor)
  const booking = await ctx.db.booking.findFirst({
    where: { id: input.bookingId, userId, status: 'CONFIRMED' },
    select: { code: true, document: { select: { bytes: true } } },
  })
  if (!booking) throw notFound('Ticket')
  if (!booking.document) throw new AppError('UNAVAILABLE', 'Your ticket is being made. Try again in a few seconds.')
  return { filename: ticketFilename(booking.code), bytes: booking.document.bytes }
}

export const ticketFilename = (code: string) => `marquee-ticket-${code}.pdf`
