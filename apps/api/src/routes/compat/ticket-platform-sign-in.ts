import { LoggedOut, Password, RegisterBody } from '@marquee/contracts/auth'
import { Text, Verbatim } from '@marquee/contracts/common'
import { Email } from '@marquee/contracts/emails'
import { loginUser } from '@marquee/core/auth/login-user'
import { logoutUser } from '@marquee/core/auth/logout-user'
import { registerUser } from '@marquee/core/auth/register-user'
import { z } from 'zod'
import { networkOf } from '../../plugins/network.ts'
import { limit } from '../../plugins/rate-limit.ts'
import type { Routes } from '../routes.ts'
import { OldProof, OldSession, requireProof, requireSame, toOldSession } from './old-sessions.ts'

const SignUp = z.object({
  name: RegisterBody.shape.name,
  email: Email,
  password: Password,
  confirm_password: Verbatim(72).optional(),
  proof: OldProof,
})
const Login = z.object({ email: Text(254).min(1), password: Verbatim(72).min(1) })

/** The ticket platform's accounts. */
export const ticketPlatformSignInRoutes: Routes = async (app, { ctx }) => {
  const config = { ...limit('auth'), access: 'public', badToken: 'ignore' } as const

  app.post(
    '/signup',
    { config, schema: { hide: true, body: SignUp, response: { 201: OldSession } } },
    async (request, reply) => {
      const { confirm_password, proof, ...who } = request.body
      requireSame(who.password, confirm_password)
      const userAgent = request.headers['user-agent']
      const opened = await registerUser(ctx, { ...who, proof: requireProof(proof), userAgent })
      return reply.code(201).send(toOldSession(opened, ctx.clock.now()))
    },
  )

  app.post(
    '/login',
    { config, schema: { hide: true, body: Login, response: { 200: OldSession } } },
    async (request) => {
      const from = { network: networkOf(request), userAgent: request.headers['user-agent'] }
      return toOldSession(await loginUser(ctx, { ...request.body, ...from }), ctx.clock.now())
    },
  )

  // A GET that does something, as it was. Harmless from elsewhere: only who holds the token can end its session.
  app.get(
    '/logout',
    {
      config: { ...limit('session'), access: 'public', badToken: 'ignore', mustChangePassword: 'may' },
      schema: { hide: true, response: { 200: LoggedOut } },
    },
    async ({ actor }): Promise<LoggedOut> => {
      await logoutUser({ ...ctx, revocations: app.tokens.revocations }, { actor, refreshToken: undefined })
      return { message: 'User logged out' }
    },
  )
}
