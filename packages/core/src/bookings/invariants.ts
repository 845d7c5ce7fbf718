import { REFUND_ATTEMPTS } from './states.ts'

/** Money without an outcome is allowed this long: a gateway or a worker may be away. */
const SETTLE_WITHIN_MINUTES = 15
/** The longest pause between two attempts at a refund is 135 minutes; after this long nobody is trying. */
const RETRY_WITHIN_MINUTES = 180
/** Of a row `s` of booking_seats: it was given back. */
const CANCELLED_SEAT =
  'EXISTS (SELECT FROM cancellations x WHERE x.booking_id = s.booking_id AND s.seat = ANY (x.seats))'

/**
 * Each query lists the rows that break a promise; none is the proof. Read-only, so it may run against a live database.
 * I1 no seat sold twice. I2 every capture ends in exactly one booking or one refund. I5 ended holds are free. I6 what
 * screens show agrees with Postgres. I7 what was answered stands. I8 what is cancelled is over, and what it gave back is
 * there to the paisa. (I3, who freed a hold, needs a history: see the tests.)
 */
export const INVARIANTS: { invariant: string; says: string; sql: string }[] = [
  {
    invariant: 'I1',
    says: 'two live tickets for one seat',
    sql: `SELECT showtime_id || ' seat ' || seat AS detail FROM tickets WHERE status <> 'CANCELLED' GROUP BY showtime_id, seat HAVING count(*) > 1`,
  },
  {
    invariant: 'I1',
    says: 'a seat in two confirmed bookings',
    sql: `SELECT b.showtime_id || ' seat ' || s.seat AS detail FROM bookings b JOIN booking_seats s ON s.booking_id = b.id
           WHERE b.status = 'CONFIRMED' AND NOT ${CANCELLED_SEAT} GROUP BY b.showtime_id, s.seat HAVING count(*) > 1`,
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
             AND (SELECT array_agg(s.seat ORDER BY s.seat) FROM booking_seats s WHERE s.booking_id = b.id AND NOT ${CANCELLED_SEAT})
                 IS DISTINCT FROM (SELECT array_agg(t.seat ORDER BY t.seat) FROM tickets t WHERE t.booking_id = b.id AND t.status <> 'CANCELLED')`,
  },
  {
    invariant: 'I2',
    says: 'a booking sold without exactly one capture of what it charged',
    sql: `SELECT b.code AS detail FROM bookings b WHERE b.status IN ('CONFIRMED', 'CANCELLED') AND (
            SELECT count(*) FROM payments p JOIN payment_captures c ON c.payment_id = p.id
             WHERE p.booking_id = b.id AND c.outcome = 'BOOKED' AND p.state = 'CONFIRMED'
               AND c.amount_minor = b.total_minor - b.voucher_minor - b.credit_minor) <> 1`,
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
    says: 'a capture that booked and went back without a cancellation',
    sql: `SELECT c.gateway_payment_id AS detail FROM payment_captures c JOIN refunds r ON r.capture_id = c.id
           WHERE c.outcome = 'BOOKED' AND r.cancellation_id IS NULL`,
  },
  {
    invariant: 'I2',
    says: 'a refund without its outbox row',
    sql: `SELECT r.id::text AS detail FROM refunds r JOIN payment_captures c ON c.id = r.capture_id
           WHERE c.learnt_from <> 'demo' AND r.created_at > now() - interval '6 days'
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
    invariant: 'I2',
    says: 'a capture of which more went back than came',
    sql: `SELECT c.gateway_payment_id AS detail FROM payment_captures c JOIN refunds r ON r.capture_id = c.id
           GROUP BY c.id HAVING sum(r.amount_minor) > c.amount_minor`,
  },
  {
    invariant: 'I2',
    says: 'a refund that should have arrived by now',
    sql: `SELECT r.id::text AS detail FROM refunds r WHERE r.state <> 'PROCESSED' AND r.promised_by < now()`,
  },
  {
    invariant: 'I8',
    says: 'a cancellation whose refunds are not what it promised',
    sql: `SELECT c.id::text AS detail FROM cancellations c WHERE c.refund_minor <>
            c.to_voucher_minor + (SELECT coalesce(sum(r.amount_minor), 0) FROM refunds r WHERE r.cancellation_id = c.id)`,
  },
  {
    invariant: 'I8',
    says: 'a cancellation that gave back more than its seats cost',
    sql: `SELECT c.id::text AS detail FROM cancellations c WHERE c.by <> 'MOVE' AND c.refund_minor >
            (SELECT coalesce(sum(w.net_minor + w.fee_minor), 0) FROM seat_worth(c.booking_id) w WHERE w.seat = ANY (c.seats))`,
  },
  {
    invariant: 'I8',
    says: 'vouchers that got back another sum than was promised them',
    sql: `SELECT promised || ' promised, ' || returned || ' returned' AS detail
            FROM (SELECT coalesce(sum(to_voucher_minor), 0) AS promised FROM cancellations) c,
                 (SELECT coalesce(sum(returned_minor), 0) AS returned FROM voucher_redemptions) v WHERE promised <> returned`,
  },
  {
    invariant: 'I8',
    says: 'a seat given back twice',
    sql: `SELECT c.booking_id || ' seat ' || seat AS detail FROM cancellations c, unnest(c.seats) seat
           GROUP BY c.booking_id, seat HAVING count(*) > 1`,
  },
  {
    invariant: 'I8',
    says: 'a cancelled booking that holds a live ticket, a claim or a printed ticket',
    sql: `SELECT b.code AS detail FROM bookings b WHERE b.status = 'CANCELLED' AND (
            EXISTS (SELECT FROM tickets t WHERE t.booking_id = b.id AND t.status <> 'CANCELLED')
            OR EXISTS (SELECT FROM seat_claims c WHERE c.booking_id = b.id)
            OR EXISTS (SELECT FROM ticket_documents d WHERE d.booking_id = b.id))`,
  },
  {
    invariant: 'I8',
    says: 'a cancelled booking of which some seats were never given back',
    sql: `SELECT b.code AS detail FROM bookings b JOIN booking_seats s ON s.booking_id = b.id
           WHERE b.status = 'CANCELLED' AND NOT ${CANCELLED_SEAT}`,
  },
  {
    invariant: 'I8',
    says: 'a cancellation of which the screens or the guest are not told',
    sql: `SELECT c.id::text AS detail FROM cancellations c WHERE c.created_at > now() - interval '6 days'
             AND (SELECT count(*) FROM outbox_events o WHERE o.key IN ('seats.freed:' || c.id, 'booking.cancelled:' || c.id))
                 <> CASE WHEN c.by = 'MOVE' THEN 1 ELSE 2 END`,
  },
  {
    invariant: 'I8',
    says: `a booking that stands ${SETTLE_WITHIN_MINUTES} minutes after the cinema cancelled its showtime`,
    sql: `SELECT b.code AS detail FROM bookings b JOIN showtimes s ON s.id = b.showtime_id
           WHERE s.status = 'CANCELLED' AND b.status = 'CONFIRMED' AND s.cancelled_at < now() - interval '${SETTLE_WITHIN_MINUTES} minutes'
             AND b.confirmed_at < now() - interval '${SETTLE_WITHIN_MINUTES} minutes'`,
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
