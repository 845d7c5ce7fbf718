import type { AlertChannel } from '@marquee/contracts/alerts'
import type { Ctx } from '../../context.ts'
import { type AlertFacts, readAlertFacts } from './alert-facts.ts'
import { askMaySend, type Recipient } from './ask-may-send.ts'
import { contactOf, giveBack } from './contact-of.ts'
import { isEarly } from './is-early.ts'
import { LADDER_TX, lockAlerts, lockContact } from './lock-alerts.ts'
import { settleDecision } from './settle-decision.ts'

export type TakenMessage = {
  attemptId: string
  channel: Exclude<AlertChannel, 'call'>
  template: string
  alert: AlertFacts
  recipient: Recipient | null
}

/**
 * Takes a written step: everything is asked once more and the intent to send is committed, in one short transaction. From
 * then on nobody else sends it. Null when it is not to be sent now, or somebody else has it.
 */
export async function takeMessage(
  ctx: Pick<Ctx, 'db' | 'config' | 'clock'>,
  { attemptId }: { attemptId: string },
): Promise<TakenMessage | null> {
  const first = await ctx.db.alertAttempt.findUnique({
    where: { id: attemptId },
    select: {
      alertId: true,
      channel: true,
      state: true,
      alert: { select: { subscription: { select: { phoneContactId: true, emailContactId: true } } } },
    },
  })
  if (first?.state !== 'PLANNED' || first.channel === 'call') return null
  const { alertId } = first
  const channel = first.channel as TakenMessage['channel']
  const contactId = contactOf(first.alert.subscription, channel)
  return ctx.db.$transaction(async (tx) => {
    const now = ctx.clock.now()
    // Texts of one number are counted: one after the other.
    if (contactId && channel === 'sms') await lockContact(tx, contactId)
    await lockAlerts(tx, [alertId])
    const attempt = await tx.alertAttempt.findUnique({ where: { id: attemptId } })
    const [alert] = await readAlertFacts(tx, [alertId])
    if (!alert || attempt?.state !== 'PLANNED' || isEarly(attempt, now)) return null
    // Another number or address this very moment: the schedule gives the step again, for that one.
    if (contactOf(alert, channel) !== contactId) return giveBack(tx, attemptId)
    const { decision, recipient } = await askMaySend(ctx, tx, { alert, channel, contactId, now })
    if (decision.do !== 'send') {
      await settleDecision(tx, attemptId, alert, decision, now)
      return null
    }
    if (alert.state === 'SNOOZED') await tx.alert.update({ where: { id: alertId }, data: { state: 'RINGING' } })
    await tx.alertAttempt.update({
      where: { id: attemptId },
      data: { contactId, state: 'SENDING', sentAt: now, tries: { increment: 1 }, why: null },
    })
    return { attemptId, channel, template: attempt.template, alert, recipient }
  }, LADDER_TX)
}
