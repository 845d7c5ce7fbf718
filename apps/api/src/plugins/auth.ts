import { type AccessTokens, createAccessTokens } from '@marquee/core/auth/access-tokens'
import { openRevocations } from '@marquee/core/auth/revocations'
import type { Actor, Ctx } from '@marquee/core/context'
import { AppError } from '@marquee/core/errors'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    tokens: AccessTokens
    /** Who sends this Authorization header. @throws AppError UNAUTHENTICATED */
    actorOf(authorization: string | undefined): Actor
  }
  interface FastifyRequest {
    /** Who asks. Routes hand it to verbs, which decide what that person may do. */
    actor: Actor
  }
  interface FastifyContextConfig {
    /** For the routes that renew or end a session: a token that is no longer good counts as none. */
    badToken?: 'ignore'
    /** For the few routes that somebody may use who has to choose a new password first. */
    mustChangePassword?: 'may'
  }
}

const ANONYMOUS: Actor = { kind: 'anonymous' }

/**
 * Knows who asks, from the bearer token: nobody without one, 401 with a bad one. Never from a cookie: a page elsewhere
 * cannot make a browser send the header, so these requests cannot be forged across sites.
 * Who has to choose a new password first may do that, sign out and ask who they are: 403 on every other route there is.
 */
export const auth = fp<{ ctx: Ctx }>(
  async (app, { ctx }) => {
    const revocations = await openRevocations(ctx)
    app.addHook('onClose', async () => revocations.close())
    const tokens = createAccessTokens(ctx, revocations)
    const actorOf = (header: string | undefined) =>
      header === undefined ? ANONYMOUS : tokens.verify(bearerToken(header))
    app.decorate('tokens', tokens)
    app.decorate('actorOf', actorOf)
    app.decorateRequest('actor')
    app.addHook('onRequest', (request, _reply, done) => {
      request.actor = ANONYMOUS
      try {
        const actor = actorOf(request.headers.authorization)
        if (actor.kind === 'user' && actor.mustChangePassword && configOf(request).mustChangePassword !== 'may')
          return done(new AppError('PASSWORD_CHANGE_REQUIRED', 'Choose a new password first'))
        request.actor = actor
      } catch (error) {
        if (configOf(request).badToken !== 'ignore') return done(error as Error)
      }
      done()
    })
  },
  { name: 'auth', dependencies: ['errors'] },
)

/** Asked only when it matters: the framework puts it together anew each time. */
const configOf = (request: FastifyRequest) => request.routeOptions.config

/** @throws AppError UNAUTHENTICATED for any other scheme */
function bearerToken(header: string): string {
  // As nearly every client writes it; the pattern is for the others.
  const isUsual = header.startsWith('Bearer ') && header.length > 7 && header[7] !== ' '
  const token = isUsual ? header.slice(7) : /^bearer +(\S+)$/i.exec(header)?.[1]
  if (!token) throw new AppError('UNAUTHENTICATED', 'Send the access token as: Authorization: Bearer <token>')
  return token
}
