import type { Ctx } from '../context.ts'
import { classifyFault } from '../faults.ts'

/** Counts and, on the first one, starts the window: in one step, or a crash between the two would lock a key for ever. */
const COUNT = `local n = redis.call('INCR', KEYS[1])
if n == 1 or redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return { n, redis.call('PTTL', KEYS[1]) }`

/** Where attempts under a key are counted. */
export const limitKey = (ctx: Pick<Ctx, 'config'>, key: string) => `${ctx.config.holds.prefix}:limit:${key}`

export type AttemptCount = { count: number; resetMs: number }

/**
 * Counts one more attempt under a key, for all processes together.
 * @returns the attempts in the current window, this one included, and the milliseconds until it ends; null while Redis
 * is away, so that the caller can count by itself
 */
export async function countAttempt(
  ctx: Pick<Ctx, 'redis' | 'config'>,
  { key, windowSeconds }: { key: string; windowSeconds: number },
): Promise<AttemptCount | null> {
  try {
    const [count, resetMs] = (await ctx.redis.run((client) =>
      client.eval(COUNT, 1, limitKey(ctx, key), windowSeconds * 1_000),
    )) as [number, number]
    return { count, resetMs }
  } catch (error) {
    if (classifyFault(error) === 'unavailable') return null
    throw error
  }
}
