import type { Booking } from '@marquee/contracts/bookings'
import type { CancelBookingBody } from '@marquee/contracts/cancellations'
import { requireUser } from '../auth/require-user.ts'
import { getBooking } from '../bookings/get-booking.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'
import { freeSeats } from '../seats/free-seats.ts'
import { onceMoreOnDeadlock } from '../seats/once-more-on-deadlock.ts'
import { cancelSeats } from './cancel-seats.ts'
import { REFUSALS } from './refusals.ts'
import { seatsByName } from './seats-by-name.ts'

type Input = CancelBookingBody & { bookingId: string; idempotencyKey: string }

/**
 * A guest gives back a booking, or some seats of it, for what was shown or more. When this returns the tickets are dead,
 * the seats are anybody's and the money is owed; the worker sends it, tells the guest and draws what is left anew.
 * The same key is the same act, and answers the booking as it is by then.
 * @throws UNAUTHENTICATED, NOT_FOUND for anybody else's booking, VALIDATION for a seat it never had, NOT_CANCELLABLE,
 *   PRICE_CHANGED when less would come back than was shown, IDEMPOTENCY_KEY_REUSED
 */
export async function cancelBooking(
  ctx: Pick<Ctx, 'db' | 'pool' | 'redis' | 'config' | 'clock' | 'log' | 'crashPoint'>,
  actor: Actor,
  input: Input,
): Promise<Booking> {
  const { userId } = requireUser(actor)
  const booking = await ctx.db.booking.findFirst({
    where: { id: input.bookingId, userId },
    select: { id: true, seats: { select: { seat: true, label: true } } },
  })
  if (!booking) throw notFound('booking')
  const seats = seatsByName(booking.seats, input.seatIds)
  const done = await onceMoreOnDeadlock(() =>
    cancelSeats(ctx.pool, {
      bookingId: booking.id,
      userId,
      key: input.idempotencyKey,
      by: 'GUEST',
      actorId: userId,
      seats,
      expectedRefundMinor: input.expectedRefundMinor,
      reason: input.reason,
    }),
  )
  ctx.crashPoint('cancel:after-commit')
  switch (done.outcome) {
    case 'CANCELLED':
    case 'REPLAY':
      ctx.log.info({ bookingId: booking.id, ...done }, 'seats given back')
      // At once for whoever is looking; the outbox does it again, also while Redis is away.
      await freeSeats(ctx, done).catch((err: unknown) => ctx.log.debug({ err }, 'seats come free on screens later'))
      return getBooking(ctx, actor, { bookingId: booking.id })
    case 'NOT_FOUND':
      throw notFound('booking')
    case 'KEY_REUSED':
      throw new AppError('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another cancellation.')
    case 'PRICE_CHANGED':
      throw new AppError(
        'PRICE_CHANGED',
        'Less comes back now than when you looked: a time of the cinema’s terms has passed. Nothing was cancelled.',
      )
    default:
      throw new AppError('NOT_CANCELLABLE', REFUSALS[done.outcome])
  }
}
