import type { CallEvent } from '@marquee/providers/voice/voice-caller'
import type { Ctx } from '../../context.ts'
import type { AlertAttempt, Prisma } from '../../generated/prisma/client.ts'
import { newId } from '../../ids.ts'
import { applyCallNews, isOver } from './apply-receipt.ts'
import { LADDER_TX, lockAlerts } from './lock-alerts.ts'
import { settleCall } from './settle-call.ts'

type EventCtx = Pick<Ctx, 'db' | 'clock' | 'log'>
type Tx = Prisma.TransactionClient

/**
 * A carrier's message about a call: kept as it came, and the attempt moved forward by it. Any number of times, in any
 * order; one about a call that we do not know is kept as well. `words`: it is the carrier asking what to say, and it gets
 * them: only then can somebody have heard.
 * @returns the alerts the call speaks of; null when it is none of ours
 */
export async function receiveCallEvent(
  ctx: EventCtx,
  given: { provider: string; attemptId: string; event: CallEvent; words?: boolean },
): Promise<{ alertIds: string[] } | null> {
  const { provider, attemptId, event, words = false } = given
  const ours = await ctx.db.alertAttempt.findFirst({
    where: { id: attemptId, channel: 'call' },
    include: { alert: { select: { id: true } } },
  })
  const merged = ours
    ? await ctx.db.alertAttempt.findMany({ where: { mergedIntoId: attemptId }, select: { alertId: true } })
    : []
  const alertIds = ours ? [ours.alertId, ...merged.map(({ alertId }) => alertId)] : []
  return ctx.db.$transaction(async (tx) => {
    const now = ctx.clock.now()
    if (ours) await lockAlerts(tx, alertIds)
    await keepReceipt(tx, { provider, attemptId: ours ? attemptId : null, event, now })
    const attempt = ours && (await tx.alertAttempt.findUnique({ where: { id: attemptId } }))
    if (!attempt || !isAbout(attempt, provider, event)) {
      ctx.log.warn({ provider, attemptId, status: event.status }, 'a message about a call we do not know')
      return null
    }
    if (words) await keepReceipt(tx, { provider, attemptId, event, now, status: 'words' })
    await moveOn(tx, attempt, provider, event, alertIds, now)
    return { alertIds }
  }, LADDER_TX)
}

/** The address was ours; the call must be the one we placed, or the first we hear of one whose answer was lost. */
const isAbout = (attempt: AlertAttempt, provider: string, event: CallEvent) =>
  attempt.providerId === null || (attempt.provider === provider && attempt.providerId === event.providerCallId)

async function moveOn(
  tx: Tx,
  attempt: AlertAttempt,
  provider: string,
  event: CallEvent,
  alertIds: string[],
  now: Date,
): Promise<void> {
  const before = { state: attempt.state, keys: attempt.keys }
  const after = applyCallNews(before, event)
  const { state, keys } = after
  const both = { OR: [{ id: attempt.id }, { mergedIntoId: attempt.id }] }
  const answered = state === 'ANSWERED' || state === 'DELIVERED' || event.status === 'answered'
  await tx.alertAttempt.updateMany({
    where: both,
    data: {
      state,
      keys,
      sentAt: attempt.sentAt ?? now,
      acceptedAt: attempt.acceptedAt ?? now,
      ...(answered && { answeredAt: attempt.answeredAt ?? now }),
      ...(event.answeredBy && { answeredBy: event.answeredBy }),
      ...(isOver(state) && { endedAt: attempt.endedAt ?? now }),
      ...(event.cause && isOver(state) && { why: event.cause }),
    },
  })
  if (attempt.providerId === null && event.providerCallId)
    await tx.alertAttempt.update({ where: { id: attempt.id }, data: { provider, providerId: event.providerCallId } })
  if (event.invalidNumber && attempt.contactId)
    await tx.contactPoint.updateMany({ where: { id: attempt.contactId, suspectAt: null }, data: { suspectAt: now } })
  const heard = state !== 'MACHINE' && (await wasHeard(tx, attempt.id))
  if (state === 'DELIVERED' && !heard && !keys)
    await tx.alertAttempt.updateMany({
      where: both,
      data: { why: 'the carrier did not fetch our words: nothing was said' },
    })
  await settleCall(tx, { before, after, heard, contactId: attempt.contactId, alertIds, now })
}

const wasHeard = async (tx: Tx, attemptId: string) =>
  (await tx.carrierReceipt.count({ where: { attemptId, status: 'words' } })) > 0

/** Append-only. The same message a second time is the same row. */
export async function keepReceipt(
  tx: Tx,
  given: { provider: string; attemptId: string | null; event: CallEvent; now: Date; status?: string },
): Promise<void> {
  const { provider, attemptId, event, now } = given
  const { answeredBy, key, cause, invalidNumber, durationSeconds } = event
  await tx.carrierReceipt.createMany({
    data: [
      {
        id: newId(),
        provider,
        providerId: event.providerCallId,
        status: given.status ?? (event.key ? 'key' : (event.status ?? answeredBy ?? 'note')),
        sequence: event.sequence,
        attemptId,
        payload: { answeredBy, key, cause, invalidNumber, durationSeconds },
        at: now,
      },
    ],
    skipDuplicates: true,
  })
}
