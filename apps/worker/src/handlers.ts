import { mailAccount } from '@marquee/core/account/mail-account'
import { mailAdminDecision } from '@marquee/core/admin/mail-admin-decision'
import { expireBookings } from '@marquee/core/bookings/expire-bookings'
import { announceCancellation } from '@marquee/core/cancellations/announce-cancellation'
import { cancelShowtimeBookings } from '@marquee/core/cancellations/cancel-showtime-bookings'
import { mailCancellation } from '@marquee/core/cancellations/mail-cancellation'
import { redrawTicket } from '@marquee/core/cancellations/redraw-ticket'
import { sweepCancellations } from '@marquee/core/cancellations/sweep-cancellations'
import { refreshPopularity } from '@marquee/core/catalog/refresh-popularity'
import { issueCreditNote } from '@marquee/core/invoices/issue-credit-note'
import { issueInvoice } from '@marquee/core/invoices/issue-invoice'
import { renderInvoice } from '@marquee/core/invoices/render-invoice'
import { sweepInvoices } from '@marquee/core/invoices/sweep-invoices'
import type { JobHandlers } from '@marquee/core/jobs/catalog'
import { enqueue } from '@marquee/core/jobs/enqueue'
import { purgeExpired } from '@marquee/core/jobs/purge-expired'
import { inTurn } from '@marquee/core/jobs/sweep-turn'
import { mailRefund } from '@marquee/core/notifications/mail-refund'
import { sweepRefundMails } from '@marquee/core/notifications/sweep-refund-mails'
import { checkPayment } from '@marquee/core/payments/check-payment'
import { createGatewayOrder } from '@marquee/core/payments/create-gateway-order'
import { issueRefund } from '@marquee/core/payments/issue-refund'
import { reconcilePayments } from '@marquee/core/payments/reconcile-payments'
import { freeSeats } from '@marquee/core/seats/free-seats'
import { markSeatsSold } from '@marquee/core/seats/mark-seats-sold'
import { announceBooking } from '@marquee/core/tickets/announce-booking'
import { mailTicket, ticketMailKey } from '@marquee/core/tickets/mail-ticket'
import { renderTicket } from '@marquee/core/tickets/render-ticket'
import { sweepTickets } from '@marquee/core/tickets/sweep-tickets'
import { alertHandlers } from './alert-handlers.ts'
import { listingHandlers } from './listing-handlers.ts'
import type { WorkerCtx } from './worker-context.ts'

/** From job to verb. A job without a line here does not compile. */
export const handlers: JobHandlers<WorkerCtx> = {
  ...alertHandlers,
  ...listingHandlers,
  'booking.confirmed': async (ctx, payload) => {
    // The ticket first: it must not wait for screens that Redis cannot reach.
    await announceBooking(ctx, payload)
    ctx.crashPoint('confirmed:before-sold')
    await markSeatsSold(ctx, payload)
  },
  'ticket.render': async (ctx, payload) => {
    await renderTicket(ctx, payload)
    const { bookingId, turn } = payload
    await enqueue(ctx, [{ name: 'ticket.mail', payload: { bookingId }, key: inTurn(ticketMailKey(bookingId), turn) }])
  },
  'ticket.mail': (ctx, payload) => mailTicket(ctx, payload),
  'booking.cancelled': (ctx, payload) => announceCancellation(ctx, payload),
  'ticket.redraw': (ctx, payload) => redrawTicket(ctx, payload),
  'cancellation.mail': (ctx, payload) => mailCancellation(ctx, payload),
  'seats.freed': async (ctx, payload) => {
    // Of a move too, which nobody is mailed about. The papers do not wait for the screens.
    const { cancellationId } = payload
    await enqueue(ctx, [{ name: 'credit-note.issue', payload, key: `credit-note.issue:${cancellationId}` }])
    await freeSeats(ctx, payload)
  },
  'showtime.cancelled': async (ctx, payload) => {
    await cancelShowtimeBookings(ctx, payload)
  },
  'cancellation.sweep': async (ctx) => {
    await sweepCancellations(ctx)
  },
  'refund.mail': (ctx, payload) => mailRefund(ctx, payload),
  'account.mail': (ctx, payload) => mailAccount(ctx, payload),
  'admin-request.mail': (ctx, payload) => mailAdminDecision(ctx, payload),
  'payment.create-order': async (ctx, payload) => {
    await createGatewayOrder(ctx, payload)
  },
  'payment.check': (ctx, payload) => checkPayment(ctx, payload),
  'payment.refund': (ctx, payload) => issueRefund(ctx, payload),
  'payment.reconcile': async (ctx) => {
    await reconcilePayments(ctx)
  },
  'booking.expire': async (ctx) => {
    await expireBookings(ctx)
  },
  'ticket.sweep': async (ctx) => {
    await sweepTickets(ctx)
  },
  'refund-mail.sweep': async (ctx) => {
    await sweepRefundMails(ctx)
  },
  'invoice.issue': async (ctx, payload) => {
    await issueInvoice(ctx, payload)
  },
  'credit-note.issue': async (ctx, payload) => {
    await issueCreditNote(ctx, payload)
  },
  'invoice.render': (ctx, payload) => renderInvoice(ctx, payload),
  'invoice.sweep': async (ctx) => {
    await sweepInvoices(ctx)
  },
  'movie.popularity': async (ctx) => {
    await refreshPopularity(ctx)
  },
  'purge.expired': async (ctx) => {
    await purgeExpired(ctx)
  },
}
