import { Id } from '@marquee/contracts/common'
import { TicketCode, TicketVerdict, VerifyTicketQuery } from '@marquee/contracts/tickets'
import { getTicketCode } from '@marquee/core/tickets/get-ticket-code'
import { getTicketPdf } from '@marquee/core/tickets/get-ticket-pdf'
import { verifyTicket } from '@marquee/core/tickets/verify-ticket'
import { z } from 'zod'
import type { Routes } from './routes.ts'

export const ticketRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/bookings/:id/ticket.pdf',
    {
      config: { access: 'user' },
      schema: {
        tags: ['tickets'],
        summary: 'The ticket to print, as a PDF. 503 while it is being made.',
        params: z.object({ id: Id }),
      },
    },
    async (request, reply) => {
      const { filename, bytes } = await getTicketPdf(ctx, request.actor, { bookingId: request.params.id })
      return reply
        .type('application/pdf')
        .header('content-disposition', `attachment; filename="${filename}"`)
        .header('cache-control', 'private, no-store')
        .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    },
  )

  app.get(
    '/bookings/:id/ticket',
    {
      config: { access: 'user' },
      schema: {
        tags: ['tickets'],
        summary: 'What the QR of your own ticket says',
        params: z.object({ id: Id }),
        response: { 200: TicketCode },
      },
    },
    async (request) => getTicketCode(ctx, request.actor, { bookingId: request.params.id }),
  )

  app.get(
    '/tickets/verify',
    {
      config: { access: 'public' },
      schema: {
        tags: ['tickets'],
        summary: 'What the door should do with a ticket. Says nothing about the guest.',
        querystring: VerifyTicketQuery,
        response: { 200: TicketVerdict },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return verifyTicket(ctx, request.query)
    },
  )
}
