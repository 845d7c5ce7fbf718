import type { AlertView } from '@marquee/contracts/alerts'
import type { Ctx } from '../context.ts'
import { type AlertAsker, lockOwnAlert, requireAlertOwner } from './alert-owner.ts'
import { hangUpSubscriptions } from './delivery/hang-up-subscriptions.ts'
import { stopLadders } from './delivery/stop-ladders.ts'
import { viewOwn } from './get-alert.ts'
import { requireConsents, waitAgain } from './wait-again.ts'

/**
 * "Watch again": whoever was told, or came when it was on sale already, waits for the next opening. What is on sale now is
 * none, and what is still being told of it stops: they know. One that waits already stays as it is.
 * @throws AppError UNAUTHENTICATED, NOT_FOUND, VALIDATION
 */
export async function rearmAlert(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock' | 'config' | 'voice' | 'log'>,
  { asker, alertId }: { asker: AlertAsker; alertId: string },
): Promise<AlertView> {
  const owner = await requireAlertOwner(ctx, asker)
  const view = await viewOwn(ctx, owner, alertId)
  if (view.state !== 'NOTIFIED' && view.state !== 'ALREADY_OPEN') return view
  const now = ctx.clock.now()
  await ctx.db.$transaction(async (tx) => {
    // Ladders before their subscription, as whoever climbs one locks them. One that had told nobody yet waits again by that.
    await stopLadders(tx, { subscriptionId: alertId, why: 'watched again', now })
    const before = await lockOwnAlert(tx, owner, alertId)
    if (before.state === 'PAUSED') return
    await requireConsents(tx, before)
    const subscription = await tx.alertSubscription.update({
      where: { id: alertId },
      data: { state: 'ACTIVE', round: before.round + 1, blindToldAt: null },
    })
    await waitAgain(tx, ctx, { subscription, now })
  })
  await hangUpSubscriptions(ctx, [alertId])
  return viewOwn(ctx, owner, alertId)
}
