import type { Ctx } from '../context.ts'
import { hasTicketDocument, storeTicketDocument } from './store-ticket-document.ts'
import { loadTicketData, type TicketData } from './ticket-data.ts'

/**
 * Makes a confirmed booking's printed ticket, once. Drawing is the caller's: `render` turns plain data into a PDF.
 * @throws NOT_FOUND when there is no such confirmed booking; UNAVAILABLE when its seats changed while it was drawn
 */
export async function renderTicket(
  ctx: Pick<Ctx, 'db' | 'config' | 'crashPoint'> & { renderTicketPdf(ticket: TicketData): Promise<Uint8Array> },
  input: { bookingId: string },
): Promise<void> {
  if (await hasTicketDocument(ctx, input)) return
  const data = await loadTicketData(ctx, input)
  const bytes = await ctx.renderTicketPdf(data)
  ctx.crashPoint('ticket:after-render')
  await storeTicketDocument(ctx, {
    bookingId: input.bookingId,
    bytes,
    seats: data.seats.map((seat) => seat.label),
  })
}
