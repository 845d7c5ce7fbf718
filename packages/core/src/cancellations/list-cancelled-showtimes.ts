import type { CancelledShowtimes } from '@marquee/contracts/showtimes'
import { authoriseTheatre } from '../auth/access.ts'
import { localDayRange } from '../catalog/local-day.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'

/**
 * The showtimes of one day of the theatre's own calendar that were cancelled, in the order they would have begun.
 * @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND
 */
export async function listCancelledShowtimes(
  ctx: Pick<Ctx, 'db'>,
  input: { actor: Actor; theatreId: string; date: string },
): Promise<CancelledShowtimes> {
  const { actor, theatreId, date } = input
  await authoriseTheatre(ctx, actor, 'showtime.cancel', theatreId)
  const theatre = await ctx.db.theatre.findUnique({
    where: { id: theatreId },
    select: { city: { select: { timeZone: true } } },
  })
  if (!theatre) throw notFound('Theatre')
  const { from, to } = localDayRange(date, theatre.city.timeZone)
  const rows = await ctx.db.showtime.findMany({
    where: { screen: { theatreId }, status: 'CANCELLED', startsAt: { gte: from, lt: to } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      startsAt: true,
      language: true,
      format: true,
      cancelledAt: true,
      cancelReason: true,
      screen: { select: { name: true } },
      movie: { select: { title: true } },
    },
  })
  return {
    items: rows.map(({ id, startsAt, language, format, cancelledAt, cancelReason, screen, movie }) => ({
      id,
      startsAt: startsAt.toISOString(),
      screenName: screen.name,
      language,
      format,
      movieTitle: movie.title,
      cancelledAt: cancelledAt?.toISOString() ?? null,
      reason: cancelReason,
    })),
  }
}
