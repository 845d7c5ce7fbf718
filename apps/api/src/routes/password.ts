import { Done, ResetPasswordBody } from '@marquee/contracts/account'
import { resetPassword } from '@marquee/core/account/reset-password'
import { originOf } from '../plugins/network.ts'
import { limit } from '../plugins/rate-limit.ts'
import type { Routes } from './routes.ts'

/** Mounted at /api/auth/password: for who cannot sign in. The code that proves who it is comes from /api/auth/otp. */
export const passwordRoutes: Routes = async (app, { ctx }) => {
  app.post(
    '/reset',
    {
      schema: {
        tags: ['auth'],
        summary: 'A new password, by a proof of purpose "reset-password"; every session ends',
        body: ResetPasswordBody,
        response: { 200: Done },
      },
      // Also for who has a token that asks for a new password: this is one.
      config: { ...limit('auth'), access: 'public', badToken: 'ignore', mustChangePassword: 'may' },
    },
    async (request) => {
      await resetPassword({ ...ctx, revocations: app.tokens.revocations }, request.body, originOf(request))
      return { message: 'Your password is changed. Sign in with it.' }
    },
  )
}
