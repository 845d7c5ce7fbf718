import type { AlertView } from '@marquee/contracts/alerts'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { type AlertAsker, type AlertOwner, ownAlerts, requireAlertOwner } from './alert-owner.ts'
import { loadAlertViews } from './alert-view.ts'

type GetCtx = Pick<Ctx, 'db' | 'pool' | 'clock' | 'config'>

/** @throws AppError UNAUTHENTICATED, NOT_FOUND (also when it is another person's) */
export async function getAlert(
  ctx: GetCtx,
  { asker, alertId }: { asker: AlertAsker; alertId: string },
): Promise<AlertView> {
  return viewOwn(ctx, await requireAlertOwner(ctx, asker), alertId)
}

/** What every verb about one alert answers: how it stands now. @throws AppError NOT_FOUND */
export async function viewOwn(ctx: GetCtx, owner: AlertOwner, alertId: string): Promise<AlertView> {
  const own = await ctx.db.alertSubscription.findFirst({
    where: { id: alertId, ...ownAlerts(owner) },
    select: { id: true },
  })
  const [view] = own ? await loadAlertViews(ctx, [own.id]) : []
  if (!view) throw notFound('Alert')
  return view
}
