import { Password, Username } from '@marquee/contracts/auth'
import { Verbatim } from '@marquee/contracts/common'
import { changePassword } from '@marquee/core/account/change-password'
import { deleteAccount } from '@marquee/core/account/delete-account'
import { endAllSessions } from '@marquee/core/account/end-all-sessions'
import { updateProfile } from '@marquee/core/account/update-profile'
import { getMe } from '@marquee/core/auth/get-me'
import { invalid } from '@marquee/core/errors'
import { z } from 'zod'
import { networkOf, originOf } from '../../plugins/network.ts'
import { limit } from '../../plugins/rate-limit.ts'
import type { Routes } from '../routes.ts'

const Profile = z.object({
  id: z.string(),
  username: z.string().nullable(),
  email: z.string().nullable(),
  created_at: z.string(),
})
/** An `email` is not followed: another address is proved first, at its own address. */
const OldUpdate = z.object({
  username: Username.optional(),
  current_password: Verbatim(72).min(1).optional(),
  password: Password.optional(),
})
const OldDelete = z.object({ password: Verbatim(72).min(1, 'enter your password') })
const Message = z.object({ message: z.string() })

/** Mounted at /auth/profile: the review platform's way to see, change and leave one's account. */
export const reviewsProfileRoutes: Routes = async (app, { ctx }) => {
  const ending = { ...ctx, revocations: app.tokens.revocations }
  const hide = true

  app.get('/', { config: { access: 'user' }, schema: { hide, response: { 200: Profile } } }, async ({ actor }) => {
    const { id, username, email, createdAt } = await getMe(ctx, { actor })
    return { id, username, email, created_at: createdAt }
  })

  app.put(
    '/',
    { config: { ...limit('auth'), access: 'user' }, schema: { hide, body: OldUpdate, response: { 200: Message } } },
    async (request) => {
      const { actor, body } = request
      if (body.username !== undefined) await updateProfile(ctx, actor, { username: body.username })
      if (body.password === undefined) return { message: 'Profile updated successfully' }
      if (body.current_password === undefined) throw invalid('current_password', 'enter your present password')
      const { current_password: currentPassword, password: newPassword } = body
      await changePassword(ending, actor, { currentPassword, newPassword, network: networkOf(request) })
      // Its clients sign in again, as they did; the session that the change opened is for nobody.
      await endAllSessions(ending, actor)
      return { message: 'Password changed. Please log in again.' }
    },
  )

  app.delete(
    '/',
    { config: { ...limit('auth'), access: 'user' }, schema: { hide, body: OldDelete, response: { 200: Message } } },
    async (request) => {
      const { password } = request.body
      await deleteAccount(ending, request.actor, { password, network: networkOf(request), origin: originOf(request) })
      return { message: 'Account deleted successfully' }
    },
  )
}
