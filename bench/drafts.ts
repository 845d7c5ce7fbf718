// Bookings waiting for their money, written in bulk: what settling starts from.
import type { Ctx } from '@marquee/core/context'
import { createHalls, type User } from './data.ts'

const PER_HALL = 108
export const DRAFT_MINOR = 50_000
/** Ids count up, so that a driver outside this process can make them from a number. */
const hex = (n: number) => n.toString(16).padStart(12, '0')
export const paymentIdOf = (n: number) => `00000000-0000-7000-8000-${hex(n)}`
export const orderIdOf = (n: number) => `order_${n}`
export const gatewayPaymentIdOf = (n: number) => `pay_${n}`

/** Drafts `from` up to `from + count`, two neighbouring seats each, all of their claims live. */
export async function createDrafts(ctx: Pick<Ctx, 'pool'>, users: User[], from: number, count: number): Promise<void> {
  const halls = await createHalls(ctx, Math.ceil(count / PER_HALL))
  const draft = `(SELECT n, ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid AS booking,
      ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS payment,
      ($3::uuid[])[1 + (n - $1::int) / ${PER_HALL}] AS showtime, 2 * ((n - $1::int) % ${PER_HALL}) AS seat,
      ($4::uuid[])[1 + n % cardinality($4::uuid[])] AS owner
    FROM generate_series($1::int, $1::int + $2::int - 1) n) d`
  const values = [from, count, halls.map((hall) => hall.showtimeId), users.map((user) => user.id)]
  const sql = [
    `INSERT INTO bookings (id, code, user_id, showtime_id, holder, base_minor, convenience_fee_minor, tax_minor, total_minor, email, pay_by)
     SELECT booking, lpad(to_hex(n), 8, '0'), owner, showtime, 'guest-' || n, ${DRAFT_MINOR}, 0, 0, ${DRAFT_MINOR}, 'bench@bench.example', now() + interval '1 hour' FROM ${draft}`,
    `INSERT INTO booking_seats (booking_id, seat, label, section, price_minor)
     SELECT booking, i.seat, i.label, i.section, i.price_minor FROM ${draft} JOIN showtime_seats i ON i.showtime_id = showtime AND i.seat IN (d.seat, d.seat + 1)`,
    `INSERT INTO seat_claims (showtime_id, seat, state, holder, booking_id, expires_at)
     SELECT showtime, s, 'PAYING', 'guest-' || n, booking, now() + interval '1 hour' FROM ${draft}, LATERAL (VALUES (seat), (seat + 1)) AS x(s)`,
    `INSERT INTO payments (id, booking_id, gateway, gateway_order_id, amount_minor)
     SELECT payment, booking, 'dev', 'order_' || n, ${DRAFT_MINOR} FROM ${draft}`,
  ]
  for (const text of sql) await ctx.pool.query(text, values)
  // A plan made while the tables were empty would be kept for the whole run.
  await ctx.pool.query('ANALYZE bookings, booking_seats, seat_claims, payments, showtimes, showtime_seats')
}

/** @throws Error unless every one of these drafts has become a confirmed booking */
export async function mustBeConfirmed(ctx: Pick<Ctx, 'pool'>, from: number, count: number): Promise<void> {
  const { rows } = await ctx.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM payments p JOIN bookings b ON b.id = p.booking_id
      WHERE p.state = 'CONFIRMED' AND b.status = 'CONFIRMED' AND p.id BETWEEN $1 AND $2`,
    [paymentIdOf(from), paymentIdOf(from + count - 1)],
  )
  if (rows[0]?.n !== count) throw new Error(`${rows[0]?.n} of ${count} payments became bookings`)
}
