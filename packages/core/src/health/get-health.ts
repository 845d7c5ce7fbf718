import type { Health } from '@marquee/contracts/health'
import type { Ctx } from '../context.ts'
import { answers } from './answers.ts'
import { beatKey } from './beat-worker.ts'
import { VERSION } from './version.ts'

/** Degraded: tickets still sell, but slower (no Redis) or their mails wait (no worker). */
export async function getHealth(ctx: Pick<Ctx, 'pool' | 'redis' | 'config' | 'clock'>): Promise<Health> {
  const [database, redis, beat] = await Promise.all([
    answers(ctx.pool.query('select 1')),
    answers(ctx.redis.run((client) => client.ping())),
    ctx.redis.run((client) => client.get(beatKey(ctx))).catch(() => null),
  ])
  const worker = beat !== null
  return {
    status: !database ? 'down' : redis && worker ? 'ok' : 'degraded',
    database: database ? 'connected' : 'down',
    redis: redis ? 'connected' : 'down',
    worker: worker ? 'running' : 'away',
    uptimeSeconds: Math.round(process.uptime()),
    version: VERSION,
    now: ctx.clock.now().toISOString(),
  }
}
