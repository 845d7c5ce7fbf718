import type { AlertView } from '@marquee/contracts/alerts'
import type { Ctx } from '../context.ts'
import { type AlertAsker, lockOwnAlert, requireAlertOwner } from './alert-owner.ts'
import { viewOwn } from './get-alert.ts'
import { requireConsents, waitAgain } from './wait-again.ts'

/**
 * "Watch again": whoever was told, or came when it was on sale already, waits for the next opening. What is on sale now is
 * none. One that waits already stays as it is. @throws AppError UNAUTHENTICATED, NOT_FOUND, VALIDATION
 */
export async function rearmAlert(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock' | 'config'>,
  { asker, alertId }: { asker: AlertAsker; alertId: string },
): Promise<AlertView> {
  const owner = await requireAlertOwner(ctx, asker)
  await ctx.db.$transaction(async (tx) => {
    const before = await lockOwnAlert(tx, owner, alertId)
    if (before.state !== 'NOTIFIED' && before.state !== 'ALREADY_OPEN') return
    await requireConsents(tx, before)
    const subscription = await tx.alertSubscription.update({
      where: { id: alertId },
      data: { state: 'ACTIVE', round: before.round + 1, blindToldAt: null },
    })
    await waitAgain(tx, ctx, { subscription, now: ctx.clock.now() })
  })
  return viewOwn(ctx, owner, alertId)
}
