import type { MoveOptions } from '@marquee/contracts/moves'
import { authorise } from '../auth/access.ts'
import { seatsLeft } from '../catalog/seats-left.ts'
import type { Actor, Ctx } from '../context.ts'
import { findMove } from './find-move.ts'
import { moveRefusal } from './move-rules.ts'

/** A film runs a fortnight ahead at most in one city's halls; the soonest are the ones that somebody moves to. */
const MOST = 100

/**
 * Where the asker's own booking can be moved to: showtimes of the same film in the same city with room for as many, the
 * soonest first. @throws UNAUTHENTICATED, NOT_FOUND
 */
export async function moveOptions(
  ctx: Pick<Ctx, 'db' | 'pool'>,
  actor: Actor,
  input: { bookingId: string },
): Promise<MoveOptions> {
  const { userId } = authorise(actor, 'user')
  const from = await findMove(ctx, { bookingId: input.bookingId, userId })
  const refusal = moveRefusal(from)
  if (refusal) return { movable: false, refusal, creditMinor: from.creditMinor, items: [] }
  const rows = await ctx.db.showtime.findMany({
    where: {
      movieId: from.movieId,
      status: 'SCHEDULED',
      filmStartsAt: { gt: from.now },
      id: { not: from.showtimeId },
      maxSeatsPerBooking: { gte: from.liveSeats },
      screen: { theatre: { cityId: from.cityId } },
    },
    include: { screen: { select: { name: true, theatre: { select: { id: true, name: true } } } } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: MOST,
  })
  const left = await seatsLeft(ctx, new Map(rows.map((row) => [row.id, row.seatCount])))
  return {
    movable: true,
    refusal: null,
    creditMinor: from.creditMinor,
    items: rows
      .map((row) => ({
        showtimeId: row.id,
        startsAt: row.startsAt.toISOString(),
        theatre: row.screen.theatre.name,
        theatreId: row.screen.theatre.id,
        screen: row.screen.name,
        language: row.language,
        format: row.format,
        seatsLeft: left.get(row.id) ?? 0,
        priceFromMinor: row.priceFromMinor,
      }))
      .filter((item) => item.seatsLeft >= from.liveSeats),
  }
}
