import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { type AlertAsker, ownAlerts, requireAlertOwner } from './alert-owner.ts'
import { hangUpSubscriptions } from './delivery/hang-up-subscriptions.ts'
import { endSubscription } from './end-subscription.ts'

/**
 * Ends it for good: ladders stop, sites are not watched for it any more, and its person is taken out of what is kept. The
 * second time it is not found. @throws AppError UNAUTHENTICATED, NOT_FOUND
 */
export async function deleteAlert(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config' | 'voice' | 'log'>,
  { asker, alertId }: { asker: AlertAsker; alertId: string },
): Promise<void> {
  const owner = await requireAlertOwner(ctx, asker)
  const own = await ctx.db.alertSubscription.findFirst({ where: { id: alertId, ...ownAlerts(owner) } })
  if (!own) throw notFound('Alert')
  await ctx.db.$transaction((tx) => endSubscription(tx, own, { why: 'deleted', now: ctx.clock.now() }))
  await hangUpSubscriptions(ctx, [own.id])
}
