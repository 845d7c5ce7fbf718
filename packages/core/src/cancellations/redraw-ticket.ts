import type { Ctx } from '../context.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { Queues } from '../jobs/queues.ts'
import { inTurn } from '../jobs/sweep-turn.ts'
import { renderTicket } from '../tickets/render-ticket.ts'
import type { TicketData } from '../tickets/ticket-data.ts'
import { cancellationMailKey } from './mail-cancellation.ts'

/**
 * Draws the ticket of the seats that still stand, then tells the guest. A booking that was cancelled wholly meanwhile
 * needs no paper. @throws UNAVAILABLE when seats changed while it was drawn, RedisAway
 */
export async function redrawTicket(
  ctx: Pick<Ctx, 'db' | 'config' | 'crashPoint'> & {
    queues: Queues
    renderTicketPdf(ticket: TicketData): Promise<Uint8Array>
  },
  input: { cancellationId: string; turn?: number },
): Promise<void> {
  const { cancellationId, turn } = input
  const row = await ctx.db.cancellation.findUnique({
    where: { id: cancellationId },
    select: { bookingId: true, booking: { select: { status: true } } },
  })
  if (row?.booking.status === 'CONFIRMED') await renderTicket(ctx, { bookingId: row.bookingId })
  await enqueue(ctx, [
    { name: 'cancellation.mail', payload: { cancellationId }, key: inTurn(cancellationMailKey(cancellationId), turn) },
  ])
}
