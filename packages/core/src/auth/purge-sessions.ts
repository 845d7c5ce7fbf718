import type { Ctx } from '../context.ts'

/** Longer than two hosts' clocks ever differ. */
const MARGIN_MS = 60 * 60_000

/**
 * Forgets what no longer decides anything: refresh tokens past their end and ended access tokens that would be over by
 * now anyway. Used refresh tokens stay until then, or their return would go unnoticed.
 * @returns how many rows went
 */
export async function purgeSessions(
  ctx: Pick<Ctx, 'db' | 'clock'>,
): Promise<{ refreshTokens: number; revokedTokens: number }> {
  const expiresAt = { lt: new Date(ctx.clock.now().getTime() - MARGIN_MS) }
  const refreshTokens = await ctx.db.refreshToken.deleteMany({ where: { expiresAt } })
  const revokedTokens = await ctx.db.revokedToken.deleteMany({ where: { expiresAt } })
  return { refreshTokens: refreshTokens.count, revokedTokens: revokedTokens.count }
}
