import type { Prisma } from '../../generated/prisma/client.ts'
import { dropPlanned } from './end-ladder.ts'
import { snoozedStep } from './ladder.ts'
import { planSteps, readRungs } from './plan-steps.ts'

/**
 * Puts one alert off: calls that were planned are dropped, one call comes when the time is over, or a text when there is no
 * call left. One that is answered or over is left alone. Its row is locked by the caller.
 * @returns `nothing-left` when it was told as often as it may be: then it stays as it was
 */
export async function snoozeLocked(
  tx: Prisma.TransactionClient,
  alertId: string,
  until: Date,
  now: Date,
): Promise<'snoozed' | 'over' | 'nothing-left'> {
  const alert = await tx.alert.findUnique({
    where: { id: alertId },
    select: { state: true, subscription: { select: { channels: true } } },
  })
  if (!alert || !['RINGING', 'SNOOZED', 'EXHAUSTED'].includes(alert.state)) return 'over'
  await dropPlanned(tx, [alertId], 'snoozed', now)
  const next = snoozedStep(await readRungs(tx, alertId), alert.subscription.channels)
  if (!next) return 'nothing-left'
  await tx.alert.update({ where: { id: alertId }, data: { state: 'SNOOZED', snoozedUntil: until } })
  await planSteps(tx, [{ alertId, ...next, dueAt: until }])
  return 'snoozed'
}
