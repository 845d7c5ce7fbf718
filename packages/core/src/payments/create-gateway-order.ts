import type { GatewayError } from '@marquee/providers/payments/gateway'
import type { Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'
import { openOrder } from './open-order.ts'

/**
 * Opens the order at the gateway for a payment that has none yet.
 * @returns null when its booking is over and there is nothing to pay any more. @throws NOT_FOUND, GatewayError
 */
export async function createGatewayOrder(
  ctx: Pick<Ctx, 'db' | 'pool' | 'gateway' | 'crashPoint'>,
  input: { paymentId: string },
): Promise<{ orderId: string } | null> {
  const payment = await ctx.db.payment.findUnique({
    where: { id: input.paymentId },
    select: {
      id: true,
      gatewayOrderId: true,
      amountMinor: true,
      currency: true,
      booking: { select: { code: true, status: true, payBy: true } },
    },
  })
  if (!payment) throw notFound('payment')
  if (payment.gatewayOrderId) return { orderId: payment.gatewayOrderId }
  const { code: bookingCode, status, payBy } = payment.booking
  if (status !== 'PENDING') return null
  return { orderId: await openOrder(ctx, { ...payment, bookingCode, payBy }) }
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
