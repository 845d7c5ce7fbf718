import type { Ctx } from '@marquee/core/context'
import type { InvoiceDocument } from '@marquee/core/invoices/render-invoice'
import type { Queues } from '@marquee/core/jobs/queues'
import type { TicketData } from '@marquee/core/tickets/ticket-data'

/** What job handlers get: everything verbs need, the queues, and the documents that are drawn here. */
export type WorkerCtx = Ctx & {
  queues: Queues
  renderTicketPdf(ticket: TicketData): Promise<Uint8Array>
  renderInvoicePdf(invoice: InvoiceDocument): Promise<Uint8Array>
}
