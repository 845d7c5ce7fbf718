import type { GatewayError } from '@marquee/providers/payments/gateway'
import type { Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'

/**
 * Opens the order at the gateway for a payment that has none yet. Repeatable: our payment id is the receipt, and the
 * gateway gives the same order for the same receipt.
 * @returns null when its booking is over and there is nothing to pay any more. @throws NOT_FOUND, GatewayError
 */
export async function createGatewayOrder(
  ctx: Pick<Ctx, 'db' | 'gateway' | 'crashPoint'>,
  input: { paymentId: string },
): Promise<{ orderId: string } | null> {
  const payment = await ctx.db.payment.findUnique({
    where: { id: input.paymentId },
    select: {
      gatewayOrderId: true,
      amountMinor: true,
      currency: true,
      booking: { select: { code: true, status: true, payBy: true } },
    },
  })
  if (!payment) throw notFound('payment')
  if (payment.gatewayOrderId) return { orderId: payment.gatewayOrderId }
  if (payment.booking.status !== 'PENDING') return null
  const { orderId } = await ctx.gateway.createOrder({
    receipt: input.paymentId,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    notes: { booking: payment.booking.code },
    payBy: payment.booking.payBy,
  })
  ctx.crashPoint('order:after-create')
  // Two at once: the first one written counts, and both answer with it.
  await ctx.db.payment.updateMany({
    where: { id: input.paymentId, gatewayOrderId: null },
    data: { gatewayOrderId: orderId },
  })
  const stored = await ctx.db.payment.findUniqueOrThrow({
    where: { id: input.paymentId },
    select: { gatewayOrderId: true },
  })
  return { orderId: stored.gatewayOrderId ?? orderId }
}

/** A gateway's fault as the guest is told it. */
export function gatewayUnavailable(error: unknown): never {
  if (isGatewayError(error))
    throw new AppError(
      'GATEWAY_UNAVAILABLE',
      'The payment service does not answer. Your seats are still held and you have not been charged: try again.',
    )
  throw error
}

// By name: core knows the providers' types only, never their code.
const isGatewayError = (error: unknown): error is GatewayError =>
  error instanceof Error && error.name === 'GatewayError'
