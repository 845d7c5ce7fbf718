import type { GatewayError } from '@marquee/providers/payments/gateway'
import { REFUND_ATTEMPTS } from '../bookings/states.ts'
import type { Ctx } from '../context.ts'
import { issueRefund } from './issue-refund.ts'
import { settleFromGateway } from './settle-from-gateway.ts'

const BATCH = 50
/** A live checkout is left to the browser and the webhook for this long. */
const FIRST_LOOK_SECONDS = 20
/** The gateway goes on asking a bank that did not answer for up to five days (Razorpay, "late authorization"). */
const LAST_LOOK_HOURS = 120
/** Of orders that are settled already, in one round: they are looked at for a second payment only. */
const SETTLED_BATCH = 20
/** A failed refund waits this long before its second attempt, and three times as long before each further one. */
const REFUND_AGAIN_MINUTES = 5

/** So many in a row without an answer: it is away, and each further question would only wait for its time-out. */
const AWAY_AFTER = 3

type ReconcileCtx = Pick<Ctx, 'db' | 'pool' | 'log' | 'gateway' | 'crashPoint'>

/**
 * Repairs what a crash or a lost message left open: asks the gateway about every unfinished order, soon and often at
 * first, then ever less often, and asks again for refunds that were not answered or failed. The only repair money needs.
 * A settled order is looked at a few times more, for a second payment of which no message came.
 * @returns how many payments were settled and refunds asked for
 */
export async function reconcilePayments(ctx: ReconcileCtx): Promise<{ settled: number; refunds: number }> {
  const open = await ask(ctx, await openPayments(ctx))
  if (open.away) return { settled: open.settled, refunds: 0 }
  // They are settled: nothing new is what is hoped for, and is not counted.
  const { away } = await ask(ctx, await settledPayments(ctx))
  if (away) return { settled: open.settled, refunds: 0 }
  let refunds = 0
  let failures = 0
  for (const id of await openRefunds(ctx)) {
    try {
      await issueRefund(ctx, { refundId: id })
      refunds += 1
      failures = 0
    } catch (err) {
      ctx.log.warn({ err, refundId: id }, 'reconciler: the gateway did not answer for a refund')
      failures = saysNothing(err) ? failures + 1 : 0
      if (failures >= AWAY_AFTER) break
    }
  }
  return { settled: open.settled, refunds }
}

type Looked = { id: string; gateway_order_id: string }

/** One after the other. What a gateway that is away was not asked any more is given back, to be the first next time. */
async function ask(ctx: ReconcileCtx, payments: Looked[]): Promise<{ settled: number; away: boolean }> {
  let settled = 0
  let failures = 0
  for (const [n, payment] of payments.entries()) {
    try {
      const { id: paymentId, gateway_order_id: gatewayOrderId } = payment
      if ((await settleFromGateway(ctx, { paymentId, gatewayOrderId, learntFrom: 'reconciler' })) !== null) settled += 1
      failures = 0
    } catch (err) {
      ctx.log.warn({ err, paymentId: payment.id }, 'reconciler: the gateway did not answer for a payment')
      failures = saysNothing(err) ? failures + 1 : 0
      if (failures < AWAY_AFTER) continue
      const left = payments.slice(n + 1).map(({ id }) => id)
      await ctx.pool.query('UPDATE payments SET checked_at = NULL WHERE id = ANY ($1)', [left])
      return { settled, away: true }
    }
  }
  return { settled, away: false }
}

/** Takes a batch and marks it looked at, so that several reconcilers share the work. Gap: a tenth of the payment's age. */
async function openPayments(ctx: Pick<Ctx, 'pool' | 'gateway'>): Promise<Looked[]> {
  const { rows } = await ctx.pool.query<Looked>(
    `UPDATE payments p SET checked_at = clock_timestamp()
       FROM (SELECT id FROM payments
              WHERE state IN ('CREATED', 'FAILED') AND gateway = $1 AND gateway_order_id IS NOT NULL
                AND created_at BETWEEN now() - $2 * interval '1 hour' AND now() - $3 * interval '1 second'
                AND (checked_at IS NULL OR now() - checked_at > greatest((now() - created_at) / 10, interval '10 seconds'))
              ORDER BY checked_at NULLS FIRST LIMIT $4 FOR UPDATE SKIP LOCKED) open
      WHERE p.id = open.id RETURNING p.id, p.gateway_order_id`,
    [ctx.gateway.name, LAST_LOOK_HOURS, FIRST_LOOK_SECONDS, BATCH],
  )
  return rows
}

/** Likewise settled ones, ten minutes after their start and then each time they are four times as old. */
async function settledPayments(ctx: Pick<Ctx, 'pool' | 'gateway'>): Promise<Looked[]> {
  const { rows } = await ctx.pool.query<Looked>(
    `UPDATE payments p SET checked_at = clock_timestamp()
       FROM (SELECT id FROM payments
              WHERE state IN ('CONFIRMED', 'REFUND_DUE', 'REFUNDED') AND gateway = $1 AND gateway_order_id IS NOT NULL
                AND created_at BETWEEN now() - $2 * interval '1 hour' AND now() - interval '10 minutes'
                AND now() - coalesce(checked_at, created_at) > (now() - created_at) * 0.75
              ORDER BY checked_at NULLS FIRST LIMIT $3 FOR UPDATE SKIP LOCKED) settled
      WHERE p.id = settled.id RETURNING p.id, p.gateway_order_id`,
    [ctx.gateway.name, LAST_LOOK_HOURS, SETTLED_BATCH],
  )
  return rows
}

/**
 * Takes a batch of refunds likewise, the longest unasked first, so that slow ones hold nobody up. Gap: a tenth of the
 * refund's age, from a minute to an hour. One that failed goes into its next attempt.
 */
async function openRefunds(ctx: Pick<Ctx, 'pool' | 'gateway'>): Promise<string[]> {
  const { rows } = await ctx.pool.query<{ id: string }>(
    `UPDATE refunds r SET checked_at = clock_timestamp(),
            attempt = r.attempt + (r.state = 'FAILED')::int,
            gateway_refund_id = CASE WHEN r.state = 'FAILED' THEN NULL ELSE r.gateway_refund_id END,
            updated_at = CASE WHEN r.state = 'FAILED' THEN clock_timestamp() ELSE r.updated_at END,
            state = CASE WHEN r.state = 'FAILED' THEN 'DUE'::refund_state ELSE r.state END
       FROM (SELECT id FROM refunds
              WHERE ((state IN ('DUE', 'PENDING') AND updated_at < now() - interval '1 minute'
                     AND (checked_at IS NULL OR now() - checked_at >
                          least(greatest((now() - created_at) / 10, interval '1 minute'), interval '1 hour')))
                 OR (state = 'FAILED' AND attempt < $2
                     AND updated_at < now() - $3 * power(3, attempt - 1) * interval '1 minute'))
                AND (SELECT p.gateway FROM payment_captures c JOIN payments p ON p.id = c.payment_id WHERE c.id = refunds.capture_id) = $4
              ORDER BY checked_at NULLS FIRST LIMIT $1 FOR UPDATE SKIP LOCKED) open
      WHERE r.id = open.id RETURNING r.id`,
    [BATCH, REFUND_ATTEMPTS, REFUND_AGAIN_MINUTES, ctx.gateway.name],
  )
  return rows.map((row) => row.id)
}

/** A refusal is an answer: it says nothing of the next question. By name, for core knows the providers' types only. */
const saysNothing = (error: unknown) =>
  error instanceof Error && error.name === 'GatewayError' && (error as GatewayError).retry
