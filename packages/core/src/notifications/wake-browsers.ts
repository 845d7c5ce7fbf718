import type { PushMessage } from '@marquee/providers/push/push-sender'
import type { Ctx } from '../context.ts'

/** A browser that could not be reached for this long is forgotten. */
const GIVE_UP_AFTER_MS = 14 * 24 * 3_600_000

export type Woken = { woken: number; failed: number; why: string | null }

/**
 * Shows a message in every browser of an account that agreed to it. Those that do not want it any more are forgotten.
 * Never throws for what a push service does: `why` says it in words, for whoever asks what became of it.
 */
export async function wakeBrowsers(
  ctx: Pick<Ctx, 'db' | 'push' | 'clock' | 'log'>,
  userId: string,
  message: PushMessage,
): Promise<Woken> {
  const { push } = ctx
  if (!push) return { woken: 0, failed: 0, why: 'web push is not set up here' }
  const endpoints = await ctx.db.pushEndpoint.findMany({ where: { userId } })
  if (endpoints.length === 0) return { woken: 0, failed: 0, why: 'no browser of this account agreed to it' }
  const now = ctx.clock.now()
  const outcomes = await Promise.all(
    endpoints.map(async ({ id, endpoint, p256dh, auth, failedAt }) => {
      const outcome = await push.send({ endpoint, p256dh, auth }, message).catch((err: unknown) => {
        ctx.log.warn({ err }, 'a browser was not woken')
        return 'failed' as const
      })
      const given = outcome === 'failed' && failedAt && now.getTime() - failedAt.getTime() > GIVE_UP_AFTER_MS
      if (outcome === 'gone' || given) await ctx.db.pushEndpoint.deleteMany({ where: { id } })
      else if (outcome === 'failed' && !failedAt)
        await ctx.db.pushEndpoint.updateMany({ where: { id }, data: { failedAt: now } })
      else if (outcome === 'sent' && failedAt)
        await ctx.db.pushEndpoint.updateMany({ where: { id }, data: { failedAt: null } })
      return outcome
    }),
  )
  const woken = outcomes.filter((outcome) => outcome === 'sent').length
  const failed = outcomes.length - woken
  return { woken, failed, why: woken > 0 ? null : 'no browser could be reached' }
}
