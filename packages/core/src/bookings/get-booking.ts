import type { Booking } from '@marquee/contracts/bookings'
import { requireUser } from '../auth/require-user.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { BOOKING_VIEW, bookingViews } from './booking-view.ts'

/** One of the asker's own bookings. @throws UNAUTHENTICATED, NOT_FOUND (another person's is not found either) */
export async function getBooking(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock' | 'config'>,
  actor: Actor,
  input: { bookingId: string },
): Promise<Booking> {
  const { userId } = requireUser(actor)
  const row = await ctx.db.booking.findFirst({ where: { id: input.bookingId, userId }, include: BOOKING_VIEW })
  if (!row) throw notFound('booking')
  const [view] = await bookingViews(ctx, [row])
  if (!view) throw notFound('booking')
  return view
}
