import type { InvoiceData, InvoiceKind } from '@marquee/contracts/invoices'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'

/** A numbered document, ready to be drawn. */
export type InvoiceDocument = { kind: InvoiceKind; number: string; issuedAt: Date; data: InvoiceData }

/**
 * Draws an invoice or a credit note from what was frozen with its number, once; a second drawing changes nothing.
 * Drawing is the caller's: `renderInvoicePdf` turns plain data into a PDF. @throws NOT_FOUND
 */
export async function renderInvoice(
  ctx: Pick<Ctx, 'db'> & { renderInvoicePdf(invoice: InvoiceDocument): Promise<Uint8Array> },
  input: { invoiceId: string },
): Promise<void> {
  const invoice = await ctx.db.invoice.findUnique({ where: { id: input.invoiceId } })
  if (!invoice) throw notFound('Invoice')
  if (invoice.pdf) return
  const { kind, number, issuedAt } = invoice
  const bytes = await ctx.renderInvoicePdf({ kind, number, issuedAt, data: invoice.data as InvoiceData })
  await ctx.db.invoice.updateMany({ where: { id: invoice.id, pdf: null }, data: { pdf: new Uint8Array(bytes) } })
}
