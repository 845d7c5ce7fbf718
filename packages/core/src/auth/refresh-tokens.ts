import { createHmac } from 'node:crypto'
import type { Session } from '@marquee/contracts/auth'
import type { Ctx } from '../context.ts'
import type { Prisma, User } from '../generated/prisma/client.ts'
import { hashSecret, newId, newSecret } from '../ids.ts'
import { signAccessToken } from './access-tokens.ts'
import { toUserView } from './user-view.ts'

/** A session and the refresh token that renews it, which must travel in an httpOnly cookie only. */
export type OpenedSession = { session: Session; refreshToken: string; refreshExpiresAt: Date }

type Deps = Pick<Ctx, 'db' | 'clock' | 'config' | 'jwtKey'>

/** Opens a session: a new family of refresh tokens with its first one. */
export async function openSession(ctx: Deps, user: User): Promise<OpenedSession> {
  const refreshToken = newSecret()
  const refreshExpiresAt = refreshEnd(ctx)
  await ctx.db.refreshToken.create({
    data: {
      id: newId(),
      userId: user.id,
      familyId: newId(),
      tokenHash: hashSecret(refreshToken),
      expiresAt: refreshExpiresAt,
    },
  })
  return { session: toSession(ctx, user), refreshToken, refreshExpiresAt }
}

/** One at a time for everything that adds to a session or ends it, or a renewal under way would outlive its logout. */
export const lockFamily = (tx: Prisma.TransactionClient, familyId: string) =>
  tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${familyId}, 0))`

/** Ends a session: no refresh token of it is taken from now on. */
export async function endFamily(ctx: Pick<Ctx, 'db' | 'clock'>, familyId: string): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    await lockFamily(tx, familyId)
    await tx.refreshToken.updateMany({ where: { familyId, revokedAt: null }, data: { revokedAt: ctx.clock.now() } })
  })
}

export function toSession(ctx: Deps, user: User): Session {
  const { accessToken, expiresAt } = signAccessToken(ctx, user)
  return { accessToken, expiresAt: expiresAt.toISOString(), user: toUserView(user) }
}

export const refreshEnd = (ctx: Pick<Ctx, 'clock' | 'config'>) =>
  new Date(ctx.clock.now().getTime() + ctx.config.auth.refreshTtlSeconds * 1_000)

/**
 * The token that follows this one. Derived, not random: only hashes are kept, yet whoever lost the answer to a refresh,
 * or raced it from a second tab, can be given the same successor again. Without our key it cannot be foretold.
 */
export const successorOf = (ctx: Pick<Ctx, 'jwtKey'>, refreshToken: string) =>
  createHmac('sha256', ctx.jwtKey).update(`refresh token after ${refreshToken}`).digest('base64url')
