import type { SourceRow } from '@marquee/contracts/listings'
import { recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import type { Ctx } from '../context.ts'
import { sourceRows } from './list-sources.ts'
import { lockSource, type SourceChange } from './update-source.ts'

/**
 * The kill switch: from this commit on nothing of the source is told to anybody, openings that begin are held. It is still
 * looked at, so that somebody can see what it says. @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT
 */
export async function freezeSource(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  { actor, sourceId, reason, origin }: SourceChange & { reason: string },
): Promise<SourceRow> {
  authorise(actor, 'listing.manage')
  await ctx.db.$transaction(async (tx) => {
    const before = await lockSource(tx, sourceId)
    const data = { frozenAt: before.frozenAt ?? ctx.clock.now(), frozenReason: reason }
    await tx.listingSource.update({ where: { id: sourceId }, data })
    await recordAudit(tx, {
      actor,
      action: 'source.freeze',
      subjectType: 'source',
      subjectId: sourceId,
      before: { frozenAt: before.frozenAt, frozenReason: before.frozenReason },
      after: data,
      origin,
    })
  })
  return (await sourceRows(ctx, sourceId))[0]!
}
