import { createHmac } from 'node:crypto'
import type { Session } from '@marquee/contracts/auth'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Prisma, User } from '../generated/prisma/client.ts'
import { hashSecret, newId, newSecret } from '../ids.ts'
import { signAccessToken } from './access-tokens.ts'
import { deviceName } from './device-name.ts'
import { endFamilies } from './session-ends.ts'
import { toUserView } from './user-view.ts'

/** A session and the refresh token that renews it, which must travel in an httpOnly cookie only. */
export type OpenedSession = { session: Session; refreshToken: string; refreshExpiresAt: Date }

/** Of one person at a time; the one used longest ago makes room. */
export const MOST_SESSIONS = 100

type Deps = Pick<Ctx, 'db' | 'clock' | 'config' | 'jwtKey'>

/**
 * Opens a session: a new family of refresh tokens with its first one. `userAgent`: how the browser names itself.
 * The person must be as they were read: whoever proved themselves by a password that is changed at this moment, or by an
 * account that is deleted at this moment, gets no session that outlives it; nor one with a role that was just taken away.
 * @throws AppError UNAUTHENTICATED
 */
export async function openSession(ctx: Deps, user: User, userAgent?: string): Promise<OpenedSession> {
  const refreshToken = newSecret()
  const refreshExpiresAt = refreshEnd(ctx)
  const now = ctx.clock.now()
  const familyId = newId(now.getTime())
  // The lock waits for a change under way and then looks again at what it left.
  const opened = await ctx.db.$executeRaw`
    insert into refresh_tokens (id, user_id, family_id, token_hash, expires_at, device, created_at)
    select ${newId()}::uuid, id, ${familyId}::uuid, ${hashSecret(refreshToken)}, ${refreshExpiresAt},
      ${deviceName(userAgent)}, ${now} from users
    where id = ${user.id}::uuid and deleted_at is null and password_hash is not distinct from ${user.passwordHash}
      and role = ${user.role}::user_role
    for share`
  if (opened === 0) throw new AppError('UNAUTHENTICATED', 'Your account was changed just now. Sign in again.')
  await endSurplus(ctx, user.id)
  return { session: toSession(ctx, user, familyId), refreshToken, refreshExpiresAt }
}

/** Programs that sign in anew each time would pile up sessions that nobody can look through, or end in one transaction. */
async function endSurplus(ctx: Deps, userId: string): Promise<void> {
  const surplus = await ctx.db.refreshToken.findMany({
    where: { userId, usedAt: null, revokedAt: null, expiresAt: { gt: ctx.clock.now() } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    skip: MOST_SESSIONS,
    // What is left of more goes with the next.
    take: MOST_SESSIONS,
    select: { familyId: true },
  })
  if (surplus.length === 0) return
  // Told to nobody: every process reads of it within two seconds.
  await ctx.db.$transaction((tx) =>
    endFamilies(
      tx,
      ctx,
      surplus.map((token) => token.familyId),
    ),
  )
}

/** One at a time for everything that adds to a session or ends it, or a renewal under way would outlive its logout. */
export const lockFamily = (tx: Prisma.TransactionClient, familyId: string) =>
  tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${familyId}, 0))`

export function toSession(ctx: Deps, user: User, sessionId: string): Session {
  const { accessToken, expiresAt } = signAccessToken(ctx, user, sessionId)
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
