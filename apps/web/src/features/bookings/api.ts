import type { Booking, BookingList, Checkout, StartCheckoutBody } from '@marquee/contracts/bookings'
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
