import type { Ctx } from '@marquee/core/context'
import type { InvoiceDocument } from '@marquee/core/invoices/render-invoice'
import type { Queues } from '@marquee/core/jobs/queues'
import type { TicketData } from '@marquee/core/tickets/ticket-data'
import type { PageFetcher } from '@marquee/providers/listings/fetch/page-fetcher'
import type { OpenListing } from '@marquee/providers/listings/registry'

/** What job handlers get: everything verbs need, the queues, the documents that are drawn here, the sites that are read here. */
export type WorkerCtx = Ctx & {
  queues: Queues
  renderTicketPdf(ticket: TicketData): Promise<Uint8Array>
  renderInvoicePdf(invoice: InvoiceDocument): Promise<Uint8Array>
  pages: PageFetcher
  listings: OpenListing
}
