import type { VoiceError } from '@marquee/providers/voice/voice-caller'
import type { Ctx } from '../../context.ts'
import { hangUpCalls } from './hang-up-calls.ts'
import { noteOutcome, type VendorOutcome } from './note-outcome.ts'
import { type TakenCall, takeCall } from './take-call.ts'

type CallCtx = Pick<Ctx, 'db' | 'config' | 'clock' | 'log' | 'voice' | 'crashPoint'>

const RING_SECONDS = 30
/** After the intent. Well before `reconcileAttempts` takes us for dead. */
const DIAL_WITHIN_MS = 20_000
/** Twenty seconds of words, a key, and a little patience. */
const LIMIT_SECONDS = 60

/**
 * Places one call, once. The intent is committed before the carrier is asked, so whoever comes after a crash knows that a
 * phone may be ringing and does not dial: `reconcileAttempts` asks the carrier instead.
 */
export async function placeCall(ctx: CallCtx, { attemptId }: { attemptId: string }): Promise<void> {
  const taken = await takeCall(ctx, { attemptId })
  if (!taken) return
  ctx.crashPoint('alert:after-intent')
  // Held up for so long that somebody may have settled it as unknown by now: then it stays that.
  if (ctx.clock.now().getTime() - taken.at.getTime() > DIAL_WITHIN_MS) return
  const outcome = await dial(ctx, taken)
  ctx.crashPoint('alert:after-vendor')
  await noteOutcome(ctx, attemptId, outcome)
  if (outcome.kind === 'accepted') await hangUpIfOver(ctx, attemptId)
}

/** Somebody may have answered in another way, paused or left while the carrier was being asked: then it need not ring. */
async function hangUpIfOver(ctx: CallCtx, attemptId: string): Promise<void> {
  const { alertId, alert } = await ctx.db.alertAttempt.findUniqueOrThrow({
    where: { id: attemptId },
    select: { alertId: true, alert: { select: { state: true } } },
  })
  if (alert.state !== 'RINGING') await hangUpCalls(ctx, [alertId])
}

async function dial(ctx: CallCtx, { attemptId, number }: TakenCall): Promise<VendorOutcome> {
  const address = (what: string) => `${ctx.config.http.publicBaseUrl}/api/voice/{carrier}/${what}/${attemptId}`
  try {
    const { carrier, providerCallId } = await ctx.voice.place({
      to: number,
      answerUrl: address('answer'),
      statusUrl: address('status'),
      ringSeconds: RING_SECONDS,
      limitSeconds: LIMIT_SECONDS,
    })
    return { kind: 'accepted', provider: carrier, providerId: providerCallId }
  } catch (error) {
    // Of what nobody foresaw nobody knows how far it came.
    const { message: why = '', outcome = 'unknown', ours, carrier } = error as Partial<VoiceError>
    if (ours) ctx.log.error({ err: error }, 'the carrier refuses us: its settings need mending')
    if (outcome === 'unknown') return { kind: 'unknown', why, provider: carrier ?? null }
    return outcome === 'refused' ? { kind: 'refused', why, badNumber: true } : { kind: 'not-sent', why }
  }
}
