import type { Ctx } from '../context.ts'
import { enqueue, type NewJob } from '../jobs/enqueue.ts'
import type { Queues } from '../jobs/queues.ts'
import { inTurn, SWEEP_AFTER_SECONDS, SWEEP_WITHIN_DAYS, sweepTurn } from '../jobs/sweep-turn.ts'
import { refundMailKey } from './mail-refund.ts'

const BATCH = 200

/**
 * Repairs missed mails about refunds: jobs lost with Redis, or worn out while the mail server was down.
 * @returns how many. @throws RedisAway
 */
export async function sweepRefundMails(ctx: Pick<Ctx, 'pool' | 'clock' | 'log'> & { queues: Queues }): Promise<number> {
  // In no order: two hundred that can never be sent hold up nobody.
  const { rows } = await ctx.pool.query<{ id: string }>(
    `SELECT r.id FROM refunds r JOIN outbox_events o ON o.key = $3 || r.id
       JOIN payment_captures c ON c.id = r.capture_id JOIN payments p ON p.id = c.payment_id JOIN bookings b ON b.id = p.booking_id AND b.email <> ''
      WHERE r.state = 'PROCESSED' AND r.processed_at > now() - make_interval(days => $1 + 1)
        AND o.created_at BETWEEN now() - make_interval(days => $1) AND now() - make_interval(secs => $2)
        AND NOT EXISTS (SELECT FROM deliveries d WHERE d.event_key = $3 || r.id AND d.channel = 'email' AND d.state IN ('SENT', 'FAILED'))
      ORDER BY random() LIMIT $4`,
    [SWEEP_WITHIN_DAYS, SWEEP_AFTER_SECONDS, refundMailKey(''), BATCH],
  )
  if (rows.length === 0) return 0
  const turn = sweepTurn(ctx)
  const jobs = rows.map(
    ({ id: refundId }): NewJob<'refund.mail'> => ({
      name: 'refund.mail',
      payload: { refundId },
      key: inTurn(refundMailKey(refundId), turn),
    }),
  )
  await enqueue(ctx, jobs)
  ctx.log.warn({ refunds: rows.length }, 'guests were not told of their refunds in time, trying again')
  return rows.length
}
