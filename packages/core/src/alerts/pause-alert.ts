import type { AlertView } from '@marquee/contracts/alerts'
import type { Ctx } from '../context.ts'
import { releaseWatches } from '../listings/release-watches.ts'
import { type AlertAsker, lockOwnAlert, requireAlertOwner } from './alert-owner.ts'
import { hangUpSubscriptions } from './delivery/hang-up-subscriptions.ts'
import { stopLadders } from './delivery/stop-ladders.ts'
import { viewOwn } from './get-alert.ts'

/** Nothing is watched for it and nobody is told until it is resumed; what is under way stops. @throws AppError UNAUTHENTICATED, NOT_FOUND */
export async function pauseAlert(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock' | 'config' | 'voice' | 'log'>,
  { asker, alertId }: { asker: AlertAsker; alertId: string },
): Promise<AlertView> {
  const owner = await requireAlertOwner(ctx, asker)
  await viewOwn(ctx, owner, alertId)
  const now = ctx.clock.now()
  await ctx.db.$transaction(async (tx) => {
    // Ladders before their subscription, as whoever climbs one locks them.
    await stopLadders(tx, { subscriptionId: alertId, why: 'paused', now })
    await lockOwnAlert(tx, owner, alertId)
    await tx.alertSubscription.update({ where: { id: alertId }, data: { state: 'PAUSED' } })
    await releaseWatches(tx, alertId, now)
  })
  await hangUpSubscriptions(ctx, [alertId])
  return viewOwn(ctx, owner, alertId)
}
