import type { Ctx } from '../context.ts'
import { onceMoreOnDeadlock } from '../seats/once-more-on-deadlock.ts'

export type SettleOutcome = 'BOOKED' | 'REFUND_DUE' | 'REFUNDED' | 'UNKNOWN'
/** Who told us; `check` is our own question after the gateway said that money is set aside. */
export type LearntFrom = 'return' | 'reconciler' | 'check'
export type Capture = { gatewayPaymentId: string; amountMinor: number; currency: string }

/**
 * Money came for a payment: book its seats, or owe it back. The one verb that the browser's return, the webhook and the
 * reconciler lead to; any order, any number of times, the same money gets the same answer. One SQL function, one
 * transaction, no call to anybody in it. Captures must have been learnt from the gateway itself or under its signature.
 */
export async function settlePayment(
  ctx: Pick<Ctx, 'pool' | 'log' | 'crashPoint'>,
  input: { paymentId: string; capture: Capture; learntFrom: LearntFrom },
): Promise<SettleOutcome> {
  const { paymentId, capture, learntFrom } = input
  ctx.crashPoint('settle:before-commit')
  const { rows } = await onceMoreOnDeadlock(() =>
    ctx.pool.query<{ outcome: SettleOutcome; refund_reason: string | null }>({
      name: 'settle_payment',
      text: 'SELECT * FROM settle_payment($1, $2, $3, $4, $5)',
      values: [paymentId, capture.gatewayPaymentId, capture.amountMinor, capture.currency, learntFrom],
    }),
  )
  ctx.crashPoint('settle:after-commit')
  const settled = rows[0]
  if (!settled) throw new Error('settle_payment answered nothing')
  ctx.log.info({ paymentId, learntFrom, ...settled }, 'payment settled')
  return settled.outcome
}
