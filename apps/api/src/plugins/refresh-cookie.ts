import type { Session } from '@marquee/contracts/auth'
import type { OpenedSession } from '@marquee/core/auth/refresh-tokens'
import type { Config } from '@marquee/core/config'
import type { FastifyReply } from 'fastify'

/** Also read by tests. */
export const REFRESH_COOKIE = 'marquee_refresh'

/** The refresh token's cookie. Needs @fastify/cookie in the scope of the routes that use it. */
export function refreshCookie(config: Config) {
  // Out of reach of scripts, sent by no other site, and only to the few addresses under this path.
  const cookie = {
    path: '/api/auth',
    httpOnly: true,
    sameSite: 'strict',
    secure: config.http.publicBaseUrl.startsWith('https:'),
  } as const
  return {
    /** Hands out a session: the refresh token goes into the cookie and nowhere else. */
    open(reply: FastifyReply, { session, refreshToken, refreshExpiresAt }: OpenedSession): Session {
      reply.setCookie(REFRESH_COOKIE, refreshToken, { ...cookie, expires: refreshExpiresAt })
      return session
    },
    clear(reply: FastifyReply) {
      reply.clearCookie(REFRESH_COOKIE, cookie)
    },
  }
}
