import type { Prisma } from '../../generated/prisma/client.ts'
import { dropPlanned } from './end-ladder.ts'
import { snoozedStep } from './ladder.ts'
import { planSteps, readRungs } from './plan-steps.ts'

/**
 * Puts one alert off: calls that were planned are dropped, one call comes when the time is over, or a text when there is no
 * call left. One that is answered or over is left alone. Its row is locked by the caller. @returns whether it was put off
 */
export async function snoozeLocked(
  tx: Prisma.TransactionClient,
  alertId: string,
  until: Date,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.alert.updateMany({
    where: { id: alertId, state: { in: ['RINGING', 'SNOOZED', 'EXHAUSTED'] } },
    data: { state: 'SNOOZED', snoozedUntil: until },
  })
  if (count === 0) return false
  await dropPlanned(tx, [alertId], 'snoozed', now)
  const { subscription } = await tx.alert.findUniqueOrThrow({
    where: { id: alertId },
    select: { subscription: { select: { channels: true } } },
  })
  const next = snoozedStep(await readRungs(tx, alertId), subscription.channels)
  if (next) await planSteps(tx, [{ alertId, ...next, dueAt: until }])
  return true
}
