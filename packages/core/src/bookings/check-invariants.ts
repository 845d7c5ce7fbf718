import type { Ctx } from '../context.ts'
import { RedisAway } from '../redis.ts'
import { snapshotFromRedis } from '../seats/seat-holds.ts'
import { REFUND_ATTEMPTS } from './states.ts'

export type Violation = { invariant: string; detail: string }

/** Money without an outcome is allowed this long: a gateway or a worker may be away. */
const SETTLE_WITHIN_MINUTES = 15
/** The longest pause between two attempts at a refund is 135 minutes; after this long nobody is trying. */
const RETRY_WITHIN_MINUTES = 180
/** An ended hold may be shown as held this long. */
const SHOWN_FREE_WITHIN_MS = 2_000
/** Halls compared with Redis in one audit. */
const HALLS = 500

/**
 * Each query lists the rows that break a promise; none is the proof. Read-only, so it may run against a live database.
 * I1 no seat sold twice. I2 every capture ends in exactly one booking or one refund. I5 ended holds are free. I6 what
 * screens show agrees with Postgres. I7 what was answered stands. (I3, who freed a hold, needs a history: see the tests.)
 */
const CHECKS: { invariant: string; says: string; sql: string }[] = [
  {
    invariant: 'I1',
    says: 'two live tickets for one seat',
    sql: `SELECT showtime_id || ' seat ' || seat AS detail FROM tickets WHERE status <> 'CANCELLED' GROUP BY showtime_id, seat HAVING count(*) > 1`,
  },
  {
    invariant: 'I1',
    says: 'a seat in two confirmed bookings',
    sql: `SELECT b.showtime_id || ' seat ' || s.seat AS detail FROM bookings b JOIN booking_seats s ON s.booking_id = b.id
           WHERE b.status = 'CONFIRMED' GROUP BY b.showtime_id, s.seat HAVING count(*) > 1`,
  },
  {
    invariant: 'I1',
    says: 'a sold claim without its live ticket',
    sql: `SELECT c.showtime_id || ' seat ' || c.seat AS detail FROM seat_claims c
           WHERE c.state = 'SOLD' AND NOT EXISTS (SELECT FROM tickets t
             WHERE t.showtime_id = c.showtime_id AND t.seat = c.seat AND t.booking_id = c.booking_id AND t.status <> 'CANCELLED')`,
  },
  {
    invariant: 'I1',
    says: 'a live ticket without its sold claim',
    sql: `SELECT t.id || ' ' || t.label AS detail FROM tickets t WHERE t.status <> 'CANCELLED' AND NOT EXISTS (
            SELECT FROM seat_claims c WHERE c.showtime_id = t.showtime_id AND c.seat = t.seat AND c.booking_id = t.booking_id AND c.state = 'SOLD')`,
  },
  {
    invariant: 'I1',
    says: 'a confirmed booking whose tickets are not its seats',
    sql: `SELECT b.code AS detail FROM bookings b WHERE b.status = 'CONFIRMED'
             AND (SELECT array_agg(s.seat ORDER BY s.seat) FROM booking_seats s WHERE s.booking_id = b.id)
                 IS DISTINCT FROM (SELECT array_agg(t.seat ORDER BY t.seat) FROM tickets t WHERE t.booking_id = b.id AND t.status <> 'CANCELLED')`,
  },
  {
    invariant: 'I2',
    says: 'a booking confirmed without exactly one capture of its full price',
    sql: `SELECT b.code AS detail FROM bookings b WHERE b.status = 'CONFIRMED' AND (
            SELECT count(*) FROM payments p JOIN payment_captures c ON c.payment_id = p.id
             WHERE p.booking_id = b.id AND c.outcome = 'BOOKED' AND c.amount_minor = b.total_minor AND p.state = 'CONFIRMED') <> 1`,
  },
  {
    invariant: 'I2',
    says: 'a capture that booked nothing',
    sql: `SELECT c.gateway_payment_id AS detail FROM payment_captures c JOIN payments p ON p.id = c.payment_id
            JOIN bookings b ON b.id = p.booking_id WHERE c.outcome = 'BOOKED' AND b.status NOT IN ('CONFIRMED', 'CANCELLED')`,
  },
  {
    invariant: 'I2',
    says: 'a capture owed back without exactly one full refund',
    sql: `SELECT c.gateway_payment_id AS detail FROM payment_captures c LEFT JOIN refunds r ON r.capture_id = c.id
           WHERE c.outcome IN ('REFUND_DUE', 'REFUNDED') GROUP BY c.id HAVING count(r.id) <> 1 OR sum(r.amount_minor) <> c.amount_minor`,
  },
  {
    invariant: 'I2',
    says: 'a capture both booked and refunded in full',
    sql: `SELECT c.gateway_payment_id AS detail FROM payment_captures c JOIN payments p ON p.id = c.payment_id
            JOIN bookings b ON b.id = p.booking_id JOIN refunds r ON r.capture_id = c.id
           WHERE c.outcome = 'BOOKED' AND b.status = 'CONFIRMED' AND r.amount_minor >= c.amount_minor`,
  },
  {
    invariant: 'I2',
    says: 'a refund without its outbox row',
    sql: `SELECT r.id::text AS detail FROM refunds r WHERE r.created_at > now() - interval '6 days'
             AND (SELECT count(*) FROM outbox_events o WHERE o.key = 'payment.refund:' || r.id) <> 1`,
  },
  {
    invariant: 'I2',
    says: 'a booking confirmed here without its outbox row',
    sql: `SELECT b.code AS detail FROM bookings b JOIN payments p ON p.booking_id = b.id JOIN payment_captures c ON c.payment_id = p.id
           WHERE b.status = 'CONFIRMED' AND c.outcome = 'BOOKED' AND c.learnt_from <> 'demo' AND b.confirmed_at > now() - interval '6 days'
             AND (SELECT count(*) FROM outbox_events o WHERE o.key = 'booking.confirmed:' || b.id) <> 1`,
  },
  {
    invariant: 'I2',
    says: `a refund unanswered for ${SETTLE_WITHIN_MINUTES} minutes`,
    sql: `SELECT r.id::text AS detail FROM refunds r WHERE r.state = 'DUE' AND r.created_at < now() - interval '${SETTLE_WITHIN_MINUTES} minutes'`,
  },
  {
    invariant: 'I2',
    says: `a refund that failed ${REFUND_ATTEMPTS} times: pay it back by hand`,
    sql: `SELECT r.id::text AS detail FROM refunds r WHERE r.state = 'FAILED' AND r.attempt >= ${REFUND_ATTEMPTS}`,
  },
  {
    invariant: 'I2',
    says: `a failed refund not asked for anew in ${RETRY_WITHIN_MINUTES} minutes`,
    sql: `SELECT r.id::text AS detail FROM refunds r WHERE r.state = 'FAILED' AND r.attempt < ${REFUND_ATTEMPTS}
             AND r.updated_at < now() - interval '${RETRY_WITHIN_MINUTES} minutes'`,
  },
  {
    invariant: 'I5',
    says: 'a draft still open long after its payment window',
    sql: `SELECT b.code AS detail FROM bookings b WHERE b.status = 'PENDING' AND b.pay_by < now() - interval '${SETTLE_WITHIN_MINUTES} minutes'`,
  },
  {
    invariant: 'I7',
    says: 'an acknowledged order whose booking is missing',
    sql: `SELECT k.user_id || ' ' || k.key AS detail FROM idempotency_keys k WHERE NOT EXISTS (SELECT FROM bookings b WHERE b.id = k.booking_id)`,
  },
  {
    invariant: 'I7',
    says: 'a paid claim of a booking that is over',
    sql: `SELECT c.showtime_id || ' seat ' || c.seat AS detail FROM seat_claims c JOIN bookings b ON b.id = c.booking_id
           WHERE c.state = 'SOLD' AND b.status <> 'CONFIRMED'`,
  },
]

