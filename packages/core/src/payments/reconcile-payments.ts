import type { Ctx } from '../context.ts'
import { issueRefund } from './issue-refund.ts'
import { settleFromGateway } from './settle-from-gateway.ts'

const BATCH = 50
/** A live checkout is left to the browser and the webhook for this long. */
const FIRST_LOOK_SECONDS = 20
/** A bank may report a payment up to three days late (Razorpay, "late authorization"). */
const LAST_LOOK_HOURS = 72

/**
 * Repairs what a crash or a lost message left open: asks the gateway about every unfinished order, soon and often at
 * first, then ever less often, and asks again for refunds that were not answered. The only repair money needs.
 * @returns how many payments were settled and refunds asked for
 */
export async function reconcilePayments(
  ctx: Pick<Ctx, 'db' | 'pool' | 'log' | 'gateway' | 'crashPoint'>,
): Promise<{ settled: number; refunds: number }> {
  let settled = 0
  for (const payment of await openPayments(ctx)) {
    try {
      const outcome = await settleFromGateway(ctx, {
        paymentId: payment.id,
        gatewayOrderId: payment.gateway_order_id,
        learntFrom: 'reconciler',
      })
      if (outcome !== null) settled += 1
    } catch (err) {
      ctx.log.warn({ err, paymentId: payment.id }, 'reconciler: the gateway did not answer for a payment')
    }
  }
  let refunds = 0
  const unanswered = await ctx.pool.query<{ id: string }>(
    `SELECT id FROM refunds WHERE state IN ('DUE', 'PENDING') AND updated_at < clock_timestamp() - interval '1 minute' ORDER BY updated_at LIMIT $1`,
    [BATCH],
  )
  for (const { id } of unanswered.rows) {
    try {
      await issueRefund(ctx, { refundId: id })
      refunds += 1
    } catch (err) {
      ctx.log.warn({ err, refundId: id }, 'reconciler: the gateway did not answer for a refund')
    }
  }
  return { settled, refunds }
}

/** Takes a batch and marks it looked at, so that several reconcilers share the work. Gap: a tenth of the payment's age. */
async function openPayments(ctx: Pick<Ctx, 'pool' | 'gateway'>): Promise<{ id: string; gateway_order_id: string }[]> {
  const { rows } = await ctx.pool.query<{ id: string; gateway_order_id: string }>(
    `UPDATE payments p SET checked_at = clock_timestamp()
       FROM (SELECT id FROM payments
              WHERE state IN ('CREATED', 'FAILED') AND gateway = $1 AND gateway_order_id IS NOT NULL
                AND created_at BETWEEN clock_timestamp() - $2 * interval '1 hour' AND clock_timestamp() - $3 * interval '1 second'
                AND (checked_at IS NULL OR clock_timestamp() - checked_at > greatest((clock_timestamp() - created_at) / 10, interval '10 seconds'))
              ORDER BY checked_at NULLS FIRST LIMIT $4 FOR UPDATE SKIP LOCKED) open
      WHERE p.id = open.id RETURNING p.id, p.gateway_order_id`,
    [ctx.gateway.name, LAST_LOOK_HOURS, FIRST_LOOK_SECONDS, BATCH],
  )
  return rows
}
