import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { noteRefund } from './note-refund.ts'

/**
 * Asks the gateway to pay a capture back. The refund's id is the idempotency key: asked twice, it is one refund, also
 * days later, for then it is looked for before it is asked for. Each attempt after one that failed has a key of its own; only the reconciler begins one, so a failed refund is left alone here.
 * @throws NOT_FOUND, GatewayError
 */
export async function issueRefund(
  ctx: Pick<Ctx, 'db' | 'log' | 'gateway' | 'crashPoint'>,
  input: { refundId: string },
): Promise<void> {
  const refund = await ctx.db.refund.findUnique({
    where: { id: input.refundId },
    include: { capture: { select: { gatewayPaymentId: true, payment: { select: { gateway: true } } } } },
  })
  if (!refund) throw notFound('refund')
  if (refund.state === 'PROCESSED' || refund.state === 'FAILED') return
  const { gateway } = refund.capture.payment
  if (gateway !== ctx.gateway.name) {
    // Asked here it would be refused for ever. The auditor names what stays owed.
    ctx.log.error({ refundId: refund.id, gateway }, 'money taken by another gateway must be paid back by that one')
    return
  }
  const { refundId, status } = await ctx.gateway.refund({
    paymentId: refund.capture.gatewayPaymentId,
    amountMinor: refund.amountMinor,
    idempotencyKey: refund.attempt === 1 ? refund.id : `${refund.id}-${refund.attempt}`,
    again: refund.state === 'PENDING' || refund.checkedAt !== null,
  })
  ctx.crashPoint('refund:after-ask')
  await ctx.db.refund.updateMany({
    where: { id: refund.id, attempt: refund.attempt, state: 'DUE' },
    data: { gatewayRefundId: refundId, state: 'PENDING' },
  })
  await noteRefund(ctx, { gatewayRefundId: refundId, status })
}
