import { authorise } from '../auth/access.ts'
import type { Revocations } from '../auth/revocations.ts'
import { announceEnded, endSessionsOf } from '../auth/session-ends.ts'
import type { Actor, Ctx } from '../context.ts'

/**
 * Sign out everywhere, here too: no session of this person renews, and no access token given out before is taken. It is
 * so in this process at once, in the others when Redis tells them, or within two seconds.
 * @throws AppError UNAUTHENTICATED
 */
export async function endAllSessions(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config'> & { revocations: Revocations },
  actor: Actor,
): Promise<void> {
  const { userId, jti } = authorise(actor, 'user')
  await announceEnded(ctx, await ctx.db.$transaction((tx) => endSessionsOf(tx, ctx, { userId, tokens: [jti] })))
}
