import type { ServiceHealth } from '@marquee/contracts/health'
import type { Ctx } from '../context.ts'
import { answers } from './answers.ts'

/** How long Redis takes to answer, in milliseconds to the microsecond. */
export async function getRedisHealth(ctx: Pick<Ctx, 'redis' | 'clock'>): Promise<ServiceHealth> {
  const startedAt = performance.now()
  const connected = await answers(ctx.redis.run((client) => client.ping()))
  const latencyMs = connected ? Math.round((performance.now() - startedAt) * 1_000) / 1_000 : null
  return { status: connected ? 'connected' : 'down', latencyMs, now: ctx.clock.now().toISOString() }
}
