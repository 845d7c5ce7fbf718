import type { Ctx } from '../context.ts'
import { type AlertAsker, ownAlerts, requireAlertOwner } from './alert-owner.ts'
import { hangUpSubscriptions } from './delivery/hang-up-subscriptions.ts'
import { endSubscription } from './end-subscription.ts'

/**
 * Ends everything somebody waits for and forgets the numbers and addresses behind it: what a guest can do without an
 * account. One that is deleted beside it stops nothing. @returns how many it ended @throws AppError UNAUTHENTICATED
 */
export async function deleteAllAlerts(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config' | 'voice' | 'log'>,
  { asker }: { asker: AlertAsker },
): Promise<{ deleted: number }> {
  const owner = await requireAlertOwner(ctx, asker)
  const all = await ctx.db.alertSubscription.findMany({ where: ownAlerts(owner), select: { id: true } })
  let deleted = 0
  // One by one, each in its own short transaction.
  for (const { id } of all) {
    const own = await ctx.db.alertSubscription.findFirst({ where: { id, ...ownAlerts(owner) } })
    if (!own) continue
    await ctx.db.$transaction((tx) => endSubscription(tx, own, { why: 'deleted', now: ctx.clock.now() }))
    await hangUpSubscriptions(ctx, [id])
    deleted++
  }
  return { deleted }
}
