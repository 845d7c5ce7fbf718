import type { AttemptState, Prisma } from '../../generated/prisma/client.ts'
import { noteOptOut } from '../opt-outs/note-opt-out.ts'
import type { CallStanding } from './apply-receipt.ts'
import { dropPlanned, settleLadders } from './end-ladder.ts'
import { retryAfter, SNOOZE_MS } from './ladder.ts'
import { planSteps, readRungs } from './plan-steps.ts'
import { planInstead } from './settle-decision.ts'
import { snoozeLocked } from './snooze-locked.ts'

type Tx = Prisma.TransactionClient
type CalledAlert = { id: string; state: string; channels: string[] }

/**
 * What a call's new standing means for the alerts it spoke of. Repeatable, and the same in any order of messages. Their
 * rows are locked by the caller.
 */
export async function settleCall(
  tx: Tx,
  call: {
    before: CallStanding
    after: CallStanding
    /** Our words were fetched, and by no machine. */
    heard: boolean
    contactId: string | null
    alertIds: string[]
    now: Date
  },
): Promise<void> {
  const { before, after, heard, alertIds, now } = call
  const pressed = (key: string) => after.keys.includes(key)
  if (pressed('9')) await optOut(tx, call)
  else if (pressed('1')) await acknowledgeCalled(tx, alertIds, now, true)
  else if (pressed('2') && !before.keys.includes('2')) {
    const until = new Date(now.getTime() + SNOOZE_MS)
    for (const alertId of alertIds)
      if ((await snoozeLocked(tx, alertId, until, now)) === 'nothing-left')
        await acknowledgeCalled(tx, [alertId], now, true)
  } else if (after.state === 'DELIVERED' && !after.keys && heard) {
    // Somebody listened and hung up: they know.
    await acknowledgeCalled(tx, alertIds, now, false)
  }
  const unheard = after.state === 'DELIVERED' && !after.keys && !heard
  if (heard && (after.state === 'BUSY' || after.state === 'NO_ANSWER')) {
    // It contradicts itself, in whatever order: somebody may have listened, so nobody calls again.
    await dropPlanned(tx, alertIds, 'somebody may have taken the call', now, 'call.retry')
    await settleEnd(tx, 'FAILED', alertIds, now)
  } else if (after.state !== before.state) await settleEnd(tx, unheard ? 'FAILED' : after.state, alertIds, now)
  await settleLadders(tx, alertIds)
}

async function settleEnd(tx: Tx, state: AttemptState, alertIds: string[], now: Date): Promise<void> {
  if (state === 'MACHINE') await takeBackAcknowledgement(tx, alertIds)
  if (state !== 'BUSY' && state !== 'NO_ANSWER' && state !== 'MACHINE' && state !== 'FAILED') return
  for (const alert of await readCalled(tx, alertIds)) {
    if (alert.state !== 'RINGING') continue
    const retry = state === 'BUSY' || state === 'NO_ANSWER' ? retryAfter(await readRungs(tx, alert.id)) : null
    if (retry) {
      const { channel, step, template, afterMs } = retry
      await planSteps(tx, [{ alertId: alert.id, channel, step, template, dueAt: new Date(now.getTime() + afterMs) }])
    } else await planInstead(tx, { ...alert, state: 'RINGING' }, now)
  }
}

const readCalled = (tx: Tx, alertIds: string[]) => tx.$queryRaw<CalledAlert[]>`
  select a.id, a.state::text as state, s.channels from alerts a join alert_subscriptions s on s.id = a.subscription_id
   where a.id = any(${alertIds}::uuid[]) order by a.id`

/** `pressed`: key 1 counts whatever was before, a call that only ended leaves a snooze alone. */
async function acknowledgeCalled(tx: Tx, alertIds: string[], now: Date, pressed: boolean): Promise<void> {
  const { count } = await tx.alert.updateMany({
    where: {
      id: { in: alertIds },
      state: { in: pressed ? ['RINGING', 'SNOOZED', 'EXHAUSTED'] : ['RINGING', 'EXHAUSTED'] },
    },
    data: { state: 'ACKNOWLEDGED', acknowledgedBy: 'call', acknowledgedAt: now },
  })
  if (count > 0) await dropPlanned(tx, alertIds, 'acknowledged', now)
}

/** The call had ended before its carrier said that a machine had listened. */
const takeBackAcknowledgement = (tx: Tx, alertIds: string[]) =>
  tx.alert.updateMany({
    where: { id: { in: alertIds }, state: 'ACKNOWLEDGED', acknowledgedBy: 'call', attempts: { every: { keys: '' } } },
    data: { state: 'RINGING', acknowledgedBy: null, acknowledgedAt: null },
  })

async function optOut(tx: Tx, call: { contactId: string | null; alertIds: string[]; now: Date }): Promise<void> {
  const { contactId, alertIds, now } = call
  const contact = contactId
    ? await tx.contactPoint.findUnique({ where: { id: contactId }, select: { hash: true } })
    : null
  if (contact) await noteOptOut(tx, { hash: contact.hash, channels: ['call'], how: 'key-9', at: now })
  await tx.alert.updateMany({
    where: { id: { in: alertIds }, state: { not: 'SUPPRESSED' } },
    data: { state: 'OPTED_OUT' },
  })
  await dropPlanned(tx, alertIds, 'opted out', now)
}
