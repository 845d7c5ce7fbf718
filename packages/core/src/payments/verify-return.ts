import type { VerifiedPayment, VerifyPaymentBody } from '@marquee/contracts/payments'
import { requireUser } from '../auth/require-user.ts'
import { getBooking } from '../bookings/get-booking.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'
import { settleFromGateway } from './settle-from-gateway.ts'

/**
 * The browser is back from the gateway. Its signature is checked against the order id that we stored, and must be
 * there; then the gateway is asked for the amount and the state, which the signature does not cover. CONFIRMING: the
 * gateway did not answer or has not captured yet; the webhook or the reconciler will finish it.
 * @throws UNAUTHENTICATED, NOT_FOUND (no such order of this person), BAD_SIGNATURE
 */
export async function verifyReturn(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock' | 'config' | 'log' | 'gateway' | 'crashPoint'>,
  actor: Actor,
  input: VerifyPaymentBody,
): Promise<VerifiedPayment> {
  const { userId } = requireUser(actor)
  const payment = await ctx.db.payment.findFirst({
    where: { gateway: ctx.gateway.name, gatewayOrderId: input.razorpay_order_id, booking: { userId } },
    select: { id: true, bookingId: true, gatewayOrderId: true },
  })
  if (!payment?.gatewayOrderId) throw notFound('payment')
  const signed = ctx.gateway.verifyReturn({
    orderId: payment.gatewayOrderId,
    paymentId: input.razorpay_payment_id,
    signature: input.razorpay_signature,
  })
  if (!signed) {
    ctx.log.warn({ paymentId: payment.id }, 'payment return with a bad signature')
    throw new AppError(
      'BAD_SIGNATURE',
      'This payment could not be verified. If you were charged, the money is matched or returned without your doing anything.',
    )
  }
  const settled = await settleFromGateway(ctx, {
    paymentId: payment.id,
    gatewayOrderId: payment.gatewayOrderId,
    learntFrom: 'return',
  }).catch((err: unknown) => {
    ctx.log.warn({ err, paymentId: payment.id }, 'gateway not asked on return; webhook or reconciler will settle')
    return null
  })
  const { money, moneySetAside = false } = await getBooking(ctx, actor, { bookingId: payment.bookingId })
  const open = settled === null && money === 'NOT_CHARGED' && !moneySetAside
  return { bookingId: payment.bookingId, money: open ? 'CONFIRMING' : money }
}
