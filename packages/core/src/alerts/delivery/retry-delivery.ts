import type { DeliveryRow } from '@marquee/contracts/listings'
import { type Origin, recordAudit } from '../../audit/record-audit.ts'
import { authorise } from '../../auth/access.ts'
import type { Actor, Ctx } from '../../context.ts'
import { AppError, notFound } from '../../errors.ts'
import { DELIVERY, isDead, viewDeliveries } from './list-deliveries.ts'
import { LADDER_TX, lockAlerts } from './lock-alerts.ts'

/**
 * Tries a dead letter once more, from the start, by the rules of this minute: somebody who opted out meanwhile gets nothing.
 * What may have gone out is refused.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT
 */
export async function retryDelivery(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config'>,
  { actor, id, origin }: { actor: Actor; id: string; origin?: Origin },
): Promise<DeliveryRow> {
  authorise(actor, 'alert.deliveries')
  const known = await ctx.db.alertAttempt.findUnique({ where: { id }, select: { alertId: true } })
  if (!known) throw notFound('delivery')
  await ctx.db.$transaction(async (tx) => {
    await lockAlerts(tx, [known.alertId])
    const attempt = await tx.alertAttempt.findUniqueOrThrow({ where: { id } })
    if (!isDead(attempt))
      throw new AppError('CONFLICT', 'It may have gone out, or is still to go: it is not sent again')
    // The ladder goes on where somebody is still to be told; answered is answered.
    await tx.alert.updateMany({ where: { id: known.alertId, state: 'EXHAUSTED' }, data: { state: 'RINGING' } })
    await tx.alertAttempt.update({
      where: { id },
      data: {
        state: 'PLANNED',
        tries: 0,
        dueAt: ctx.clock.now(),
        queuedAt: null,
        sentAt: null,
        endedAt: null,
        provider: null,
        providerId: null,
        mergedIntoId: null,
      },
    })
    const before = { state: attempt.state, why: attempt.why, tries: attempt.tries }
    await recordAudit(tx, {
      actor,
      action: 'alert.retry',
      subjectType: 'alert-attempt',
      subjectId: id,
      before,
      after: { state: 'PLANNED' },
      origin,
    })
  }, LADDER_TX)
  // Not within: several relations are read side by side, and a transaction has one connection.
  const row = await ctx.db.alertAttempt.findUniqueOrThrow({ where: { id }, include: DELIVERY })
  const [view] = await viewDeliveries(ctx, [row])
  if (!view) throw notFound('delivery')
  return view
}
