import type { BookingList, BookingListQuery } from '@marquee/contracts/bookings'
import { requireUser } from '../auth/require-user.ts'
import type { Actor, Ctx } from '../context.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { BOOKING_VIEW, bookingViews } from './booking-view.ts'

/**
 * The asker's own bookings, newest first. Upcoming: soonest film first, the cancelled ones last, and not those that were
 * moved to another showtime. Drafts that ended without money are left out: nothing happened. @throws UNAUTHENTICATED
 */
export async function listBookings(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock' | 'config'>,
  actor: Actor,
  query: BookingListQuery,
): Promise<BookingList> {
  const { userId } = requireUser(actor)
  const now = ctx.clock.now()
  const when: Prisma.BookingWhereInput =
    query.when === 'upcoming'
      ? { showtime: { endsAt: { gte: now } }, movedTo: { none: { status: { in: ['CONFIRMED', 'CANCELLED'] } } } }
      : query.when === 'past'
        ? { showtime: { endsAt: { lt: now } } }
        : {}
  const where: Prisma.BookingWhereInput = {
    userId,
    ...when,
    OR: [
      { status: { in: ['CONFIRMED', 'CANCELLED'] } },
      { status: 'PENDING', payBy: { gte: now } },
      { payments: { some: { captures: { some: {} } } } },
    ],
  }
  const [rows, total] = await Promise.all([
    ctx.db.booking.findMany({
      where,
      include: BOOKING_VIEW,
      orderBy:
        query.when === 'upcoming'
          ? // In the order the states are declared in: to be paid, paid, over.
            [{ status: 'asc' }, { showtime: { startsAt: 'asc' } }, { id: 'asc' }]
          : [{ createdAt: 'desc' }, { id: 'desc' }],
      take: query.limit,
      skip: query.offset,
    }),
    ctx.db.booking.count({ where }),
  ])
  return { items: await bookingViews(ctx, rows), total, limit: query.limit, offset: query.offset }
}
