import { authorise } from '../auth/access.ts'
import { type CacheCtx, clearCache } from '../cache/cache.ts'
import type { Actor } from '../context.ts'
import { CACHE_CLEARED } from './messages.ts'

/**
 * Deletes every cached list, and nothing else that is in Redis: seat locks and queued jobs stay. Admins only.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN; RedisAway, in which case this process reads afresh all the same
 */
export async function clearCatalogCache(
  ctx: CacheCtx,
  { actor }: { actor: Actor },
): Promise<{ message: string; cleared: number; at: string }> {
  authorise(actor, 'cache.clear')
  const cleared = await clearCache(ctx)
  return { message: CACHE_CLEARED, cleared, at: ctx.clock.now().toISOString() }
}
