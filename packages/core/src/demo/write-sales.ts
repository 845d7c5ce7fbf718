import { createHash } from 'node:crypto'
import type pg from 'pg'
import { newBookingCode } from '../ids.ts'
import { percentOf } from '../money.ts'
import type { ShowtimeToWrite } from './plan-showtimes.ts'
import { chance, stableId } from './stable.ts'
import type { DemoBuyer, DemoBuyers } from './write-accounts.ts'

const CONVENIENCE_FEE_PERCENT = 6
const FEE_TAX_PERCENT = 18
const DAY_MS = 86_400_000

/**
 * The bookings behind the seats that are sold: each is confirmed, paid by one captured payment, with a ticket and a
 * sold claim for every seat, exactly as if it had gone through the checkout, at a gateway of its own that nobody asks.
 * Only the demo customer's own are owed a ticket.
 */
export async function writeSales(
  client: pg.PoolClient,
  { showtimes, buyers, now }: { showtimes: ShowtimeToWrite[]; buyers: DemoBuyers; now: Date },
): Promise<{ bookings: number; tickets: number }> {
  const forNewcomer = newcomerShowtimes(showtimes, now)
  const bookings = showtimes.flatMap((showtime) =>
    showtime.sold().map((seats, n) => {
      const hers = n === 0 && buyers.newcomer && forNewcomer.has(showtime.id)
      return draft(showtime, seats, n, hers ? buyers.newcomer : null, buyers.guests, now)
    }),
  )
  const tickets = bookings.flatMap(({ id, showtimeId, seats }) =>
    seats.map((seat) => ({ id: stableId('ticket', id, seat), booking: id, showtimeId, seat })),
  )
  if (bookings.length === 0) return { bookings: 0, tickets: 0 }
  const column = <K extends keyof (typeof bookings)[number]>(key: K) => bookings.map((one) => one[key])
  const seatColumns = [tickets.map((t) => t.booking), tickets.map((t) => t.showtimeId), tickets.map((t) => t.seat)]

  await client.query(
    `INSERT INTO bookings (id, code, user_id, showtime_id, holder, status, base_minor, convenience_fee_minor, tax_minor, total_minor,
                           email, created_at, pay_by, confirmed_at, cancellation_tiers)
     SELECT r.id, code, buyer, showtime, holder, 'CONFIRMED', base, fee, tax, base + fee + tax, email, at,
            at + interval '8 minutes', at + interval '90 seconds', t.cancellation_tiers
       FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::int[], $7::int[], $8::int[], $9::text[], $10::timestamptz[])
         AS r(id, code, buyer, showtime, holder, base, fee, tax, email, at)
       JOIN showtimes s ON s.id = r.showtime JOIN screens c ON c.id = s.screen_id JOIN theatres t ON t.id = c.theatre_id`,
    [
      column('id'),
      column('code'),
      column('userId'),
      column('showtimeId'),
      column('holder'),
      column('baseMinor'),
      column('feeMinor'),
      column('taxMinor'),
      column('email'),
      column('at'),
    ],
  )
  await client.query(
    `INSERT INTO booking_seats (booking_id, seat, label, section, price_minor)
     SELECT r.booking, i.seat, i.label, i.section, i.price_minor
       FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS r(booking, showtime, seat)
       JOIN showtime_seats i ON i.showtime_id = r.showtime AND i.seat = r.seat`,
    seatColumns,
  )
  await client.query(
    `INSERT INTO tickets (id, booking_id, showtime_id, seat, label, created_at)
     SELECT r.id, r.booking, r.showtime, r.seat, i.label, b.confirmed_at
       FROM unnest($4::uuid[], $1::uuid[], $2::uuid[], $3::int[]) AS r(id, booking, showtime, seat)
       JOIN showtime_seats i ON i.showtime_id = r.showtime AND i.seat = r.seat JOIN bookings b ON b.id = r.booking`,
    [...seatColumns, tickets.map((ticket) => ticket.id)],
  )
  await client.query(
    `INSERT INTO seat_claims (showtime_id, seat, state, holder, booking_id)
     SELECT r.showtime, r.seat, 'SOLD', b.holder, b.id
       FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS r(booking, showtime, seat) JOIN bookings b ON b.id = r.booking`,
    seatColumns,
  )
  await client.query(
    `INSERT INTO payments (id, booking_id, gateway, gateway_order_id, amount_minor, state, created_at, updated_at)
     SELECT r.id, b.id, 'demo', 'order_demo_' || r.reference, b.total_minor, 'CONFIRMED', b.created_at, b.confirmed_at
       FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS r(id, booking, reference) JOIN bookings b ON b.id = r.booking`,
    [column('paymentId'), column('id'), column('reference')],
  )
  await client.query(
    `INSERT INTO payment_captures (id, payment_id, gateway_payment_id, amount_minor, currency, outcome, learnt_from, captured_at)
     SELECT r.id, p.id, 'pay_demo_' || r.reference, p.amount_minor, p.currency, 'BOOKED', 'demo', p.updated_at
       FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS r(id, payment, reference) JOIN payments p ON p.id = r.payment`,
    [column('captureId'), column('paymentId'), column('reference')],
  )
  // The demo customer's own tickets are printed and mailed like any others; nobody waits for the rest.
  await client.query(
    `INSERT INTO outbox_events (key, topic, payload)
     SELECT 'ticket.render:' || id, 'ticket.render', jsonb_build_object('bookingId', id) FROM bookings
      WHERE id = ANY ($1) AND user_id = $2 ON CONFLICT DO NOTHING`,
    [column('id'), buyers.newcomer?.id ?? null],
  )
  return { bookings: bookings.length, tickets: tickets.length }
}

