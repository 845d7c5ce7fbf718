import type { Ledger } from '@marquee/providers/payments/simulator/ledger'
import type pg from 'pg'

type Money = { id: string; amount: number; refunded: number }
type Capture = {
  id: string
  amount: number
  outcome: string
  refunds: string[] | null
  refunded: number
  /** Of that, for seats that were given back. */
  cancelled: number
}

const UUID_LENGTH = 36

/**
 * The gateway's own books against ours, to the rupee: the same captures, the same refunds, and what the gateway keeps is
 * what our bookings charged less what was given back of them. Money that was only set aside and lapsed was never taken.
 * @returns the differences; none is the proof
 */
export async function compareBooks(ledger: Ledger, pool: pg.Pool): Promise<string[]> {
  const theirs = ledger.all<Money>(
    `SELECT p.id, p.amount, p.amount_refunded AS refunded FROM payments p
      WHERE p.status = 'captured' OR (p.status = 'refunded' AND EXISTS (SELECT 1 FROM refunds r WHERE r.payment_id = p.id))`,
  )
  const { rows: ours } = await pool.query<Capture>(
    `SELECT c.gateway_payment_id AS id, c.amount_minor AS amount, c.outcome::text AS outcome,
            array_agg(r.id::text) FILTER (WHERE r.id IS NOT NULL) AS refunds, coalesce(sum(r.amount_minor), 0)::int AS refunded,
            coalesce(sum(r.amount_minor) FILTER (WHERE r.cancellation_id IS NOT NULL), 0)::int AS cancelled
       FROM payment_captures c LEFT JOIN refunds r ON r.capture_id = c.id WHERE c.amount_minor > 0 GROUP BY c.id`,
  )
  const problems: string[] = []
  const known = new Map(ours.map((capture) => [capture.id, capture]))
  for (const { id, amount, refunded } of theirs) {
    const capture = known.get(id)
    known.delete(id)
    if (!capture) problems.push(`the gateway took ${amount} as ${id}, of which we know nothing`)
    else if (capture.amount !== amount) problems.push(`${id}: they took ${amount}, we know of ${capture.amount}`)
    else if (capture.refunded !== refunded)
      problems.push(`${id}: we owe ${capture.refunded} back, they gave ${refunded}`)
    else if (capture.outcome === 'BOOKED' && refunded > capture.cancelled) problems.push(`${id}: booked and given back`)
  }
  for (const id of known.keys()) problems.push(`we believe in ${id}, of which the gateway knows nothing`)
  const asked = new Set(ours.flatMap((capture) => capture.refunds ?? []))
  // A second attempt has the key of the first and its number.
  for (const { key } of ledger.all<{ key: string }>(
    `SELECT idempotency_key AS key FROM refunds WHERE status <> 'failed'`,
  ))
    if (!asked.delete(key.slice(0, UUID_LENGTH))) problems.push(`the gateway gave back ${key}, which nobody asked for`)
  for (const key of asked) problems.push(`refund ${key} never reached the gateway`)
  const { rows: sold } = await pool.query<{ sum: number }>(
    `SELECT (SELECT coalesce(sum(total_minor - voucher_minor - credit_minor), 0) FROM bookings WHERE status IN ('CONFIRMED', 'CANCELLED'))::int
          - (SELECT coalesce(sum(refund_minor - to_voucher_minor), 0) FROM cancellations)::int AS sum`,
  )
  const kept = theirs.reduce((sum, payment) => sum + payment.amount - payment.refunded, 0)
  if (kept !== sold[0]?.sum) problems.push(`the gateway keeps ${kept}, our bookings cost ${sold[0]?.sum}`)
  return problems
}
