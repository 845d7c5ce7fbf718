import type { CallEvent } from '@marquee/providers/voice/voice-caller'
import type { Ctx } from '../../context.ts'

/** A machine listens and the call goes on: it is ended. Carriers that do so by themselves have ended it by now. */
export async function hangUpOnMachine(
  ctx: Pick<Ctx, 'voice' | 'log'>,
  { provider, event }: { provider: string; event: CallEvent },
): Promise<void> {
  const over = event.status !== null && event.status !== 'answered' && event.status !== 'ringing'
  if (event.answeredBy !== 'machine' || over) return
  await ctx.voice
    .carrier(provider)
    ?.hangUp(event.providerCallId)
    .catch((err: unknown) => ctx.log.warn({ err }, 'a call to a machine was not hung up'))
}
