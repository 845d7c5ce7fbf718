import type { Ctx } from '../context.ts'
import { type AlertAsker, ownAlerts, requireAlertOwner } from './alert-owner.ts'
import { deleteAlert } from './delete-alert.ts'

/**
 * Ends everything somebody waits for and forgets the numbers and addresses behind it: what a guest can do without an
 * account. @returns how many there were @throws AppError UNAUTHENTICATED
 */
export async function deleteAllAlerts(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config' | 'voice' | 'log'>,
  { asker }: { asker: AlertAsker },
): Promise<{ deleted: number }> {
  const owner = await requireAlertOwner(ctx, asker)
  const all = await ctx.db.alertSubscription.findMany({ where: ownAlerts(owner), select: { id: true } })
  // One by one: each in its own short transaction, and the link is good until the last of them is gone.
  for (const { id } of all) await deleteAlert(ctx, { asker, alertId: id })
  return { deleted: all.length }
}
