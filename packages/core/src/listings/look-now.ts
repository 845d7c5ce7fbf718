import type { WatchRow } from '@marquee/contracts/listings'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'
import { watchRows } from './list-watches.ts'

/**
 * Makes a watch due now. It is looked at as soon as its host allows: nobody can hurry that.
 * @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT when nobody waits for it
 */
export async function lookNow(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  { actor, watchId, origin }: { actor: Actor; watchId: string; origin?: Origin | undefined },
): Promise<WatchRow> {
  authorise(actor, 'listing.manage')
  await ctx.db.$transaction(async (tx) => {
    const now = ctx.clock.now()
    const { count } = await tx.watch.updateMany({
      where: { id: watchId, subscribers: { gt: 0 } },
      data: { nextLookAt: now },
    })
    if (count === 0) {
      if ((await tx.watch.count({ where: { id: watchId } })) === 0) throw notFound('Watch')
      throw new AppError('CONFLICT', 'Nobody waits for this film there, so it is not looked at')
    }
    await recordAudit(tx, {
      actor,
      action: 'watch.look',
      subjectType: 'watch',
      subjectId: watchId,
      after: { nextLookAt: now },
      origin,
    })
  })
  return (await watchRows(ctx, { where: { id: watchId } }))[0]!
}
