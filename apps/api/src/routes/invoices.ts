import { Id } from '@marquee/contracts/common'
import { InvoiceList } from '@marquee/contracts/invoices'
import { getInvoicePdf } from '@marquee/core/invoices/get-invoice-pdf'
import { listInvoices } from '@marquee/core/invoices/list-invoices'
import { z } from 'zod'
import type { Routes } from './routes.ts'

const params = z.object({ id: Id })
const tags = ['invoices']

/** Mounted at /api. Everybody has their own; another person's is not found. */
export const invoiceRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/bookings/:id/invoices',
    {
      config: { access: 'user' },
      schema: { tags, summary: 'The invoice and credit notes of a booking', params, response: { 200: InvoiceList } },
    },
    async (request) => listInvoices(ctx, request.actor, { bookingId: request.params.id }),
  )

  app.get(
    '/invoices/:id.pdf',
    {
      config: { access: 'user' },
      schema: { tags, summary: 'An invoice or credit note, as a PDF. 503 while it is being made.', params },
    },
    async (request, reply) => {
      const { filename, bytes } = await getInvoicePdf(ctx, request.actor, { invoiceId: request.params.id })
      return reply
        .type('application/pdf')
        .header('content-disposition', `attachment; filename="${filename}"`)
        .header('cache-control', 'private, no-store')
        .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    },
  )
}
