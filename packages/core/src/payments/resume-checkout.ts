import type { Checkout } from '@marquee/contracts/bookings'
import { requireUser } from '../auth/require-user.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'
import { checkoutView } from './checkout-view.ts'

/** The way back to the payment of the asker's own unpaid draft. @throws UNAUTHENTICATED, NOT_FOUND, HOLD_GONE, GATEWAY_UNAVAILABLE */
export async function resumeCheckout(
  ctx: Pick<Ctx, 'db' | 'pool' | 'config' | 'clock' | 'gateway' | 'crashPoint'>,
  actor: Actor,
  input: { bookingId: string },
): Promise<Checkout> {
  const { userId } = requireUser(actor)
  const booking = await ctx.db.booking.findFirst({
    where: { id: input.bookingId, userId },
    select: { status: true, payBy: true },
  })
  if (!booking) throw notFound('booking')
  if (booking.status !== 'PENDING' || booking.payBy <= ctx.clock.now()) {
    throw new AppError(
      'HOLD_GONE',
      booking.status === 'CONFIRMED' ? 'This booking is paid already.' : 'The time to pay for these seats has ended.',
    )
  }
  return checkoutView(ctx, { bookingId: input.bookingId, userId })
}
