import type { AlertView } from '@marquee/contracts/alerts'
import type { Ctx } from '../context.ts'
import { type AlertAsker, lockOwnAlert, requireAlertOwner } from './alert-owner.ts'
import { noteOnSale } from './arm-subscription.ts'
import { viewOwn } from './get-alert.ts'
import { requireConsents, waitAgain } from './wait-again.ts'

/**
 * Waits on after a pause. What opened meanwhile is said to be open and nobody is called about it. One that is not paused
 * stays as it is. @throws AppError UNAUTHENTICATED, NOT_FOUND, VALIDATION (a consent was taken back)
 */
export async function resumeAlert(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock' | 'config'>,
  { asker, alertId }: { asker: AlertAsker; alertId: string },
): Promise<AlertView> {
  const owner = await requireAlertOwner(ctx, asker)
  await ctx.db.$transaction(async (tx) => {
    const before = await lockOwnAlert(tx, owner, alertId)
    if (before.state !== 'PAUSED') return
    await requireConsents(tx, before)
    const subscription = await tx.alertSubscription.update({ where: { id: alertId }, data: { state: 'ACTIVE' } })
    const now = ctx.clock.now()
    if (await waitAgain(tx, ctx, { subscription, now })) await noteOnSale(tx, alertId, now)
  })
  return viewOwn(ctx, owner, alertId)
}
