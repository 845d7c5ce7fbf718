import type { Checkout } from '@marquee/contracts/bookings'
import type { Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'
import { type StoredSums, storedQuote } from '../pricing/stored-quote.ts'
import { showtimeSeating } from '../seats/showtime-seating.ts'
import { gatewayUnavailable } from './create-gateway-order.ts'
import { openOrder } from './open-order.ts'

type CheckoutRow = {
  showtime_id: string
  code: string
  status: 'PENDING' | 'CONFIRMED' | 'EXPIRED' | 'CANCELLED'
  pay_by: Date
  called_off: boolean
  sums: StoredSums
  seats: { section: string; priceMinor: number }[]
  payment_id: string
  gateway: string
  gateway_order_id: string | null
  amount_minor: number
  currency: string
  paid: boolean
}

/**
 * What the browser needs to pay for a booking of this user, opening the order if that is still to do. A booking with
 * nothing to charge has no order: its id is empty, and it is confirmed.
 * @throws NOT_FOUND, HOLD_GONE (it ran out or was given up unpaid, or the showtime was cancelled), GATEWAY_UNAVAILABLE
 */
export async function checkoutView(
  ctx: Pick<Ctx, 'db' | 'pool' | 'config' | 'clock' | 'gateway' | 'crashPoint'>,
  input: { bookingId: string; userId: string },
): Promise<Checkout> {
  const booking = await findCheckout(ctx, input)
  if (!booking) throw notFound('booking')
  if (booking.status === 'CANCELLED') throw new AppError('HOLD_GONE', 'This booking was cancelled.')
  // Sales close within seconds of it; a draft of these seconds is not led to pay for a film that is not shown.
  if (booking.status === 'PENDING' && booking.called_off && !booking.paid)
    throw new AppError('HOLD_GONE', 'The cinema has cancelled this showtime. You have not been charged.')
  const over = booking.status === 'EXPIRED' || (booking.status === 'PENDING' && booking.pay_by <= ctx.clock.now())
  // Whoever did pay is told of the booking; nobody is led to pay for seats that are not kept.
  if (over && !booking.paid) throw ended()
  const { sectionNames } = await showtimeSeating(ctx, booking.showtime_id)
  const seats = booking.seats.map((seat) => ({ ...seat, sectionName: sectionNames.get(seat.section) ?? seat.section }))
  const view = {
    bookingId: input.bookingId,
    amountMinor: booking.amount_minor,
    currency: booking.currency,
    payBy: booking.pay_by.toISOString(),
    now: ctx.clock.now().toISOString(),
    breakdown: storedQuote(seats, booking.sums),
  }
  if (booking.amount_minor === 0) return { ...view, gateway: booking.gateway, keyId: '', orderId: '', paymentUrl: null }
  const orderId = booking.gateway_order_id ?? (await openedOrder(ctx, booking).catch(gatewayUnavailable))
  if (!orderId) throw ended()
  return {
    ...view,
    gateway: booking.gateway,
    keyId: ctx.gateway.keyId,
    orderId,
    paymentUrl: ctx.gateway.paymentUrl(orderId, `${ctx.config.http.publicBaseUrl}/payment/return`),
  }
}

async function openedOrder(
  ctx: Pick<Ctx, 'pool' | 'gateway' | 'crashPoint'>,
  booking: CheckoutRow,
): Promise<string | null> {
  if (booking.status !== 'PENDING') return null
  return openOrder(ctx, {
    id: booking.payment_id,
    amountMinor: booking.amount_minor,
    currency: booking.currency,
    bookingCode: booking.code,
    payBy: booking.pay_by,
  })
}

/** One question: every buyer waits for it. */
async function findCheckout(
  ctx: Pick<Ctx, 'pool'>,
  input: { bookingId: string; userId: string },
): Promise<CheckoutRow | undefined> {
  const { rows } = await ctx.pool.query<CheckoutRow>({
    name: 'find_checkout',
    text: `SELECT b.showtime_id, b.code, b.status::text AS status, b.pay_by, s.status = 'CANCELLED' AS called_off,
                  json_build_object('baseMinor', b.base_minor, 'discountMinor', b.discount_minor,
                    'convenienceFeeMinor', b.convenience_fee_minor, 'taxMinor', b.tax_minor, 'taxPercent', b.tax_percent,
                    'totalMinor', b.total_minor, 'voucherMinor', b.voucher_minor, 'creditMinor', b.credit_minor) AS sums,
                  (SELECT json_agg(json_build_object('section', s.section, 'priceMinor', s.price_minor) ORDER BY s.seat)
                     FROM booking_seats s WHERE s.booking_id = b.id) AS seats,
                  p.id AS payment_id, p.gateway, p.gateway_order_id, p.amount_minor, p.currency,
                  EXISTS (SELECT FROM payment_captures c WHERE c.payment_id = p.id) AS paid
             FROM bookings b JOIN showtimes s ON s.id = b.showtime_id JOIN payments p ON p.booking_id = b.id
            WHERE b.id = $1 AND b.user_id = $2 ORDER BY p.created_at LIMIT 1`,
    values: [input.bookingId, input.userId],
  })
  return rows[0]
}

const ended = () => new AppError('HOLD_GONE', 'The time to pay for these seats has ended. You have not been charged.')
