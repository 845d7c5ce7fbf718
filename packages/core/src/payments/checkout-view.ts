import type { Checkout } from '@marquee/contracts/bookings'
import { BOOKING_VIEW, quoteOf } from '../bookings/booking-view.ts'
import type { Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'
import { createGatewayOrder, gatewayUnavailable } from './create-gateway-order.ts'

/** What the browser needs to pay for a booking of this user, opening the order if that is still to do. @throws NOT_FOUND, GATEWAY_UNAVAILABLE */
export async function checkoutView(
  ctx: Pick<Ctx, 'db' | 'config' | 'clock' | 'gateway' | 'crashPoint'>,
  input: { bookingId: string; userId: string },
): Promise<Checkout> {
  const booking = await ctx.db.booking.findFirst({
    where: { id: input.bookingId, userId: input.userId },
    include: BOOKING_VIEW,
  })
  const payment = booking?.payments[0]
  if (!booking || !payment) throw notFound('booking')
  if (booking.status === 'CANCELLED') throw new AppError('CONFLICT', 'This booking was cancelled.')
  const { orderId } = payment.gatewayOrderId
    ? { orderId: payment.gatewayOrderId }
    : await createGatewayOrder(ctx, { paymentId: payment.id }).catch(gatewayUnavailable)
  return {
    bookingId: booking.id,
    gateway: payment.gateway,
    keyId: ctx.gateway.keyId,
    orderId,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    payBy: booking.payBy.toISOString(),
    now: ctx.clock.now().toISOString(),
    paymentUrl: ctx.gateway.paymentUrl(orderId, `${ctx.config.http.publicBaseUrl}/payment/return`),
    breakdown: quoteOf(ctx, booking),
  }
}
