import type { ShowtimeCancelled } from '@marquee/contracts/cancellations'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authoriseTheatre } from '../auth/access.ts'
import { type CacheCtx, dropCached } from '../cache/cache.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'
import { showtimeCancelledKey } from './cancel-showtime-bookings.ts'

/**
 * The cinema cancels a showtime: from this commit on nothing of it is sold and no ticket of it is good. The worker gives
 * everybody everything back and tells them. Twice is once: the second answer counts what still stands.
 * @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, NOT_CANCELLABLE when it is over
 */
export async function cancelShowtime(
  ctx: CacheCtx & Pick<Ctx, 'db' | 'log'>,
  input: { actor: Actor; showtimeId: string; reason: string; origin?: Origin | undefined },
): Promise<ShowtimeCancelled> {
  const { actor, showtimeId, reason, origin } = input
  const showtime = await ctx.db.showtime.findUnique({
    where: { id: showtimeId },
    select: { screen: { select: { theatreId: true } } },
  })
  const user = await authoriseTheatre(ctx, actor, 'showtime.cancel', showtime?.screen.theatreId ?? null)
  if (!showtime) throw notFound('showtime')
  const cancelled = await ctx.db.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ status: string; over: boolean; startsAt: Date }[]>`
      SELECT status::text, ends_at <= clock_timestamp() AS over, starts_at AS "startsAt" FROM showtimes WHERE id = ${showtimeId}::uuid FOR UPDATE`
    if (!row) throw notFound('showtime')
    if (row.status !== 'CANCELLED') {
      if (row.over) throw new AppError('NOT_CANCELLABLE', 'This showtime is over. There is nothing left to cancel.')
      await tx.$executeRaw`
        UPDATE showtimes SET status = 'CANCELLED', cancelled_at = clock_timestamp(), cancel_reason = ${reason} WHERE id = ${showtimeId}::uuid`
      await tx.outboxEvent.createMany({
        data: [{ key: showtimeCancelledKey(showtimeId), topic: 'showtime.cancelled', payload: { showtimeId } }],
        skipDuplicates: true,
      })
      await recordAudit(tx, {
        actor,
        action: 'showtime.cancel',
        subjectType: 'showtime',
        subjectId: showtimeId,
        before: { status: 'SCHEDULED', startsAt: row.startsAt },
        after: { status: 'CANCELLED', startsAt: row.startsAt, reason },
        origin,
      })
    }
    return {
      showtimeId,
      bookings: await tx.booking.count({ where: { showtimeId, status: 'CONFIRMED' } }),
      seats: await tx.ticket.count({ where: { showtimeId, status: { not: 'CANCELLED' } } }),
    }
  })
  await dropCached(ctx, ['movies', 'showtimes'])
  ctx.log.info({ ...cancelled, by: user.userId }, 'showtime cancelled by the cinema')
  return cancelled
}
