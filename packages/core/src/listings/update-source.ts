import type { SourceRow, UpdateSourceBody } from '@marquee/contracts/listings'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { CATALOGUE_SOURCE } from './catalogue-source.ts'
import { sourceRows } from './list-sources.ts'

export type SourceChange = { actor: Actor; sourceId: string; origin?: Origin | undefined }

const LEAST_PERMISSION = 10

/**
 * Switches a source on or off, and sets its manners. On needs a sentence that says why polling it is permitted; it is kept
 * with who said so and when. @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, VALIDATION, CONFLICT for our own catalogue
 */
export async function updateSource(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  { actor, sourceId, change, origin }: SourceChange & { change: UpdateSourceBody },
): Promise<SourceRow> {
  const user = authorise(actor, 'listing.manage')
  const now = ctx.clock.now()
  await ctx.db.$transaction(async (tx) => {
    const before = await lockSource(tx, sourceId)
    const permission = change.permission ?? before.permission
    const turnsOn = change.enabled === true && !before.enabled
    if ((change.enabled ?? before.enabled) && permission.length < LEAST_PERMISSION)
      throw invalid('permission', 'say in a sentence why polling this site is permitted')
    await tx.listingSource.update({
      where: { id: sourceId },
      data: {
        enabled: change.enabled,
        permission: change.permission,
        minGapMs: change.minGapSeconds === undefined ? undefined : change.minGapSeconds * 1_000,
        intervalSeconds: change.intervalSeconds,
        dailyBudget: change.dailyBudget,
        ...(turnsOn && { enabledBy: user.userId, enabledAt: now }),
      },
    })
    // What was put off under the old manners is looked at by the new ones.
    if (turnsOn || change.intervalSeconds) {
      const soon = new Date(now.getTime() + (turnsOn ? 0 : (change.intervalSeconds ?? 0) * 1_000))
      await tx.watch.updateMany({ where: { sourceId, nextLookAt: { gt: soon } }, data: { nextLookAt: soon } })
      await tx.sourceListing.updateMany({ where: { sourceId, nextLookAt: { gt: soon } }, data: { nextLookAt: soon } })
    }
    await recordAudit(tx, {
      actor,
      action: 'source.update',
      subjectType: 'source',
      subjectId: sourceId,
      before: {
        enabled: before.enabled,
        permission: before.permission,
        minGapSeconds: before.minGapMs / 1_000,
        intervalSeconds: before.intervalSeconds,
        dailyBudget: before.dailyBudget,
      },
      after: change,
      origin,
    })
  })
  return (await sourceRows(ctx, sourceId))[0]!
}

/** Locked, so that "before" is what this very change replaced. @throws NOT_FOUND, CONFLICT for our own catalogue */
export async function lockSource(tx: Prisma.TransactionClient, sourceId: string) {
  await tx.$executeRaw`SELECT 1 FROM listing_sources WHERE id = ${sourceId} FOR UPDATE`
  const source = await tx.listingSource.findUnique({ where: { id: sourceId } })
  if (!source) throw notFound('Source')
  if (sourceId === CATALOGUE_SOURCE)
    throw new AppError('CONFLICT', 'Our own catalogue is always on, and always told of')
  return source
}
