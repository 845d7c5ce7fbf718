import fastifyCookie from '@fastify/cookie'
import { LoggedOut, LoginBody, OtpLoginBody, RegisterBody, Session, User } from '@marquee/contracts/auth'
import { ServiceStatus } from '@marquee/contracts/health'
import { getMe } from '@marquee/core/auth/get-me'
import { loginByOtp } from '@marquee/core/auth/login-by-otp'
import { loginUser } from '@marquee/core/auth/login-user'
import { logoutUser } from '@marquee/core/auth/logout-user'
import { refreshSession } from '@marquee/core/auth/refresh-session'
import { registerUser } from '@marquee/core/auth/register-user'
import { AppError } from '@marquee/core/errors'
import { checkDatabase } from '@marquee/core/health/check-database'
import type { FastifyRequest } from 'fastify'
import { networkOf } from '../plugins/network.ts'
import { limit } from '../plugins/rate-limit.ts'
import { REFRESH_COOKIE, refreshCookie } from '../plugins/refresh-cookie.ts'
import type { Routes } from './routes.ts'

export const authRoutes: Routes = async (app, { ctx }) => {
  // Only here: nothing else reads a cookie, and reading them costs every request a little.
  await app.register(fastifyCookie)
  const { open, clear } = refreshCookie(ctx.config)
  const { revocations } = app.tokens
  const ownOrigin = async (request: FastifyRequest) => requireOwnOrigin(request, ctx.config.http.origins)

  app.post(
    '/register',
    {
      schema: {
        summary: 'A new account, signed in; the proof is of /otp/verify',
        body: RegisterBody,
        response: { 201: Session },
      },
      config: { ...limit('auth'), access: 'public' },
    },
    async (request, reply) => {
      const opened = await registerUser(ctx, { ...request.body, userAgent: request.headers['user-agent'] })
      return reply.code(201).send(open(reply, opened))
    },
  )

  app.post(
    '/login',
    {
      schema: {
        summary: 'Sign in with email address, phone number or username, and password',
        body: LoginBody,
        response: { 200: Session },
      },
      config: { ...limit('auth'), access: 'public' },
    },
    async (request, reply) => {
      const from = { network: networkOf(request), userAgent: request.headers['user-agent'] }
      return open(reply, await loginUser(ctx, { ...request.body, ...from }))
    },
  )

  app.post(
    '/login/otp',
    {
      schema: { summary: 'Sign in with the proof of a code', body: OtpLoginBody, response: { 200: Session } },
      config: { ...limit('auth'), access: 'public' },
    },
    async (request, reply) => {
      const { proof } = request.body
      return open(reply, await loginByOtp(ctx, { proof, userAgent: request.headers['user-agent'] }))
    },
  )

  app.post(
    '/refresh',
    {
      schema: { summary: 'Renew a session by its cookie', response: { 200: Session } },
      config: { ...limit('session'), badToken: 'ignore', mustChangePassword: 'may', access: 'session' },
      preHandler: ownOrigin,
    },
    async (request, reply) => {
      try {
        const refreshToken = request.cookies[REFRESH_COOKIE]
        return open(reply, await refreshSession({ ...ctx, revocations }, { refreshToken }))
      } catch (error) {
        if (error instanceof AppError && error.code === 'UNAUTHENTICATED') clear(reply)
        throw error
      }
    },
  )

  app.post(
    '/logout',
    {
      schema: { summary: 'End a session, at once', response: { 200: LoggedOut } },
      config: { ...limit('session'), badToken: 'ignore', mustChangePassword: 'may', access: 'public' },
      preHandler: ownOrigin,
    },
    async (request, reply): Promise<LoggedOut> => {
      await logoutUser({ ...ctx, revocations }, { actor: request.actor, refreshToken: request.cookies[REFRESH_COOKIE] })
      clear(reply)
      return { message: 'User logged out' }
    },
  )

  app.get(
    '/me',
    {
      config: { access: 'user', mustChangePassword: 'may' },
      schema: { summary: 'Who is signed in', response: { 200: User } },
    },
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
