import type { CallEvent, CallScript } from '@marquee/providers/voice/voice-caller'
import type { Ctx } from '../../context.ts'
import { noteOptOut } from '../opt-outs/note-opt-out.ts'
import { lastWords } from './call-script.ts'
import { receiveCallEvent } from './receive-call-event.ts'

type KeyCtx = Pick<Ctx, 'db' | 'clock' | 'log'>

/** A key was pressed on a call: done at once, and confirmed in a few words. */
export async function pressKey(
  ctx: KeyCtx,
  given: { provider: string; attemptId: string; event: CallEvent },
): Promise<CallScript> {
  const known = await receiveCallEvent(ctx, given)
  const { key } = given.event
  if (!known) return pressOnTest(ctx, given.attemptId, key)
  if (key === '9') return lastWords('opted-out')
  if (key === '1') return lastWords('acknowledged')
  if (key !== '2') return lastWords('unknown')
  const next = await ctx.db.alertAttempt.findMany({
    where: { alertId: { in: known.alertIds }, template: { endsWith: '.snoozed' }, state: 'PLANNED' },
    select: { channel: true },
  })
  if (next.length === 0) return lastWords('nothing-left')
  return lastWords(next.some(({ channel }) => channel === 'call') ? 'snoozed' : 'snoozed-text')
}

async function pressOnTest(ctx: KeyCtx, id: string, key: string | null): Promise<CallScript> {
  const subscription = await ctx.db.alertSubscription.findUnique({ where: { id }, select: { phoneContact: true } })
  const hash = subscription?.phoneContact?.hash
  if (key !== '9' || !hash) return lastWords('unknown')
  const at = ctx.clock.now()
  await ctx.db.$transaction((tx) => noteOptOut(tx, { hash, channels: ['call'], how: 'key-9', at }))
  return lastWords('opted-out')
}
