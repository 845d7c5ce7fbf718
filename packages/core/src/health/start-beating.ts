import type { Ctx } from '../context.ts'
import { BEAT_EVERY_MS, beatWorker } from './beat-worker.ts'

/** Says again and again that this worker lives, and at once when Redis comes back, until stopped. */
export function startBeating(ctx: Pick<Ctx, 'redis' | 'config' | 'clock'>): { stop(): void } {
  const timer = setInterval(() => void beatWorker(ctx), BEAT_EVERY_MS)
  ctx.redis.onBack(() => void beatWorker(ctx))
  void beatWorker(ctx)
  return {
    stop() {
      clearInterval(timer)
    },
  }
}
