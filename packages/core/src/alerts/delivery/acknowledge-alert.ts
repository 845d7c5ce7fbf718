import type { AlertChannel } from '@marquee/contracts/alerts'
import type { Ctx } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { dropPlanned } from './end-ladder.ts'
import { hangUpCalls } from './hang-up-calls.ts'
import { LADDER_TX, lockAlerts } from './lock-alerts.ts'

/**
 * Its person knows: every channel stops, and a phone that rings just now is hung up. Who may do it is the caller's to ask.
 * Once more changes nothing. @throws AppError NOT_FOUND
 */
export async function acknowledgeAlert(
  ctx: Pick<Ctx, 'db' | 'clock' | 'log' | 'voice'>,
  { alertId, by }: { alertId: string; by: AlertChannel | 'link' },
): Promise<void> {
  const changed = await ctx.db.$transaction(async (tx) => {
    const now = ctx.clock.now()
    await lockAlerts(tx, [alertId])
    const alert = await tx.alert.findUnique({ where: { id: alertId }, select: { state: true } })
    if (!alert) throw notFound('alert')
    const { count } = await tx.alert.updateMany({
      where: { id: alertId, state: { in: ['RINGING', 'SNOOZED', 'EXHAUSTED'] } },
      data: { state: 'ACKNOWLEDGED', acknowledgedBy: by, acknowledgedAt: now },
    })
    if (count > 0) await dropPlanned(tx, [alertId], 'acknowledged', now)
    return count > 0
  }, LADDER_TX)
  if (changed) await hangUpCalls(ctx, [alertId])
}
