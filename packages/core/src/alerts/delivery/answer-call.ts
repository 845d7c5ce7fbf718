import type { CallEvent, CallScript } from '@marquee/providers/voice/voice-caller'
import type { Ctx } from '../../context.ts'
import { readAlertFacts } from './alert-facts.ts'
import { alertScript, lastWords, silence, testScript } from './call-script.ts'
import { receiveCallEvent } from './receive-call-event.ts'

type AnswerCtx = Pick<Ctx, 'db' | 'clock' | 'log' | 'config'>

/**
 * Somebody picked up: what is said to them. To a machine nothing. To whoever answered on another way meanwhile only that.
 */
export async function answerCall(
  ctx: AnswerCtx,
  given: { provider: string; attemptId: string; event: CallEvent },
): Promise<CallScript> {
  const { provider, attemptId, event } = given
  const keyUrl = `${ctx.config.http.publicBaseUrl}/api/voice/${provider}/keys/${attemptId}`
  const words = event.answeredBy !== 'machine'
  const answered = { ...event, status: event.status ?? ('answered' as const) }
  const known = await receiveCallEvent(ctx, { provider, attemptId, event: answered, words })
  if (!words) return silence
  if (!known) return (await answerTest(ctx, attemptId, keyUrl)) ?? lastWords('unknown')
  const alerts = await readAlertFacts(ctx.db, known.alertIds)
  const wanted = alerts.filter(({ state }) => state !== 'ACKNOWLEDGED' && state !== 'OPTED_OUT')
  return wanted.length === 0 ? lastWords('over') : alertScript(wanted, keyUrl)
}

/** A test call goes by the id of its subscription: no opening stands behind it. */
async function answerTest(ctx: AnswerCtx, id: string, keyUrl: string): Promise<CallScript | null> {
  const subscription = await ctx.db.alertSubscription.findUnique({ where: { id }, select: { name: true } })
  return subscription && testScript(subscription.name, keyUrl)
}
