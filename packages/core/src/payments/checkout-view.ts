import type { Checkout } from '@marquee/contracts/bookings'
import { BOOKING_VIEW, quoteOf } from '../bookings/booking-view.ts'
import type { Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'
import { createGatewayOrder, gatewayUnavailable } from './create-gateway-order.ts'

/** What the browser needs to pay for a booking of this user, opening the order if that is still to do. @throws NOT_FOUND, HOLD_GONE (it ran out or was given up unpaid), GATEWAY_UNAVAILABLE */
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
  if (booking.status === 'CANCELLED') throw new AppError('HOLD_GONE', 'This booking was cancelled.')
  const over = booking.status === 'EXPIRED' || (booking.status === 'PENDING' && booking.payBy <= ctx.clock.now())
  // Whoever did pay is told of the booking; nobody is led to pay for seats that are not kept.
  if (over && payment.captures.length === 0) throw ended()
  const order = await createGatewayOrder(ctx, { paymentId: payment.id }).catch(gatewayUnavailable)
  if (!order) throw ended()
  const { orderId } = order
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

const ended = () => new AppError('HOLD_GONE', 'The time to pay for these seats has ended. You have not been charged.')
