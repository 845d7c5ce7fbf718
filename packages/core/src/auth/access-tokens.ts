import { UserRole } from '@marquee/contracts/auth'
import jwt from 'jsonwebtoken'
import { LRUCache } from 'lru-cache'
import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { SignedIn } from './require-user.ts'
import type { Revocations } from './revocations.ts'

const ISSUER = 'marquee'
const AUDIENCE = 'marquee-web'
const ALGORITHM = 'HS256'
/** About 6 MB when full; a token that fell out is verified in full again. */
const CACHE_SIZE = 10_000
/** Ours are under 500 characters. */
const MAX_LENGTH = 1_024
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export type AccessTokens = {
  revocations: Revocations
  /** Cheap on the hot path: a known token costs two look-ups. @throws AppError UNAUTHENTICATED */
  verify(token: string): Actor
}

/**
 * A signed access token for a user, good until `expiresAt` or until its session is ended. That a password must be changed
 * first is said in the token, so that asking costs no query.
 */
export function signAccessToken(
  ctx: Pick<Ctx, 'jwtKey' | 'clock' | 'config'>,
  user: { id: string; role: UserRole; mustChangePassword?: boolean },
  sessionId?: string,
): { accessToken: string; expiresAt: Date } {
  const iat = Math.floor(ctx.clock.now().getTime() / 1_000)
  const exp = iat + ctx.config.auth.accessTtlSeconds
  const claims = {
    sub: user.id,
    role: user.role,
    jti: newId(),
    ...(sessionId && { sid: sessionId }),
    ...(user.mustChangePassword && { pwd: true }),
    iat,
    exp,
    iss: ISSUER,
    aud: AUDIENCE,
  }
  return { accessToken: jwt.sign(claims, ctx.jwtKey, { algorithm: ALGORITHM }), expiresAt: new Date(exp * 1_000) }
}

/**
 * Checks access tokens. The signature is verified once per token and remembered under the whole token; its end and its
 * revocation are checked every time, so a remembered token lives no longer than any other.
 */
export function createAccessTokens(ctx: Pick<Ctx, 'jwtKey' | 'clock'>, revocations: Revocations): AccessTokens {
  const known = new LRUCache<string, { actor: SignedIn; expiresAt: number }>({ max: CACHE_SIZE })
  return {
    revocations,
    verify(token) {
      const now = ctx.clock.now().getTime()
      let entry = known.get(token)
      if (!entry) {
        entry = readToken(ctx.jwtKey, token, now)
        known.set(token, entry)
      }
      if (entry.expiresAt <= now) {
        known.delete(token)
        throw ended()
      }
      const { jti, sessionId } = entry.actor
      if (revocations.has(jti) || (sessionId !== undefined && revocations.has(sessionId))) throw ended()
      return entry.actor
    },
  }
}

/** @throws AppError UNAUTHENTICATED for any token that is not exactly one of ours */
function readToken(key: Ctx['jwtKey'], token: string, now: number): { actor: SignedIn; expiresAt: number } {
  if (token.length > MAX_LENGTH) throw ended()
  let claims: unknown
  try {
    claims = jwt.verify(token, key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      clockTimestamp: Math.floor(now / 1_000),
    })
  } catch {
    throw ended()
  }
  const { sub, role, jti, sid, pwd, exp } = claims as Record<string, unknown>
  const known = UserRole.safeParse(role)
  if (typeof sub !== 'string' || !UUID.test(sub) || typeof jti !== 'string' || !UUID.test(jti)) throw ended()
  if (sid !== undefined && (typeof sid !== 'string' || !UUID.test(sid))) throw ended()
  // A token without an end is none of ours, whoever signed it.
  if (typeof exp !== 'number' || !known.success) throw ended()
  const actor: SignedIn = {
    kind: 'user',
    userId: sub,
    role: known.data,
    jti,
    ...(sid !== undefined && { sessionId: sid }),
    ...(pwd !== undefined && { mustChangePassword: true }),
  }
  return { actor, expiresAt: exp * 1_000 }
}

const ended = () => new AppError('UNAUTHENTICATED', 'Your session has ended. Sign in again.')
