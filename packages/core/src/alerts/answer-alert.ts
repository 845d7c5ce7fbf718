import type { AlertView } from '@marquee/contracts/alerts'
import type { Ctx } from '../context.ts'
import { type AlertAsker, requireAlertOwner } from './alert-owner.ts'
import { acknowledgeAlert } from './delivery/acknowledge-alert.ts'
import { findCurrentAlerts } from './find-current-alerts.ts'
import { viewOwn } from './get-alert.ts'

/**
 * "I know": whatever this subscription is telling stops on every channel; what was told to the end is noted as known. With
 * nothing told it changes nothing.
 * @throws AppError UNAUTHENTICATED, NOT_FOUND
 */
export async function answerAlert(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock' | 'config' | 'log' | 'voice'>,
  { asker, alertId }: { asker: AlertAsker; alertId: string },
): Promise<AlertView> {
  const owner = await requireAlertOwner(ctx, asker)
  await viewOwn(ctx, owner, alertId)
  const telling = await findCurrentAlerts(ctx, alertId)
  for (const id of telling) await acknowledgeAlert(ctx, { alertId: id, by: owner.contact ? 'link' : 'in_app' })
  return viewOwn(ctx, owner, alertId)
}
