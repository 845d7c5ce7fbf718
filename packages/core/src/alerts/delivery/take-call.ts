import type { Ctx } from '../../context.ts'
import type { AlertAttempt, Prisma } from '../../generated/prisma/client.ts'
import { type AlertFacts, readAlertFacts } from './alert-facts.ts'
import { askMaySend } from './ask-may-send.ts'
import { giveBack } from './contact-of.ts'
import { isEarly } from './is-early.ts'
import { MERGE_WITHIN_MS } from './ladder.ts'
import { LADDER_TX, lockAlerts, lockContact } from './lock-alerts.ts'
import { settleDecision } from './settle-decision.ts'

type Tx = Prisma.TransactionClient
type TakeCtx = Pick<Ctx, 'db' | 'config' | 'clock'>
export type TakenCall = { attemptId: string; number: string; contactId: string; alerts: AlertFacts[]; at: Date }

/** Films spoken of in one call: more would not fit into its twenty seconds. */
const MOST_FILMS = 3

/**
 * Takes a call: everything is asked once more under the lock of the number, other calls to it that are due are made one
 * with this one, and the intent to dial is committed. From then on nobody dials it again, whatever happens to us. Null
 * when it is not to be placed now, or somebody else has it.
 */
export async function takeCall(ctx: TakeCtx, { attemptId }: { attemptId: string }): Promise<TakenCall | null> {
  const first = await ctx.db.alertAttempt.findUnique({
    where: { id: attemptId },
    include: { alert: { select: { subscription: { select: { phoneContactId: true } } } } },
  })
  if (first?.state !== 'PLANNED' || first.channel !== 'call') return null
  const contactId = first.alert.subscription.phoneContactId
  return ctx.db.$transaction(async (tx) => {
    const now = ctx.clock.now()
    if (contactId) await lockContact(tx, contactId)
    const due = await findDue(tx, first, contactId, now)
    await lockAlerts(
      tx,
      due.map((one) => one.alertId),
    )
    // Read again: one of them may have been answered while we waited for the locks.
    const attempts = await tx.alertAttempt.findMany({
      where: { id: { in: due.map(({ id }) => id) }, state: 'PLANNED' },
    })
    const main = attempts.find(({ id }) => id === attemptId)
    if (!main || isEarly(main, now)) return null
    const facts = await readAlertFacts(
      tx,
      attempts.map((one) => one.alertId),
    )
    const factsOf = (attempt: AlertAttempt) => facts.find(({ id }) => id === attempt.alertId)
    const alert = factsOf(main)
    if (!alert) return null
    // Another number this very moment: the schedule gives the step again, for that one.
    if (alert.phoneContactId !== contactId) return giveBack(tx, attemptId)
    const { decision, recipient } = await askMaySend(ctx, tx, { alert, channel: 'call', contactId, now })
    if (decision.do !== 'send' || !recipient) {
      if (decision.do !== 'send') await settleDecision(tx, main.id, alert, decision, now)
      return null
    }
    const together: { attempt: AlertAttempt; alert: AlertFacts }[] = []
    for (const attempt of attempts) {
      const other = factsOf(attempt)
      if (attempt.id === main.id || other?.phoneContactId !== contactId || together.length >= MOST_FILMS - 1) continue
      const asked = await askMaySend(ctx, tx, { alert: other, channel: 'call', contactId, now })
      if (asked.decision.do === 'send') together.push({ attempt, alert: other })
    }
    await commitIntent(
      tx,
      { id: main.id, contactId },
      together.map(({ attempt }) => attempt.id),
      now,
    )
    const alerts = [alert, ...together.map((one) => one.alert)]
    const snoozed = alerts.filter(({ state }) => state === 'SNOOZED').map(({ id }) => id)
    if (snoozed.length > 0) await tx.alert.updateMany({ where: { id: { in: snoozed } }, data: { state: 'RINGING' } })
    return { attemptId: main.id, number: recipient.value, contactId: recipient.contact.id, alerts, at: now }
  }, LADDER_TX)
}

/** This call and what else is due to its number at about this moment, by another alert. */
async function findDue(
  tx: Tx,
  main: AlertAttempt,
  contactId: string | null,
  now: Date,
): Promise<{ id: string; alertId: string }[]> {
  const others = contactId
    ? await tx.alertAttempt.findMany({
        where: {
          alert: { subscription: { phoneContactId: contactId } },
          channel: 'call',
          state: 'PLANNED',
          dueAt: { lte: new Date(now.getTime() + MERGE_WITHIN_MS) },
          alertId: { not: main.alertId },
        },
        orderBy: [{ dueAt: 'asc' }, { position: 'asc' }, { id: 'asc' }],
        take: MOST_FILMS * 2,
        select: { id: true, alertId: true },
      })
    : []
  return [{ id: main.id, alertId: main.alertId }, ...others]
}

async function commitIntent(
  tx: Tx,
  main: { id: string; contactId: string | null },
  otherIds: string[],
  now: Date,
): Promise<void> {
  const data = { contactId: main.contactId, state: 'SENDING', sentAt: now, tries: { increment: 1 }, why: null } as const
  await tx.alertAttempt.update({ where: { id: main.id }, data })
  if (otherIds.length > 0)
    await tx.alertAttempt.updateMany({ where: { id: { in: otherIds } }, data: { ...data, mergedIntoId: main.id } })
}
