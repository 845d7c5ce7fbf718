import type { Actor, Ctx } from '../context.ts'
import { hashSecret } from '../ids.ts'
import type { Revocations } from './revocations.ts'
import { announceEnded, endFamilies, revokeUntil } from './session-ends.ts'

type Input = { actor: Actor; refreshToken: string | undefined }

/**
 * Ends a session: its refresh tokens, and every access token it gave out. Repeating it, or having none, is no error.
 * The access tokens are refused here at once, by other processes when Redis tells them, or within two seconds.
 */
export async function logoutUser(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config'> & { revocations: Revocations },
  { actor, refreshToken }: Input,
): Promise<void> {
  const token = refreshToken
    ? await ctx.db.refreshToken.findUnique({ where: { tokenHash: hashSecret(refreshToken) } })
    : null
  const mine = actor.kind === 'user' ? actor : undefined
  const families = [token?.familyId, mine?.sessionId].filter((id) => id !== undefined)
  const ended = await ctx.db.$transaction(async (tx) => {
    const sessions = await endFamilies(tx, ctx, [...new Set(families)])
    return mine ? [...sessions, ...(await revokeUntil(tx, ctx, [mine.jti]))] : sessions
  })
  await announceEnded(ctx, ended)
}
