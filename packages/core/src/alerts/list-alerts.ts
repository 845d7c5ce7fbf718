import type { AlertList } from '@marquee/contracts/alerts'
import type { PageQuery } from '@marquee/contracts/common'
import type { Ctx } from '../context.ts'
import { type AlertAsker, ownAlerts, requireAlertOwner } from './alert-owner.ts'
import { loadAlertViews } from './alert-view.ts'
import { attachAlerts } from './attach-alerts.ts'

/**
 * What somebody waits for, newest first: of the account, and of the number or address whose signed link they show. What
 * the account asked for as a guest joins it here. @throws AppError UNAUTHENTICATED
 */
export async function listAlerts(
  ctx: Pick<Ctx, 'db' | 'pool' | 'clock' | 'config'>,
  { asker, query }: { asker: AlertAsker; query: PageQuery },
): Promise<AlertList> {
  const owner = await requireAlertOwner(ctx, asker)
  if (owner.userId) await attachAlerts(ctx, owner.userId)
  const { limit, offset } = query
  const where = ownAlerts(owner)
  const [rows, total] = await Promise.all([
    ctx.db.alertSubscription.findMany({
      where,
      select: { id: true },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit,
      skip: offset,
    }),
    ctx.db.alertSubscription.count({ where }),
  ])
  return {
    items: await loadAlertViews(
      ctx,
      rows.map(({ id }) => id),
    ),
    total,
    limit,
    offset,
  }
}
