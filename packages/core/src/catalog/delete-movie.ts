import type { MovieWritten } from '@marquee/contracts/movies'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import { type CacheCtx, dropCached } from '../cache/cache.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'
import { MOVIE_DELETED } from './messages.ts'

/**
 * Removes a film that was never shown. One with showtimes stays, and the answer says what hangs on it. Admins only.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT
 */
export async function deleteMovie(
  ctx: CacheCtx & Pick<Ctx, 'db' | 'pool'>,
  { actor, id, origin }: { actor: Actor; id: string; origin?: Origin },
): Promise<MovieWritten> {
  authorise(actor, 'movie.write')
  await refuseIfShown(ctx, id)
  try {
    await ctx.db.$transaction(async (tx) => {
      const before = await tx.movie.findUnique({ where: { id } })
      const { count } = await tx.movie.deleteMany({ where: { id } })
      if (count === 0) throw notFound('Movie')
      await recordAudit(tx, { actor, action: 'movie.delete', subjectType: 'movie', subjectId: id, before, origin })
    })
  } catch (error) {
    // A showtime was added between the look and the deletion: the foreign key has kept the film.
    await refuseIfShown(ctx, id)
    throw error
  }
  await dropCached(ctx, ['movies', 'showtimes'])
  return { message: MOVIE_DELETED, id }
}

async function refuseIfShown(ctx: Pick<Ctx, 'pool' | 'clock'>, movieId: string): Promise<void> {
  const { rows } = await ctx.pool.query<{ showtimes: number; coming: number; seats: number }>(
    `SELECT count(*)::int AS showtimes,
            (count(*) FILTER (WHERE s.status = 'SCHEDULED' AND s.film_starts_at > $2))::int AS coming,
            (SELECT count(*)::int FROM tickets t JOIN showtimes x ON x.id = t.showtime_id
              WHERE x.movie_id = $1 AND t.status <> 'CANCELLED') AS seats
       FROM showtimes s WHERE s.movie_id = $1`,
    [movieId, ctx.clock.now()],
  )
  const [impact] = rows
  if (!impact || impact.showtimes === 0) return
  const { showtimes, coming, seats } = impact
  const shown = `${showtimes} ${showtimes === 1 ? 'showtime' : 'showtimes'} (${coming} still to come)`
  const sold = `${seats} ${seats === 1 ? 'seat' : 'seats'} sold`
  throw new AppError(
    'CONFLICT',
    `This film has ${shown} and ${sold}, so it cannot be deleted. Take its showtimes off sale instead.`,
  )
}
