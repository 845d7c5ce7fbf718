import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { RefreshToken } from '../generated/prisma/client.ts'
import { hashSecret, newId } from '../ids.ts'
import { lockFamily, type OpenedSession, refreshEnd, successorOf, toSession } from './refresh-tokens.ts'
import type { Revocations } from './revocations.ts'
import { announceEnded, endFamilies } from './session-ends.ts'

/** How long a used token still gives its own successor again: two tabs that wake together, an answer lost on the way. */
const GRACE_MS = 10_000
/** How exact the time of somebody's last access is: not every renewal is worth a write. */
const SEEN_EVERY_MS = 60_000

/**
 * Renews a session. Each refresh token works once and is followed by one other. Shown again within ten seconds, and as
 * long as its successor has not been used, it gives that same successor: no second line of tokens ever begins, so a thief
 * and the owner cannot both go on. Shown at any other time it has been stolen from one of them, and the session ends, with
 * the access tokens that it gave out.
 * @throws AppError UNAUTHENTICATED
 */
export async function refreshSession(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config' | 'jwtKey' | 'log'> & { revocations: Revocations },
  input: { refreshToken: string | undefined },
): Promise<OpenedSession> {
  if (!input.refreshToken || input.refreshToken.length > 128) throw signInAgain()
  const token = await ctx.db.refreshToken.findUnique({
    where: { tokenHash: hashSecret(input.refreshToken) },
    include: { user: true },
  })
  const now = ctx.clock.now()
  if (!token || token.revokedAt || token.expiresAt <= now) throw signInAgain()

  const refreshToken = successorOf(ctx, input.refreshToken)
  const refreshExpiresAt = token.usedAt ? null : await rotate(ctx, token, refreshToken)
  const until = refreshExpiresAt ?? (await successorInGrace(ctx, token.id, refreshToken))
  if (!until) {
    await announceEnded(ctx, await ctx.db.$transaction((tx) => endFamilies(tx, ctx, [token.familyId])))
    ctx.log.warn(
      { userId: token.userId, familyId: token.familyId },
      'a used refresh token came back: its session is ended',
    )
    throw signInAgain()
  }
  const seenBefore = new Date(now.getTime() - SEEN_EVERY_MS)
  await ctx.db.user.updateMany({
    where: { id: token.userId, deletedAt: null, OR: [{ lastAccessAt: null }, { lastAccessAt: { lt: seenBefore } }] },
    data: { lastAccessAt: now },
  })
  return { session: toSession(ctx, token.user, token.familyId), refreshToken, refreshExpiresAt: until }
}

/**
 * Spends the token and keeps its successor, or neither. @returns the successor's end; null when another was faster
 * @throws AppError UNAUTHENTICATED when the session was ended meanwhile
 */
async function rotate(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config'>,
  token: RefreshToken,
  successor: string,
): Promise<Date | null> {
  const expiresAt = refreshEnd(ctx)
  return ctx.db.$transaction(async (tx) => {
    await lockFamily(tx, token.familyId)
    // Read after the lock: a logout that was faster has ended the whole family, this token's successors too.
    if (await tx.refreshToken.findFirst({ where: { familyId: token.familyId, revokedAt: { not: null } } }))
      throw signInAgain()
    const { count } = await tx.refreshToken.updateMany({
      where: { id: token.id, usedAt: null, revokedAt: null },
      data: { usedAt: ctx.clock.now() },
    })
    if (count === 0) return null
    await tx.refreshToken.create({
      data: {
        id: newId(),
        userId: token.userId,
        familyId: token.familyId,
        tokenHash: hashSecret(successor),
        expiresAt,
        device: token.device,
        createdAt: ctx.clock.now(),
      },
    })
    return expiresAt
  })
}

/** @returns the end of the successor if it may be given out once more */
async function successorInGrace(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  usedId: string,
  successor: string,
): Promise<Date | null> {
  const [used, next] = await Promise.all([
    ctx.db.refreshToken.findUnique({ where: { id: usedId } }),
    ctx.db.refreshToken.findUnique({ where: { tokenHash: hashSecret(successor) } }),
  ])
  if (!used?.usedAt || ctx.clock.now().getTime() - used.usedAt.getTime() > GRACE_MS) return null
  return next && !next.usedAt && !next.revokedAt ? next.expiresAt : null
}

const signInAgain = () => new AppError('UNAUTHENTICATED', 'Your session has ended. Sign in again.')
