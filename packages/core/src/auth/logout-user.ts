import type { Actor, Ctx } from '../context.ts'
import { hashSecret } from '../ids.ts'
import { endFamily } from './refresh-tokens.ts'
import type { Revocations } from './revocations.ts'

type Input = { actor: Actor; refreshToken: string | undefined }

/**
 * Ends a session: its refresh tokens, and the access token it came with. Repeating it, or having none, is no error.
 * The access token is refused here at once, by other processes when Redis tells them, or within two seconds.
 */
export async function logoutUser(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config'> & { revocations: Revocations },
  { actor, refreshToken }: Input,
): Promise<void> {
  const now = ctx.clock.now()
  if (refreshToken) {
    const token = await ctx.db.refreshToken.findUnique({ where: { tokenHash: hashSecret(refreshToken) } })
    if (token) await endFamily(ctx, token.familyId)
  }
  if (actor.kind !== 'user') return
  // Kept as long as any token signed by now can last. The time of the entry is the database's, which readers ask by.
  const expiresAt = new Date(now.getTime() + ctx.config.auth.accessTtlSeconds * 1_000)
  await ctx.db.$executeRaw`
    insert into revoked_tokens (jti, expires_at, revoked_at) values (${actor.jti}::uuid, ${expiresAt}, now())
    on conflict (jti) do nothing`
  await ctx.revocations.announce(actor.jti, expiresAt)
}
