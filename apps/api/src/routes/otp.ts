import { OtpSent, OtpVerified, ResendOtpBody, SendOtpBody, VerifyOtpBody } from '@marquee/contracts/otp'
import { deliveriesDone } from '@marquee/core/auth/otp/deliver-message'
import { resendOtp } from '@marquee/core/auth/otp/resend-otp'
import { sendOtp } from '@marquee/core/auth/otp/send-otp'
import { verifyOtp } from '@marquee/core/auth/otp/verify-otp'
import { networkOf } from '../plugins/network.ts'
import { limit } from '../plugins/rate-limit.ts'
import type { Routes } from './routes.ts'

/** Mounted at /api/auth/otp: codes by mail and SMS, exchanged for proofs. */
export const otpRoutes: Routes = async (app, { ctx }) => {
  // Codes that are on their way when the process ends still go out.
  app.addHook('onClose', deliveriesDone)
  const tags = ['auth']
  // Also for who cannot sign in any more: a token that is over, or that asks for a new password, is none here.
  const config = { ...limit('auth'), access: 'public', badToken: 'ignore', mustChangePassword: 'may' } as const

  app.post(
    '/send',
    {
      config,
      schema: {
        tags,
        summary: 'Send a code; the same answer whether or not there is an account',
        body: SendOtpBody,
        response: { 200: OtpSent },
      },
    },
    async (request) => sendOtp(ctx, { actor: request.actor, body: request.body, network: networkOf(request) }),
  )

  app.post(
    '/resend',
    { config, schema: { tags, summary: 'Send a new code', body: ResendOtpBody, response: { 200: OtpSent } } },
    async ({ body }) => resendOtp(ctx, { body }),
  )

  app.post(
    '/verify',
    {
      config,
      schema: { tags, summary: 'Exchange a code for a proof', body: VerifyOtpBody, response: { 200: OtpVerified } },
    },
    async ({ body }) => verifyOtp(ctx, body),
  )
}
