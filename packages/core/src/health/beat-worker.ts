import type { Ctx } from '../context.ts'

/** A worker that has not been heard of for this long counts as away; it beats three times as often. */
const AWAY_AFTER_MS = 15_000
export const BEAT_EVERY_MS = 5_000

export const beatKey = (ctx: Pick<Ctx, 'config'>) => `${ctx.config.holds.prefix}:worker:heartbeat`

/** Says that a worker is running. Redis being away is no error of the worker's. */
export async function beatWorker(ctx: Pick<Ctx, 'redis' | 'config' | 'clock'>): Promise<void> {
  await ctx.redis
    .run((client) => client.set(beatKey(ctx), ctx.clock.now().toISOString(), 'PX', AWAY_AFTER_MS))
    .catch(() => {})
}
