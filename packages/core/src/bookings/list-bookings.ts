import type { BookingList, BookingListQuery } from '@marquee/contracts/bookings'
import { requireUser } from '../auth/require-user.ts'
import type { Actor, Ctx } from '../context.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { BOOKING_VIEW, bookingViews } from './booking-view.ts'

/** So long a checkout that ended unpaid is kept in sight: whoever wonders what became of it looks within days. */
const UNPAID_IN_SIGHT_MS = 30 * 24 * 3_600_000

/**
 * The asker's own bookings, newest first. Upcoming: soonest film first, the cancelled ones last, and not those that were
 * moved to another showtime. Past: films that are over, and for thirty days checkouts that ended without money, whenever
 * their film is, unless seats for it were bought all the same. @throws UNAUTHENTICATED
 */
export async function listBookings(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock' | 'config'>,
  actor: Actor,
  query: BookingListQuery,
): Promise<BookingList> {
  const { userId } = requireUser(actor)
  const now = ctx.clock.now()
  const unpaid: Prisma.BookingWhereInput = {
    status: { in: ['EXPIRED', 'CANCELLED'] },
    confirmedAt: null,
    payments: { none: { captures: { some: {} } } },
  }
  const bought: Prisma.BookingWhereInput = {
    OR: [
      { status: { in: ['CONFIRMED', 'CANCELLED'] } },
      { status: 'PENDING', payBy: { gte: now } },
      { payments: { some: { captures: { some: {} } } } },
    ],
    NOT: unpaid,
  }
  const ended: Prisma.BookingWhereInput = {
    ...unpaid,
    createdAt: { gte: new Date(now.getTime() - UNPAID_IN_SIGHT_MS) },
    // Whoever bought the show in the end has their answer.
    showtime: { bookings: { none: { userId, confirmedAt: { not: null } } } },
  }
  const upcoming: Prisma.BookingWhereInput = {
    ...bought,
    showtime: { endsAt: { gte: now } },
    movedTo: { none: { status: { in: ['CONFIRMED', 'CANCELLED'] } } },
  }
  const lists: Record<BookingListQuery['when'], Prisma.BookingWhereInput> = {
    upcoming,
    past: { OR: [{ ...bought, showtime: { endsAt: { lt: now } } }, ended] },
    all: { OR: [bought, ended] },
  }
  const where: Prisma.BookingWhereInput = { AND: [{ userId }, lists[query.when]] }
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
