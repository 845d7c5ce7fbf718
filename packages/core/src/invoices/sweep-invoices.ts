import type { Ctx } from '../context.ts'
import { enqueue, type NewJob } from '../jobs/enqueue.ts'
import type { Queues } from '../jobs/queues.ts'
import { inTurn, SWEEP_AFTER_SECONDS, SWEEP_WITHIN_DAYS, sweepTurn } from '../jobs/sweep-turn.ts'

const BATCH = 200
const DUE = `BETWEEN now() - make_interval(days => $1) AND now() - make_interval(secs => $2)`

/** Cancelled meanwhile counts too: what was sold is invoiced, then credited. */
const NOT_INVOICED = `SELECT b.id FROM bookings b WHERE b.status IN ('CONFIRMED', 'CANCELLED') AND b.confirmed_at ${DUE}
    AND EXISTS (SELECT FROM outbox_events o WHERE o.key = 'booking.confirmed:' || b.id) -- not the demo's: they get theirs when asked for
    AND NOT EXISTS (SELECT FROM invoices i WHERE i.booking_id = b.id AND i.kind = 'INVOICE')
  ORDER BY random() LIMIT $3`
const NOT_CREDITED = `SELECT c.id FROM cancellations c WHERE c.created_at > now() - make_interval(days => $1)
    AND (c.refund_minor > 0 OR c.by = 'MOVE') AND NOT EXISTS (SELECT FROM invoices i WHERE i.cancellation_id = c.id)
  ORDER BY random() LIMIT $2`
const NOT_DRAWN = `SELECT i.id FROM invoices i WHERE i.pdf IS NULL AND i.issued_at ${DUE} ORDER BY random() LIMIT $3`

/**
 * Finds what has no document yet although it should: bookings and cancellations whose job was lost or gave up,
 * documents that were not drawn. Bounded, and in no order: two hundred that never succeed hold up nobody.
 * @returns how many jobs. @throws RedisAway
 */
export async function sweepInvoices(ctx: Pick<Ctx, 'pool' | 'clock' | 'log'> & { queues: Queues }): Promise<number> {
  const find = async (sql: string, values: number[]) =>
    (await ctx.pool.query<{ id: string }>(sql, values)).rows.map((row) => row.id)
  const late = [SWEEP_WITHIN_DAYS, SWEEP_AFTER_SECONDS, BATCH]
  const bookings = await find(NOT_INVOICED, late)
  const cancellations = await find(NOT_CREDITED, [SWEEP_WITHIN_DAYS, BATCH])
  const documents = await find(NOT_DRAWN, late)
  const turn = sweepTurn(ctx)
  const jobs: NewJob[] = [
    ...bookings.map(
      (bookingId): NewJob => ({
        name: 'invoice.issue',
        payload: { bookingId },
        key: inTurn(`invoice.issue:${bookingId}`, turn),
      }),
    ),
    ...cancellations.map(
      (cancellationId): NewJob => ({
        name: 'credit-note.issue',
        payload: { cancellationId },
        key: inTurn(`credit-note.issue:${cancellationId}`, turn),
      }),
    ),
    ...documents.map(
      (invoiceId): NewJob => ({
        name: 'invoice.render',
        payload: { invoiceId },
        key: inTurn(`invoice.render:${invoiceId}`, turn),
      }),
    ),
  ]
  if (jobs.length === 0) return 0
  await enqueue(ctx, jobs)
  if (bookings.length + documents.length > 0)
    ctx.log.warn({ bookings: bookings.length, documents: documents.length }, 'invoices were late, trying again')
  return jobs.length
}
