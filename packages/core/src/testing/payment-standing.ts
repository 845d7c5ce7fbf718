import { getBooking } from '../bookings/get-booking.ts'
import type { PaymentCase } from './payment-cases.ts'
import { together } from './payment-cases.ts'
import type { TestContext } from './services.ts'

/** How a booking and its money can end. Anything else is a fault, told in words. */
export type Ending = 'one confirmed booking' | 'one full refund' | 'nothing charged' | 'cancelled by its policy'

/**
 * Differ from booking to booking, or say by whom we learnt of it, and decide nothing. Ages are the reconciler's, and are
 * set before each of its rounds.
 */
const NO_MATTER = new Set(
  'code reference holder email seat label seats user_id showtime_id actor_id created_at updated_at checked_at learnt_from'.split(
    ' ',
  ),
)
const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/**
 * Everything that is written down about each booking, here and at the gateway, with what only names it taken out and
 * points in time told as past or to come. Two bookings of the same standing are the same to every verb: none of them
 * reads more than these rows, the clock, and what the gateway says. Which messages were heard is left out, for hearing
 * one again must not matter; whoever relies on it has to see to that.
 */
export async function standings(ctx: TestContext, cases: PaymentCase[]): Promise<string[]> {
  const { rows } = await ctx.pool.query<{ id: string; standing: object }>(
    `SELECT b.id, jsonb_build_object(
       'booking', to_jsonb(b),
       'claims', (SELECT jsonb_agg(to_jsonb(c) || jsonb_build_object('ours', c.holder = b.holder) ORDER BY c.seat) FROM seat_claims c
                   WHERE c.showtime_id = b.showtime_id AND c.seat IN (SELECT s.seat FROM booking_seats s WHERE s.booking_id = b.id)),
       'tickets', (SELECT jsonb_agg(to_jsonb(t)) FROM tickets t WHERE t.booking_id = b.id),
       'cancellations', (SELECT jsonb_agg(to_jsonb(c)) FROM cancellations c WHERE c.booking_id = b.id),
       'payments', (SELECT jsonb_agg(to_jsonb(p)) FROM payments p WHERE p.booking_id = b.id),
       'captures', (SELECT jsonb_agg(to_jsonb(c) || jsonb_build_object('refunds', (SELECT jsonb_agg(to_jsonb(r)) FROM refunds r WHERE r.capture_id = c.id)))
                      FROM payment_captures c JOIN payments p ON p.id = c.payment_id WHERE p.booking_id = b.id),
       'jobs', (SELECT jsonb_agg(DISTINCT o.topic || coalesce(' ' || (o.payload ->> 'gatewayPaymentId'), '')) FROM outbox_events o WHERE o.payload ->> 'bookingId' = b.id::text
                 OR o.payload ->> 'paymentId' IN (SELECT p.id::text FROM payments p WHERE p.booking_id = b.id))
     ) AS standing FROM bookings b WHERE b.id = ANY ($1)`,
    [cases.map((each) => each.bookingId)],
  )
  const byId = new Map(rows.map((row) => [row.id, row.standing]))
  const now = new Date().toISOString()
  return cases.map((on) => {
    const gateway = on.payments.map((payment) => ({ ...payment, refunds: refundsOf(ctx, payment.paymentId) }))
    const raw = JSON.stringify({ here: byId.get(on.bookingId), gateway })
    const named = on.payments.reduce((text, { paymentId }, n) => text.replaceAll(paymentId, `pay ${n + 1}`), raw)
    return JSON.stringify(plain(JSON.parse(named), now))
  })
}

function plain(value: unknown, now: string): unknown {
  if (Array.isArray(value)) {
    // Rows have no order of their own.
    const items = value.map((item) => plain(item, now))
    return items.map((item) => JSON.stringify(item)).sort()
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([name]) => !NO_MATTER.has(name))
    return Object.fromEntries(entries.map(([name, inner]) => [name, plain(inner, now)]))
  }
  if (typeof value !== 'string') return value
  if (INSTANT.test(value)) return value < now ? 'past' : 'to come'
  return value.replace(UUID, '#').replace(/(order|rfnd)_[\da-f]{14}/g, '$1')
}

const refundsOf = (ctx: TestContext, paymentId: string) =>
  ctx.gateway.refundsOf(paymentId).map(({ amountMinor, status }) => ({ amountMinor, status }))

/**
 * How each of these bookings ended, by the gateway's own books, to the last paisa, and by what its guest is shown.
 * @returns the ending, or what is wrong with it
 */
export async function endings(ctx: TestContext, cases: PaymentCase[]): Promise<(Ending | { fault: string })[]> {
  return together(cases, async (on) => {
    const booking = await getBooking(ctx, on.actor, { bookingId: on.bookingId })
    const captures = await ctx.db.paymentCapture.findMany({ where: { paymentId: on.paymentId } })
    const live = await ctx.db.ticket.count({ where: { bookingId: on.bookingId, status: { not: 'CANCELLED' } } })
    const taken = on.payments.filter(({ status }) => status === 'captured' || status === 'refunded')
    const back = taken.map(({ paymentId }) => refundsOf(ctx, paymentId).filter(({ status }) => status === 'processed'))
    const kept = taken.reduce((sum, payment) => sum + payment.amountMinor, 0) - sumOf(back.flat())
    const promised = sumOf(booking.cancellations.map(({ refundMinor }) => ({ amountMinor: refundMinor })))
    const seen = `${booking.status} ${booking.money}, ${live} tickets, ${taken.length} taken, ${kept} kept`

    if (captures.length !== taken.length) return { fault: `${captures.length} captures written down: ${seen}` }
    if (seen === `CONFIRMED PAID, 1 tickets, ${taken.length} taken, ${on.amountMinor} kept`)
      return 'one confirmed booking'
    if (seen === 'EXPIRED NOT_CHARGED, 0 tickets, 0 taken, 0 kept') return 'nothing charged'
    if (booking.status === 'EXPIRED' && booking.money === 'REFUNDED' && live === 0 && kept === 0) {
      const whole = back.every(
        (refunds, n) => refunds.length === 1 && refunds[0]?.amountMinor === taken[n]?.amountMinor,
      )
      if (whole && taken.length > 0) return 'one full refund'
    }
    // Three quarters of the ticket's own price two hours or more before the film; the rest is not given back.
    const policy = Math.floor((booking.quote.baseMinor * 75) / 100)
    if (booking.status === 'CANCELLED' && live === 0 && promised === policy && kept === on.amountMinor - policy)
      return 'cancelled by its policy'
    return { fault: seen }
  })
}

const sumOf = (amounts: { amountMinor: number }[]) => amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
