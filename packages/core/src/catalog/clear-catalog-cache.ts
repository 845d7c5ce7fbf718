import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import { type CacheCtx, clearCache } from '../cache/cache.ts'
import type { Actor, Ctx } from '../context.ts'
import { CACHE_CLEARED } from './messages.ts'

/**
 * Deletes every cached list, and nothing else that is in Redis: seat locks and queued jobs stay. Admins only.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN; RedisAway, in which case this process reads afresh all the same
 */
export async function clearCatalogCache(
  ctx: CacheCtx & Pick<Ctx, 'db'>,
  { actor, origin }: { actor: Actor; origin?: Origin },
): Promise<{ message: string; cleared: number; at: string }> {
  authorise(actor, 'cache.clear')
  const cleared = await clearCache(ctx)
  const after = { cleared }
  await recordAudit(ctx.db, {
    actor,
    action: 'cache.clear',
    subjectType: 'cache',
    subjectId: 'catalogue',
    after,
    origin,
  })
  return { message: CACHE_CLEARED, cleared, at: ctx.clock.now().toISOString() }
}
