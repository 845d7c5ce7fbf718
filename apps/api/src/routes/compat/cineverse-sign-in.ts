import { LoggedOut, Password, RegisterBody, User, Username } from '@marquee/contracts/auth'
import { Text, Verbatim } from '@marquee/contracts/common'
import { Email } from '@marquee/contracts/emails'
import { OtpCode, OtpPurpose, OtpSent, Phone } from '@marquee/contracts/otp'
import { getMe } from '@marquee/core/auth/get-me'
import { loginUser } from '@marquee/core/auth/login-user'
import { logoutUser } from '@marquee/core/auth/logout-user'
import { resendOtp } from '@marquee/core/auth/otp/resend-otp'
import { sendOtp } from '@marquee/core/auth/otp/send-otp'
import { verifyOtp } from '@marquee/core/auth/otp/verify-otp'
import { registerUser } from '@marquee/core/auth/register-user'
import { z } from 'zod'
import { networkOf } from '../../plugins/network.ts'
import { limit } from '../../plugins/rate-limit.ts'
import type { Routes } from '../routes.ts'
import { OldProof, OldSession, requireProof, toOldSession } from './old-sessions.ts'

const OneOf = <T extends { email?: string | undefined; phone?: string | undefined }>({ email, phone }: T) =>
  (email === undefined) !== (phone === undefined)
const OldSend = z
  .object({ purpose: OtpPurpose.default('register'), email: Email.optional(), phone: Phone.optional() })
  .refine(OneOf, { path: ['email'], message: 'send an email address or a phone number, one of them' })
const OldSent = z.object({ message: z.string(), challenge_id: z.uuid(), ...OtpSent.omit({ challengeId: true }).shape })
/** The code belongs to one challenge: by an address alone anybody could use up the tries of somebody else. */
const Challenge = { challenge_id: z.uuid('send the challenge_id that send-otp answered with') }
const OldVerify = z.object({ ...Challenge, otp: OtpCode })
const OldVerified = z.object({ message: z.string(), proof: z.string(), expires_at: z.string() })
const OldRegister = z.object({
  name: RegisterBody.shape.name.optional(),
  username: Username.optional(),
  email: Email,
  phone: Phone.optional(),
  password: Password,
  proof: OldProof,
})
/** The form of OAuth2's password grant. The username is any name an account has. */
const OldLogin = z.object({ username: Text(254).min(1), password: Verbatim(72).min(1) })

const hide = true

/** Mounted at /api/user: CineVerse's accounts. */
export const cineverseSignInRoutes: Routes = async (app, { ctx }) => {
  const config = { ...limit('auth'), access: 'public', badToken: 'ignore' } as const
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  const told = ({ challengeId, ...sent }: OtpSent) => ({ message: 'OTP sent', challenge_id: challengeId, ...sent })

  app.post('/send-otp', { config, schema: { hide, body: OldSend, response: { 200: OldSent } } }, async (request) =>
    told(await sendOtp(ctx, { actor: request.actor, body: request.body, network: networkOf(request) })),
  )

  app.post(
    '/resend-otp',
    { config, schema: { hide, body: z.object(Challenge), response: { 200: OldSent } } },
    async ({ body }) => told(await resendOtp(ctx, { body: { challengeId: body.challenge_id } })),
  )

  app.post(
    '/verify-otp',
    { config, schema: { hide, body: OldVerify, response: { 200: OldVerified } } },
    async ({ body }) => {
      const { proof, expiresAt } = await verifyOtp(ctx, { challengeId: body.challenge_id, code: body.otp })
      return { message: 'OTP verified', proof, expires_at: expiresAt }
    },
  )

  app.post(
    '/register',
    { config, schema: { hide, body: OldRegister, response: { 201: OldSession } } },
    async (request, reply) => {
      const { name, username, proof, ...rest } = request.body
      const opened = await registerUser(ctx, {
        ...rest,
        ...(username && { username }),
        name: name ?? username ?? rest.email.split('@')[0] ?? '',
        proof: requireProof(proof),
        userAgent: request.headers['user-agent'],
      })
      return reply.code(201).send(toOldSession(opened, ctx.clock.now()))
    },
  )

  app.post('/login', { config, schema: { hide, body: OldLogin, response: { 200: OldSession } } }, async (request) => {
    const { username: identifier, password } = request.body
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

  app.get('/me', { config: { access: 'user' }, schema: { hide, response: { 200: User } } }, async ({ actor }) =>
    getMe(ctx, { actor }),
  )
}
