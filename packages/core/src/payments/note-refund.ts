import type { GatewayRefundStatus } from '@marquee/providers/payments/gateway'
import { REFUND_ATTEMPTS } from '../bookings/states.ts'
import type { Ctx } from '../context.ts'

/**
 * What the gateway says of a refund. Forward only: processed is the end, and a late "pending" does not undo it.
 * When the money is on its way back, the capture and its payment are closed and the guest is told, in one commit. One
 * that failed is still owed: the reconciler asks anew.
 */
export async function noteRefund(
  ctx: Pick<Ctx, 'db' | 'log'>,
  input: { gatewayRefundId: string; status: GatewayRefundStatus },
): Promise<void> {
  if (input.status === 'pending') return
  const failed = await ctx.db.$transaction(async (tx) => {
    const state = input.status === 'processed' ? 'PROCESSED' : 'FAILED'
    const moved = await tx.refund.updateManyAndReturn({
      where: {
        gatewayRefundId: input.gatewayRefundId,
        state: { in: state === 'PROCESSED' ? ['DUE', 'PENDING', 'FAILED'] : ['DUE', 'PENDING'] },
      },
      data: { state },
    })
    const refund = moved[0]
    if (!refund) return null
    if (state === 'FAILED') return refund
    // Money that bought seats did buy them, whatever was given back of it later.
    if (refund.cancellationId === null) {
      const capture = await tx.paymentCapture.update({
        where: { id: refund.captureId },
        data: { outcome: 'REFUNDED' },
        select: { paymentId: true },
      })
      await tx.payment.updateMany({
        where: { id: capture.paymentId, state: 'REFUND_DUE' },
        data: { state: 'REFUNDED' },
      })
    }
    await tx.outboxEvent.createMany({
      data: [{ key: `refund.mail:${refund.id}`, topic: 'refund.mail', payload: { refundId: refund.id } }],
      skipDuplicates: true,
    })
    return null
  })
  if (failed) {
    const { id: refundId, attempt, amountMinor } = failed
    const next =
      attempt < REFUND_ATTEMPTS ? 'it is asked for anew' : 'no more attempts: somebody must pay it back by hand'
    ctx.log.error(
      { refundId, attempt, amountMinor, gatewayRefundId: input.gatewayRefundId },
      `refund failed at the gateway, ${next}`,
    )
  }
}
