import type { SourceRow } from '@marquee/contracts/listings'
import { recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import type { Ctx } from '../context.ts'
import { sourceRows } from './list-sources.ts'
import { lockSource, type SourceChange } from './update-source.ts'

/**
 * Ends a freeze: what opens from now on is told, and so is what was live or released meanwhile. Held openings stay held
 * until somebody decides each. @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT
 */
export async function thawSource(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  { actor, sourceId, reason, origin }: SourceChange & { reason: string },
): Promise<SourceRow> {
  authorise(actor, 'listing.manage')
  const now = ctx.clock.now()
  await ctx.db.$transaction(async (tx) => {
    const before = await lockSource(tx, sourceId)
    await tx.listingSource.update({ where: { id: sourceId }, data: { frozenAt: null, frozenReason: null } })
    if (before.frozenAt)
      await tx.$executeRaw`
        INSERT INTO outbox_events (key, topic, payload)
        SELECT 'opening.fan-out:' || o.id || ':thaw:' || ${now.getTime()}::bigint, 'opening.fan-out', jsonb_build_object('openingId', o.id)
          FROM openings o JOIN watches w ON w.id = o.watch_id
         WHERE w.source_id = ${sourceId} AND o.state = 'LIVE' ON CONFLICT (key) DO NOTHING`
    await recordAudit(tx, {
      actor,
      action: 'source.thaw',
      subjectType: 'source',
      subjectId: sourceId,
      before: { frozenAt: before.frozenAt, frozenReason: before.frozenReason },
      after: { reason },
      origin,
    })
  })
  return (await sourceRows(ctx, sourceId))[0]!
}
