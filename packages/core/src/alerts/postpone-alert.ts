import type { AlertView } from '@marquee/contracts/alerts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { type AlertAsker, requireAlertOwner } from './alert-owner.ts'
import { snoozeAlert } from './delivery/snooze-alert.ts'
import { findCurrentAlerts } from './find-current-alerts.ts'
import { viewOwn } from './get-alert.ts'

/**
 * "Not now": what is being told is told once more in so many minutes.
 * @throws AppError UNAUTHENTICATED, NOT_FOUND, CONFLICT when nothing is being told
 */
export async function postponeAlert(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock' | 'config' | 'log' | 'voice'>,
  { asker, alertId, minutes }: { asker: AlertAsker; alertId: string; minutes: number },
): Promise<AlertView> {
  const owner = await requireAlertOwner(ctx, asker)
  await viewOwn(ctx, owner, alertId)
  const telling = await findCurrentAlerts(ctx, alertId)
  if (telling.length === 0) throw new AppError('CONFLICT', 'Nothing is being told that could wait')
  const until = new Date(ctx.clock.now().getTime() + minutes * 60_000)
  for (const id of telling) await snoozeAlert(ctx, { alertId: id, until })
  return viewOwn(ctx, owner, alertId)
}
