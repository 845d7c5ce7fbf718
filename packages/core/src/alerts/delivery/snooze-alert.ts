import type { Ctx } from '../../context.ts'
import { AppError, notFound } from '../../errors.ts'
import { hangUpCalls } from './hang-up-calls.ts'
import { LADDER_TX, lockAlerts } from './lock-alerts.ts'
import { snoozeLocked } from './snooze-locked.ts'

/** Not now: told once more at `until`. Who may do it is the caller's to ask. @throws AppError NOT_FOUND, CONFLICT when it is answered */
export async function snoozeAlert(
  ctx: Pick<Ctx, 'db' | 'clock' | 'log' | 'voice'>,
  { alertId, until }: { alertId: string; until: Date },
): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    await lockAlerts(tx, [alertId])
    const alert = await tx.alert.findUnique({ where: { id: alertId }, select: { state: true } })
    if (!alert) throw notFound('alert')
    const outcome = await snoozeLocked(tx, alertId, until, ctx.clock.now())
    if (outcome === 'over') throw new AppError('CONFLICT', 'This alert is answered already')
    if (outcome === 'nothing-left') throw new AppError('CONFLICT', 'You were told of it as often as we may')
  }, LADDER_TX)
  await hangUpCalls(ctx, [alertId])
}
