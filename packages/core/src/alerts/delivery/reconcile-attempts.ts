import type { FoundCall, VoiceCaller } from '@marquee/providers/voice/voice-caller'
import type { Ctx } from '../../context.ts'
import type { AlertAttempt, ContactPoint } from '../../generated/prisma/client.ts'
import { openContact } from '../contacts/contact-points.ts'
import { readAlertFacts } from './alert-facts.ts'
import { settleLadders } from './end-ladder.ts'
import { LADDER_TX, lockAlerts } from './lock-alerts.ts'
import { receiveCallEvent } from './receive-call-event.ts'
import { planInstead } from './settle-decision.ts'

type ReconcileCtx = Pick<Ctx, 'db' | 'clock' | 'log' | 'config' | 'voice'>
type Row = AlertAttempt & { contact: ContactPoint | null }

/** Longer than a vendor may take to answer, all carriers together: whoever is still sending then is dead. */
const DEAD_AFTER_MS = 60_000
/** A call lasts a minute at most; a carrier that has said nothing by then is asked. */
const SILENT_AFTER_MS = 3 * 60_000
/** A call that cannot be found for this long was never placed. */
const LOST_AFTER_MS = 5 * 60_000
/** And of one that never comes to an end nobody will know more. */
const GIVE_UP_AFTER_MS = 30 * 60_000
const BATCH = 100
/** Clocks of the carrier and ours. */
const SKEW_MS = 5_000

/**
 * Asks the carriers about calls whose end is not known: the answer was lost, the worker died, no message came. A call that
 * is found is adopted with its id; one that is not stays UNKNOWN for ever and is told in writing instead. Nothing is ever
 * dialled or texted again from here. Mails are: twice the same mail is one in a mail box, and none is worse.
 * @returns how many were asked about
 */
export async function reconcileAttempts(ctx: ReconcileCtx): Promise<number> {
  const now = ctx.clock.now().getTime()
  await settleWritten(ctx, new Date(now - DEAD_AFTER_MS))
  const rows = await ctx.db.alertAttempt.findMany({
    where: {
      channel: 'call',
      mergedIntoId: null,
      endedAt: null,
      OR: [
        { state: 'UNKNOWN' },
        { state: 'SENDING', sentAt: { lt: new Date(now - DEAD_AFTER_MS) } },
        { state: { in: ['ACCEPTED', 'RINGING', 'ANSWERED'] }, sentAt: { lt: new Date(now - SILENT_AFTER_MS) } },
      ],
    },
    orderBy: { sentAt: 'asc' },
    take: BATCH,
  })
  for (const row of rows) {
    const contact = row.contactId ? await ctx.db.contactPoint.findUnique({ where: { id: row.contactId } }) : null
    await reconcileCall(ctx, { ...row, contact }).catch(async (err: unknown) => {
      ctx.log.warn({ err, attemptId: row.id }, 'a carrier could not say what became of a call')
      // What it says later still counts; until then nobody waits, and the next call's turn comes.
      if (ageOf(ctx, row) > GIVE_UP_AFTER_MS) await giveUp(ctx, row.id, 'the carrier could not say what became of it')
    })
  }
  return rows.length
}

const ageOf = ({ clock }: Pick<Ctx, 'clock'>, { sentAt, dueAt }: Pick<Row, 'sentAt' | 'dueAt'>) =>
  clock.now().getTime() - (sentAt ?? dueAt).getTime()

async function reconcileCall(ctx: ReconcileCtx, row: Row): Promise<void> {
  const { provider, call } = await findCall(ctx, row)
  if (provider && call && call.status !== 'queued') {
    await receiveCallEvent(ctx, { provider, attemptId: row.id, event: eventOf(call) })
    const { endedAt } = await ctx.db.alertAttempt.findUniqueOrThrow({ where: { id: row.id } })
    if (endedAt) return
  }
  const age = ageOf(ctx, row)
  const enough = call ? age > GIVE_UP_AFTER_MS : age > LOST_AFTER_MS
  if (enough) await giveUp(ctx, row.id, call ? 'the call never ended' : 'the carrier knows of no such call')
}

