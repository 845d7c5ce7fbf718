import { LoggedOut, Password, Username } from '@marquee/contracts/auth'
import { Text, Verbatim } from '@marquee/contracts/common'
import { Email } from '@marquee/contracts/emails'
import { ServiceStatus } from '@marquee/contracts/health'
import { loginUser } from '@marquee/core/auth/login-user'
import { logoutUser } from '@marquee/core/auth/logout-user'
import { registerUser } from '@marquee/core/auth/register-user'
import { invalid } from '@marquee/core/errors'
import { checkDatabase } from '@marquee/core/health/check-database'
import { z } from 'zod'
import { networkOf } from '../../plugins/network.ts'
import { limit } from '../../plugins/rate-limit.ts'
import type { Routes } from '../routes.ts'
import { OldProof, OldSession, requireProof, requireSame, toOldSession } from './old-sessions.ts'

const Register = z.object({
  username: Username,
  email: Email,
  password: Password,
  confirm_password: Verbatim(72),
  proof: OldProof,
})
const Login = z.object({
  username: Text(254).min(1).optional(),
  email: Text(254).min(1).optional(),
  password: Verbatim(72).min(1),
})
const hide = true

/** Mounted at /auth: the review platform's accounts. */
export const reviewsSignInRoutes: Routes = async (app, { ctx }) => {
  const config = { ...limit('auth'), access: 'public', badToken: 'ignore' } as const

  app.get('/status', { config: { access: 'public' }, schema: { hide, response: { 200: ServiceStatus } } }, async () =>
    checkDatabase(ctx),
  )

  app.post(
    '/register',
    { config, schema: { hide, body: Register, response: { 201: OldSession.extend({ message: z.string() }) } } },
    async (request, reply) => {
      const { username, email, password, confirm_password, proof } = request.body
      requireSame(password, confirm_password)
      const who = { name: username, username, email, password, userAgent: request.headers['user-agent'] }
      const opened = await registerUser(ctx, { ...who, proof: requireProof(proof) })
      const session = toOldSession(opened, ctx.clock.now())
      return reply.code(201).send({ message: 'User created successfully', ...session })
    },
  )

  app.post('/login', { config, schema: { hide, body: Login, response: { 200: OldSession } } }, async (request) => {
    const { username, email, password } = request.body
    const identifier = username ?? email
    if (!identifier) throw invalid('username', 'enter your username')
    const from = { network: networkOf(request), userAgent: request.headers['user-agent'] }
    return toOldSession(await loginUser(ctx, { identifier, password, ...from }), ctx.clock.now())
  })

  app.post(
    '/logout',
    {
      config: { ...limit('session'), access: 'public', badToken: 'ignore', mustChangePassword: 'may' },
      schema: { hide, response: { 200: LoggedOut } },
    },
    async ({ actor }): Promise<LoggedOut> => {
      await logoutUser({ ...ctx, revocations: app.tokens.revocations }, { actor, refreshToken: undefined })
      return { message: 'User logged out' }
    },
  )
}
