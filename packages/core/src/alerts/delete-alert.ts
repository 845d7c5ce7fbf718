import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { type AlertAsker, lockOwnAlert, ownAlerts, requireAlertOwner } from './alert-owner.ts'
import { stopLadders } from './delivery/stop-ladders.ts'
import { endSubscription } from './end-subscription.ts'

/**
 * Ends it for good: ladders stop, sites are not watched for it any more, and its person is taken out of what is kept. The
 * second time it is not found. @throws AppError UNAUTHENTICATED, NOT_FOUND
 */
export async function deleteAlert(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config'>,
  { asker, alertId }: { asker: AlertAsker; alertId: string },
): Promise<void> {
  const owner = await requireAlertOwner(ctx, asker)
  const now = ctx.clock.now()
  if ((await ctx.db.alertSubscription.count({ where: { id: alertId, ...ownAlerts(owner) } })) === 0)
    throw notFound('Alert')
  await ctx.db.$transaction(async (tx) => {
    // Ladders before their subscription, as whoever climbs one locks them.
    await stopLadders(tx, { subscriptionId: alertId, why: 'deleted', now })
    await endSubscription(tx, await lockOwnAlert(tx, owner, alertId), now)
  })
}
