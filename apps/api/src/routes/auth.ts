import fastifyCookie from '@fastify/cookie'
import { LoggedOut, LoginBody, RegisterBody, Session, User } from '@marquee/contracts/auth'
import { ServiceStatus } from '@marquee/contracts/health'
import { getMe } from '@marquee/core/auth/get-me'
import { loginUser } from '@marquee/core/auth/login-user'
import { logoutUser } from '@marquee/core/auth/logout-user'
import { refreshSession } from '@marquee/core/auth/refresh-session'
import type { OpenedSession } from '@marquee/core/auth/refresh-tokens'
import { registerUser } from '@marquee/core/auth/register-user'
import { AppError } from '@marquee/core/errors'
import { checkDatabase } from '@marquee/core/health/check-database'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { networkOf } from '../plugins/network.ts'
import { limit } from '../plugins/rate-limit.ts'
import type { Routes } from './routes.ts'

/** Also read by tests. */
export const REFRESH_COOKIE = 'marquee_refresh'

export const authRoutes: Routes = async (app, { ctx }) => {
  // Only here: nothing else reads a cookie, and reading them costs every request a little.
  await app.register(fastifyCookie)
  // Out of reach of scripts, sent by no other site, and only to the few addresses under this path.
  const cookie = {
    path: '/api/auth',
    httpOnly: true,
    sameSite: 'strict',
    secure: ctx.config.http.publicBaseUrl.startsWith('https:'),
  } as const

  const open = (reply: FastifyReply, { session, refreshToken, refreshExpiresAt }: OpenedSession) => {
    reply.setCookie(REFRESH_COOKIE, refreshToken, { ...cookie, expires: refreshExpiresAt })
    return session
  }
  const ownOrigin = async (request: FastifyRequest) => requireOwnOrigin(request, ctx.config.http.origins)

  app.post(
    '/register',
    {
      schema: { summary: 'A new account, signed in', body: RegisterBody, response: { 201: Session } },
      config: { ...limit('auth'), access: 'public' },
    },
    async (request, reply) => {
      const opened = await registerUser(ctx, request.body)
      return reply.code(201).send(open(reply, opened))
    },
  )

  app.post(
    '/login',
    {
      schema: { summary: 'Sign in with email address and password', body: LoginBody, response: { 200: Session } },
      config: { ...limit('auth'), access: 'public' },
    },
    async (request, reply) => open(reply, await loginUser(ctx, { ...request.body, network: networkOf(request) })),
  )

  app.post(
    '/refresh',
    {
      schema: { summary: 'Renew a session by its cookie', response: { 200: Session } },
      config: { ...limit('session'), badToken: 'ignore', access: 'public' },
      preHandler: ownOrigin,
    },
    async (request, reply) => {
      try {
        return open(reply, await refreshSession(ctx, { refreshToken: request.cookies[REFRESH_COOKIE] }))
      } catch (error) {
        if (error instanceof AppError && error.code === 'UNAUTHENTICATED') reply.clearCookie(REFRESH_COOKIE, cookie)
        throw error
      }
    },
  )

  app.post(
    '/logout',
    {
      schema: { summary: 'End a session, at once', response: { 200: LoggedOut } },
      config: { ...limit('session'), badToken: 'ignore', access: 'public' },
      preHandler: ownOrigin,
    },
    async (request, reply): Promise<LoggedOut> => {
      const { revocations } = app.tokens
      await logoutUser({ ...ctx, revocations }, { actor: request.actor, refreshToken: request.cookies[REFRESH_COOKIE] })
      reply.clearCookie(REFRESH_COOKIE, cookie)
      return { message: 'User logged out' }
    },
  )

  app.get(
    '/me',
    { config: { access: 'user' }, schema: { summary: 'Who is signed in', response: { 200: User } } },
    async ({ actor }) => getMe(ctx, { actor }),
  )

  app.get(
    '/status',
    {
      config: { access: 'public' },
      schema: { summary: 'Can anybody sign in: the database answers', response: { 200: ServiceStatus } },
    },
    async () => checkDatabase(ctx),
  )
}

/**
 * These requests act by a cookie, which a browser adds by itself. A page of another origin must not cause them; programs
 * send no Origin, and have no cookie that they were not given.
 * @throws AppError FORBIDDEN
 */
function requireOwnOrigin(request: FastifyRequest, origins: string[]) {
  const { origin } = request.headers
  if (origin === undefined || origins.includes(origin)) return
  if (URL.canParse(origin) && new URL(origin).host === request.host) return
  throw new AppError('FORBIDDEN', 'This page may not use your session here')
}