/**
 * The read-only auditor behind `npm run check:invariants` and every fault test.
 * `quiet`: nothing is in flight, so screens must agree with Postgres to the seat.
 */
export async function checkInvariants(
  ctx: Pick<Ctx, 'pool' | 'redis' | 'config'>,
  options: { quiet?: boolean } = {},
): Promise<{ violations: Violation[] }> {
  const violations: Violation[] = []
  for (const check of CHECKS) {
    const { rows } = await ctx.pool.query<{ detail: string }>(`${check.sql} LIMIT 20`)
    for (const { detail } of rows) violations.push({ invariant: check.invariant, detail: `${check.says}: ${detail}` })
  }
  try {
    violations.push(...(await auditScreens(ctx, options.quiet ?? false)))
  } catch (error) {
    if (!(error instanceof RedisAway)) throw error
  }
  return { violations }
}

/** I5 and I6: what Redis shows against what Postgres says, for halls with anything in them. */
async function auditScreens(ctx: Pick<Ctx, 'pool' | 'redis' | 'config'>, quiet: boolean): Promise<Violation[]> {
  // A claim about to end may end between the two looks.
  const { rows } = await ctx.pool.query<{ id: string; map: string; paying: number[] }>(
    `SELECT s.id, seat_map(s.id) AS map,
            ARRAY(SELECT c.seat::int FROM seat_claims c WHERE c.showtime_id = s.id AND c.state = 'PAYING'
                     AND c.expires_at > clock_timestamp() + interval '${SHOWN_FREE_WITHIN_MS} ms') AS paying
       FROM showtimes s
      WHERE s.ends_at > now() AND EXISTS (SELECT FROM seat_claims c WHERE c.showtime_id = s.id) ORDER BY s.starts_at LIMIT $1`,
    [HALLS],
  )
  const violations: Violation[] = []
  for (const hall of rows) {
    const shown = await snapshotFromRedis(ctx, hall.id)
    const held = new Set(shown.held.flatMap((hold) => hold.seats))
    const late = shown.held
      .filter((hold) => hold.until < Date.now() - SHOWN_FREE_WITHIN_MS)
      .flatMap((hold) => hold.seats)
    if (late.length > 0) violations.push({ invariant: 'I5', detail: `${hall.id} shows ended holds: ${late.join(',')}` })
    for (let seat = 0; seat < hall.map.length; seat++) {
      const [truth, screen] = [hall.map[seat], shown.map[seat]]
      // Held on screen and free in Postgres is an ordinary hold. Sold in one only is a lie once things are quiet.
      if (screen === '2' && truth !== '2')
        violations.push({ invariant: 'I6', detail: `${hall.id} seat ${seat} shown sold, is not` })
      else if (quiet && truth === '2' && screen !== '2')
        violations.push({ invariant: 'I6', detail: `${hall.id} seat ${seat} sold, shown ${screen}` })
      else if (quiet && screen === '0' && hall.paying.includes(seat))
        violations.push({ invariant: 'I6', detail: `${hall.id} seat ${seat} being paid for, shown free` })
      else if (screen === '1' && !held.has(seat))
        violations.push({ invariant: 'I6', detail: `${hall.id} seat ${seat} shown held by nobody` })
    }
  }
  return violations
}
