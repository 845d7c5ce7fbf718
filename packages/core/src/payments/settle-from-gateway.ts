import type { Ctx } from '../context.ts'
import { captureAuthorised } from './capture-authorised.ts'
import { type LearntFrom, type SettleOutcome, settlePayment } from './settle-payment.ts'

/**
 * Asks the gateway what became of a payment's order, takes money that is set aside for seats still kept, and settles every
 * capture there is.
 * @returns the best outcome, or null while nothing is captured. @throws GatewayError
 */
export async function settleFromGateway(
  ctx: Pick<Ctx, 'pool' | 'log' | 'crashPoint' | 'gateway'>,
  input: { paymentId: string; gatewayOrderId: string; learntFrom: LearntFrom },
): Promise<SettleOutcome | null> {
  const attempts = await ctx.gateway.fetchPayments(input.gatewayOrderId)
  // Money that was taken comes before money that could be: what it books needs no second payment to be taken for it.
  attempts.sort((a, b) => Number(b.status === 'captured') - Number(a.status === 'captured'))
  let best: SettleOutcome | null = null
  for (const asTold of attempts) {
    const attempt =
      asTold.status === 'authorized'
        ? await captureAuthorised(ctx, { paymentId: input.paymentId, attempt: asTold })
        : asTold
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
