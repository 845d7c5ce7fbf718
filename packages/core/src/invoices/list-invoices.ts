import type { InvoiceData, InvoiceList } from '@marquee/contracts/invoices'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { issueInvoice } from './issue-invoice.ts'

/**
 * The invoice and the credit notes of the asker's own booking, oldest first. A booking that was sold and has no invoice
 * yet gets it now: those loaded as demo data have none until somebody asks.
 * @throws UNAUTHENTICATED, NOT_FOUND for anybody else's booking
 */
export async function listInvoices(
  ctx: Pick<Ctx, 'db' | 'config' | 'clock'>,
  actor: Actor,
  input: { bookingId: string },
): Promise<InvoiceList> {
  const { userId } = authorise(actor, 'user')
  const booking = await ctx.db.booking.findFirst({
    where: { id: input.bookingId, userId },
    select: { id: true, confirmedAt: true, _count: { select: { invoices: true } } },
  })
  if (!booking) throw notFound('booking')
  if (!booking.confirmedAt) return { items: [] }
  if (booking._count.invoices === 0) await issueInvoice(ctx, { bookingId: booking.id })
  // Not the PDFs themselves: only whether they are there.
  const rows = await ctx.db.$queryRaw<
    {
      id: string
      number: string
      kind: 'INVOICE' | 'CREDIT_NOTE'
      issued_at: Date
      data: InvoiceData
      ready: boolean
    }[]
  >`SELECT id, number, kind::text AS kind, issued_at, data, pdf IS NOT NULL AS ready
      FROM invoices WHERE booking_id = ${booking.id}::uuid ORDER BY issued_at, number LIMIT 100`
  return {
    items: rows.map((row) => ({
      id: row.id,
      number: row.number,
      kind: row.kind,
      issuedAt: row.issued_at.toISOString(),
      totalMinor: row.data.totalMinor,
      pdfReady: row.ready,
    })),
  }
}
