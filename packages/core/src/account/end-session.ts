import { authorise } from '../auth/access.ts'
import type { Revocations } from '../auth/revocations.ts'
import { announceEnded, endFamilies } from '../auth/session-ends.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'

/** Ends one of one's own sessions, with the access tokens it gave out. @throws AppError UNAUTHENTICATED, NOT_FOUND */
export async function endSession(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config'> & { revocations: Revocations },
  actor: Actor,
  { sessionId }: { sessionId: string },
): Promise<void> {
  const { userId } = authorise(actor, 'user')
  const where = { familyId: sessionId, userId, revokedAt: null, expiresAt: { gt: ctx.clock.now() } }
  if (!(await ctx.db.refreshToken.findFirst({ where }))) throw notFound('session')
  await announceEnded(ctx, await ctx.db.$transaction((tx) => endFamilies(tx, ctx, [sessionId])))
}