async function findCall(ctx: ReconcileCtx, row: Row): Promise<{ provider: string | null; call: FoundCall | null }> {
  if (row.provider && row.providerId) {
    const call = (await ctx.voice.carrier(row.provider)?.look(row.providerId)) ?? null
    return { provider: row.provider, call }
  }
  if (!row.contact || !row.sentAt) return { provider: null, call: null }
  const number = openContact(ctx, row.contact)
  // Whoever died left no name: every carrier that may have been asked is.
  const names = row.provider ? [row.provider] : ctx.voice.carriers
  for (const provider of names) {
    const carrier = ctx.voice.carrier(provider)
    const call = carrier && (await findPlaced(ctx, carrier, number, row.sentAt))
    if (call) return { provider, call }
  }
  return { provider: null, call: null }
}

/** The call to this number of that minute which is not known to be another one. Between two there is always a minute. */
async function findPlaced(
  ctx: ReconcileCtx,
  carrier: VoiceCaller,
  number: string,
  sentAt: Date,
): Promise<FoundCall | null> {
  const from = new Date(sentAt.getTime() - SKEW_MS)
  const until = new Date(sentAt.getTime() + DEAD_AFTER_MS - SKEW_MS)
  const found = await carrier.find(number, from, until)
  const known = await ctx.db.alertAttempt.findMany({
    where: { provider: carrier.name, providerId: { in: found.map((call) => call.providerCallId) } },
    select: { providerId: true },
  })
  return found.find((call) => !known.some(({ providerId }) => providerId === call.providerCallId)) ?? null
}

const eventOf = ({ providerCallId, status }: FoundCall) => ({
  providerCallId,
  status,
  answeredBy: null,
  key: null,
  sequence: 'looked-up',
  cause: null,
  invalidNumber: false,
  durationSeconds: null,
})

async function giveUp(ctx: ReconcileCtx, attemptId: string, why: string): Promise<void> {
  const rows = await ctx.db.alertAttempt.findMany({
    where: { OR: [{ id: attemptId }, { mergedIntoId: attemptId }] },
    select: { alertId: true },
  })
  const alertIds = rows.map(({ alertId }) => alertId)
  await ctx.db.$transaction(async (tx) => {
    const now = ctx.clock.now()
    await lockAlerts(tx, alertIds)
    const { count } = await tx.alertAttempt.updateMany({
      where: {
        OR: [{ id: attemptId }, { mergedIntoId: attemptId }],
        state: { in: ['SENDING', 'UNKNOWN', 'ACCEPTED', 'RINGING', 'ANSWERED'] },
        endedAt: null,
      },
      data: { state: 'UNKNOWN', endedAt: now, why },
    })
    if (count === 0) return
    for (const alert of await readAlertFacts(tx, alertIds)) await planInstead(tx, alert, now)
    await settleLadders(tx, alertIds)
  }, LADDER_TX)
}

/** Texts of a dead worker may have gone out and stay unknown; mails and lines under the bell go again under their own key. */
async function settleWritten(ctx: ReconcileCtx, before: Date): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.alertAttempt.updateMany({
    where: { channel: { in: ['email', 'in_app', 'push'] }, state: 'SENDING', sentAt: { lt: before } },
    data: { state: 'PLANNED', sentAt: null, queuedAt: null, dueAt: now },
  })
  const texts = await ctx.db.alertAttempt.findMany({
    where: { channel: 'sms', endedAt: null, OR: [{ state: 'SENDING', sentAt: { lt: before } }, { state: 'UNKNOWN' }] },
    select: { id: true, alertId: true },
    take: BATCH,
  })
  for (const { id, alertId } of texts) {
    await ctx.db.$transaction(async (tx) => {
      await lockAlerts(tx, [alertId])
      const { count } = await tx.alertAttempt.updateMany({
        where: { id, state: { in: ['SENDING', 'UNKNOWN'] }, endedAt: null },
        data: { state: 'UNKNOWN', endedAt: now, why: 'nobody knows whether it went out' },
      })
      if (count === 0) return
      for (const alert of await readAlertFacts(tx, [alertId])) await planInstead(tx, alert, now)
      await settleLadders(tx, [alertId])
    }, LADDER_TX)
  }
}
