import type { AlertChannel } from '@marquee/contracts/alerts'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { type AlertAsker, ownAlerts, requireAlertOwner } from './alert-owner.ts'
import { sendTest } from './delivery/send-test.ts'

/**
 * Really sends one message in the chosen way, to whom the alert goes. @returns what became of it, in a sentence
 * @throws AppError UNAUTHENTICATED, NOT_FOUND, CONFLICT when it cannot go there, RATE_LIMITED, UNAVAILABLE
 */
export async function testAlert(
  ctx: Pick<Ctx, 'db' | 'redis' | 'config' | 'clock' | 'log' | 'mail' | 'sms' | 'voice' | 'push'>,
  { asker, alertId, channel }: { asker: AlertAsker; alertId: string; channel: AlertChannel },
): Promise<{ outcome: string }> {
  const owner = await requireAlertOwner(ctx, asker)
  const subscription = await ctx.db.alertSubscription.findFirst({ where: { id: alertId, ...ownAlerts(owner) } })
  if (!subscription) throw notFound('Alert')
  return sendTest(ctx, { subscription, channel })
}
