import type { TheatreWritten } from '@marquee/contracts/theatres'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authoriseTheatre } from '../auth/access.ts'
import { type CacheCtx, dropCached } from '../cache/cache.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'

/**
 * Removes a theatre that never showed anything, with its screens. One with showtimes stays, and the answer says what hangs
 * on it. Its admins and superadmins.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT
 */
export async function deleteTheatre(
  ctx: CacheCtx & Pick<Ctx, 'db'>,
  { actor, id, origin }: { actor: Actor; id: string; origin?: Origin },
): Promise<TheatreWritten> {
  await authoriseTheatre(ctx, actor, 'theatre.write', id)
  await ctx.db.$transaction(async (tx) => {
    // No screen is added meanwhile, and so no showtime: both point to rows that are locked.
    await tx.$executeRaw`select 1 from theatres where id = ${id}::uuid for update`
    await tx.$executeRaw`select 1 from screens where theatre_id = ${id}::uuid for update`
    const before = await tx.theatre.findUnique({ where: { id } })
    if (!before) throw notFound('Theatre')
    const ofTheatre = { screen: { theatreId: id } }
    const [showtimes, coming, seats] = [
      await tx.showtime.count({ where: ofTheatre }),
      await tx.showtime.count({
        where: { ...ofTheatre, status: 'SCHEDULED', filmStartsAt: { gt: ctx.clock.now() } },
      }),
      await tx.ticket.count({ where: { booking: { showtime: ofTheatre }, status: { not: 'CANCELLED' } } }),
    ]
    if (showtimes > 0) throw new AppError('CONFLICT', hangsOnIt(showtimes, coming, seats))
    await tx.seatLayout.deleteMany({ where: ofTheatre })
    await tx.screen.deleteMany({ where: { theatreId: id } })
    await tx.theatre.delete({ where: { id } })
    await recordAudit(tx, { actor, action: 'theatre.delete', subjectType: 'theatre', subjectId: id, before, origin })
  })
  await dropCached(ctx, ['theatres', 'showtimes'])
  return { message: 'Theatre deleted successfully', id }
}

function hangsOnIt(showtimes: number, coming: number, seats: number): string {
  const shown = `${showtimes} ${showtimes === 1 ? 'showtime' : 'showtimes'} (${coming} still to come)`
  const sold = `${seats} ${seats === 1 ? 'seat' : 'seats'} sold`
  return `This theatre has ${shown} and ${sold}, so it cannot be deleted. Cancel its showtimes instead.`
}
