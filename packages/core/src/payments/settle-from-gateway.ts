import type { Ctx } from '../context.ts'
import { type SettleOutcome, settlePayment } from './settle-payment.ts'

/**
 * Asks the gateway what became of a payment's order and settles every capture it knows of.
 * @returns the best outcome, or null while nothing is captured. @throws GatewayError
 */
export async function settleFromGateway(
  ctx: Pick<Ctx, 'pool' | 'log' | 'crashPoint' | 'gateway'>,
  input: { paymentId: string; gatewayOrderId: string; learntFrom: 'return' | 'reconciler' },
): Promise<SettleOutcome | null> {
  const attempts = await ctx.gateway.fetchPayments(input.gatewayOrderId)
  let best: SettleOutcome | null = null
  for (const attempt of attempts) {
    // Given back by the gateway already: there is nothing to book with.
    if (attempt.status !== 'captured') continue
    const { paymentId: gatewayPaymentId, amountMinor, currency } = attempt
    const outcome = await settlePayment(ctx, {
      paymentId: input.paymentId,
      capture: { gatewayPaymentId, amountMinor, currency },
      learntFrom: input.learntFrom,
    })
    if (best !== 'BOOKED') best = outcome
  }
  return best
}
