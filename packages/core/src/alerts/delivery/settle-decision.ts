import type { Prisma } from '../../generated/prisma/client.ts'
import type { AlertFacts } from './alert-facts.ts'
import { endLadders, settleLadders } from './end-ladder.ts'
import { stepsInstead } from './ladder.ts'
import type { Decision } from './may-send.ts'
import { planSteps, readRungs } from './plan-steps.ts'

type Tx = Prisma.TransactionClient

/** Writes down what was decided about a step that is not taken now. Its alert is locked by the caller. */
export async function settleDecision(
  tx: Tx,
  attemptId: string,
  alert: AlertFacts,
  decision: Exclude<Decision, { do: 'send' }>,
  now: Date,
): Promise<void> {
  const { why } = decision
  if (decision.do === 'end') return endLadders(tx, [alert.id], why, now)
  if (decision.do === 'defer') {
    await tx.alertAttempt.update({
      where: { id: attemptId },
      data: { dueAt: decision.until, queuedAt: null, why, mergedIntoId: null },
    })
    return
  }
  await tx.alertAttempt.update({
    where: { id: attemptId },
    data: { state: 'SKIPPED', why, endedAt: now, mergedIntoId: null },
  })
  if (decision.instead) await planInstead(tx, alert, now)
  await settleLadders(tx, [alert.id])
}

/** In writing, if nothing was written yet. */
export async function planInstead(
  tx: Tx,
  alert: Pick<AlertFacts, 'id' | 'channels' | 'state'>,
  now: Date,
): Promise<void> {
  if (alert.state !== 'RINGING' && alert.state !== 'SNOOZED') return
  const steps = stepsInstead(await readRungs(tx, alert.id), alert.channels)
  await planSteps(
    tx,
    steps.map(({ channel, step, template, afterMs }) => ({
      alertId: alert.id,
      channel,
      step,
      template,
      dueAt: new Date(now.getTime() + afterMs),
    })),
  )
}
