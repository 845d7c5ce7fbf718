import type { SessionList } from '@marquee/contracts/account'
import { authorise } from '../auth/access.ts'
import { MOST_SESSIONS } from '../auth/refresh-tokens.ts'
import type { Actor, Ctx } from '../context.ts'

/** Where one is signed in, the one used last first. @throws AppError UNAUTHENTICATED */
export async function listSessions(ctx: Pick<Ctx, 'db' | 'clock'>, actor: Actor): Promise<SessionList> {
  const { userId, sessionId } = authorise(actor, 'user')
  // Every session that lives has exactly one token that was not used yet: its last.
  const last = await ctx.db.refreshToken.findMany({
    where: { userId, usedAt: null, revokedAt: null, expiresAt: { gt: ctx.clock.now() } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MOST_SESSIONS,
  })
  return {
    items: last.map((token) => ({
      id: token.familyId,
      device: token.device || 'An unknown device',
      startedAt: startOf(token.familyId).toISOString(),
      lastUsedAt: token.createdAt.toISOString(),
      current: token.familyId === sessionId,
    })),
  }
}

/** A session's id begins with the milliseconds of its start; its first tokens are forgotten long before it ends. */
export const startOf = (sessionId: string) => new Date(Number.parseInt(sessionId.replace('-', '').slice(0, 12), 16))
