import type { Booking, BookingList, Checkout, StartCheckoutBody } from '@marquee/contracts/bookings'
import type { CancelBookingBody, CancellationQuote } from '@marquee/contracts/cancellations'
import type { InvoiceList } from '@marquee/contracts/invoices'
import type { MoveBookingBody, MoveOptions, MoveQuote, MoveQuoteBody, MoveResult } from '@marquee/contracts/moves'
import type { PricedQuote, QuoteBody } from '@marquee/contracts/offers'
import type { VerifiedPayment, VerifyPaymentBody } from '@marquee/contracts/payments'
import type { TicketCode } from '@marquee/contracts/tickets'
import { api } from '../../lib/api-client.ts'

const at = (bookingId: string, path = '') => `/api/bookings/${encodeURIComponent(bookingId)}${path}`

/** @param idempotencyKey the same for every retry of one attempt: the second answer is then the first one's */
export async function startCheckout(
  body: StartCheckoutBody,
  holdToken: string,
  idempotencyKey: string,
): Promise<Checkout> {
  const headers = { 'idempotency-key': idempotencyKey, 'x-hold-token': holdToken }
  return (await api.post<Checkout>('/api/bookings', body, { headers, timeout: 30_000 })).data
}

export async function quoteSeats(showtimeId: string, body: QuoteBody): Promise<PricedQuote> {
  return (await api.post<PricedQuote>(`/api/showtimes/${encodeURIComponent(showtimeId)}/quote`, body)).data
}

export async function resumeCheckout(bookingId: string): Promise<Checkout> {
  return (await api.get<Checkout>(at(bookingId, '/checkout'))).data
}

export async function abandonBooking(bookingId: string): Promise<void> {
  await api.post(at(bookingId, '/abandon'), {})
}

export async function verifyPayment(body: VerifyPaymentBody): Promise<VerifiedPayment> {
  return (await api.post<VerifiedPayment>('/api/payments/verify', body, { timeout: 30_000 })).data
}

export async function getBooking(bookingId: string): Promise<Booking> {
  return (await api.get<Booking>(at(bookingId))).data
}

export async function listBookings(query: {
  when: 'upcoming' | 'past'
  limit: number
  offset: number
}): Promise<BookingList> {
  return (await api.get<BookingList>('/api/bookings', { params: query })).data
}

export async function getTicketPdf(bookingId: string): Promise<Blob> {
  return (await api.get<Blob>(at(bookingId, '/ticket.pdf'), { responseType: 'blob', timeout: 30_000 })).data
}

export async function getTicketCode(bookingId: string): Promise<TicketCode> {
  return (await api.get<TicketCode>(at(bookingId, '/ticket'))).data
}

export async function quoteCancellation(bookingId: string, seatIds: string[]): Promise<CancellationQuote> {
  return (await api.get<CancellationQuote>(at(bookingId, '/cancellation'), { params: { seats: seatIds.join(',') } }))
    .data
}

/** @param idempotencyKey the same for every retry of one wish */
export async function cancelBooking(
  bookingId: string,
  body: CancelBookingBody,
  idempotencyKey: string,
): Promise<Booking> {
  const headers = { 'idempotency-key': idempotencyKey }
  return (await api.post<Booking>(at(bookingId, '/cancel'), body, { headers, timeout: 30_000 })).data
}

export async function listInvoices(bookingId: string): Promise<InvoiceList> {
  return (await api.get<InvoiceList>(at(bookingId, '/invoices'))).data
}

export async function getInvoicePdf(invoiceId: string): Promise<Blob> {
  const path = `/api/invoices/${encodeURIComponent(invoiceId)}.pdf`
  return (await api.get<Blob>(path, { responseType: 'blob', timeout: 30_000 })).data
}

export async function listMoveOptions(bookingId: string): Promise<MoveOptions> {
  return (await api.get<MoveOptions>(at(bookingId, '/move-options'))).data
}

export async function quoteMove(bookingId: string, body: MoveQuoteBody): Promise<MoveQuote> {
  return (await api.post<MoveQuote>(at(bookingId, '/move/quote'), body)).data
}

export async function moveBooking(
  bookingId: string,
  body: MoveBookingBody,
  holdToken: string,
  idempotencyKey: string,
): Promise<MoveResult> {
  const headers = { 'idempotency-key': idempotencyKey, 'x-hold-token': holdToken }
  return (await api.post<MoveResult>(at(bookingId, '/move'), body, { headers, timeout: 30_000 })).data
}