function draft(
  showtime: ShowtimeToWrite,
  seats: number[],
  n: number,
  chosen: DemoBuyer | null,
  guests: DemoBuyer[],
  now: Date,
) {
  const id = stableId('booking', showtime.id, n)
  const next = chance('booking', id)
  const buyer = chosen ?? guests[Math.floor(next() * guests.length)]!
  const baseMinor = seats.reduce((sum, seat) => sum + showtime.prices[showtime.screen.seats[seat]!.section]!, 0)
  const feeMinor = percentOf(baseMinor, CONVENIENCE_FEE_PERCENT)
  const digest = createHash('sha256').update(`booking/${id}`).digest()
  // Some days ago at most, and always before the lights went down.
  const latest = Math.min(now.getTime(), showtime.startsAt.getTime()) - 300_000
  return {
    id,
    showtimeId: showtime.id,
    seats,
    userId: buyer.id,
    email: buyer.email,
    code: newBookingCode(digest),
    holder: digest.toString('base64url'),
    reference: digest.toString('hex', 8, 15),
    baseMinor,
    feeMinor,
    taxMinor: percentOf(feeMinor, FEE_TAX_PERCENT),
    at: new Date(latest - Math.floor(next() ** 2 * 4 * DAY_MS)),
    paymentId: stableId('payment', id),
    captureId: stableId('capture', id),
  }
}

/** One film already seen, one tonight, one in the days after: the first of each that the first city has sold seats for. */
function newcomerShowtimes(showtimes: ShowtimeToWrite[], now: Date): Set<string> {
  const home = showtimes
    .filter((one) => one.screen.city.slug === 'hyderabad' && one.screen.seats.length < 300)
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const within = (from: number, to: number) => (one: ShowtimeToWrite) => {
    const away = one.startsAt.getTime() - now.getTime()
    return away >= from && away < to && one.sold().length > 0
  }
  const chosen = [
    home.find((one) => one.endsAt < now && one.sold().length > 0),
    home.find(within(2 * 3_600_000, DAY_MS)),
    home.find(within(2 * DAY_MS, 4 * DAY_MS)),
  ]
  return new Set(chosen.flatMap((one) => (one ? [one.id] : [])))
}
