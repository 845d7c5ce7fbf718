import type { Ctx } from '../context.ts'
import { showtimesToSweep, sweepInRedis } from './seat-holds.ts'

/** How often ended holds are looked for. Buyers never wait for it: an ended hold is free at once; this is for the screens. */
export const SWEEP_EVERY_MS = 250

/** Shows ended holds as free, everywhere. Any number of processes may run it. @returns seats freed. @throws RedisAway */
export async function sweepHolds(ctx: Pick<Ctx, 'redis' | 'config' | 'pool'>): Promise<number> {
  let freed = 0
  for (const showtimeId of await showtimesToSweep(ctx, 200)) freed += await sweepInRedis(ctx, showtimeId)
  return freed
}

/** Runs sweepHolds until stopped. While Redis is away there is nothing to sweep. */
export function startSweeper(ctx: Pick<Ctx, 'redis' | 'config' | 'pool' | 'log'>): { stop(): Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout
  let running = Promise.resolve()
  const tick = async () => {
    if (ctx.redis.available)
      await sweepHolds(ctx).catch((err: unknown) => ctx.log.debug({ err }, 'sweep failed, next one will do'))
    if (!stopped) timer = setTimeout(start, SWEEP_EVERY_MS)
  }
  const start = () => {
    running = tick()
  }
  timer = setTimeout(start, SWEEP_EVERY_MS)
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
