import type { ChangePasswordBody } from '@marquee/contracts/account'
import { authorise } from '../auth/access.ts'
import { passwordProblem } from '../auth/password-problem.ts'
import { hashPassword } from '../auth/passwords.ts'
import { type OpenedSession, openSession } from '../auth/refresh-tokens.ts'
import type { Revocations } from '../auth/revocations.ts'
import { announceEnded } from '../auth/session-ends.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, invalid } from '../errors.ts'
import { confirmPassword } from './confirm-password.ts'
import { setPassword } from './set-password.ts'

type ChangeCtx = Pick<Ctx, 'db' | 'redis' | 'clock' | 'config' | 'jwtKey'> & { revocations: Revocations }
type Input = ChangePasswordBody & { network: string; userAgent?: string | undefined }

/**
 * A new password for who knows the present one. Ends every session, also the access tokens given out before, and opens a
 * new one: whoever else was signed in is so no longer, and who asked goes on.
 * @throws AppError UNAUTHENTICATED, VALIDATION (by field), RATE_LIMITED, CONFLICT
 */
export async function changePassword(ctx: ChangeCtx, actor: Actor, input: Input): Promise<OpenedSession> {
  const { userId } = authorise(actor, 'user')
  const user = await ctx.db.user.findFirst({ where: { id: userId, deletedAt: null } })
  if (!user) throw new AppError('UNAUTHENTICATED', 'This account does not exist any more')
  if (!user.passwordHash)
    throw invalid('currentPassword', 'this account has no password yet: sign out and choose “Forgot your password?”')
  const { currentPassword, newPassword } = input
  await confirmPassword(ctx, { user, password: currentPassword, network: input.network, field: 'currentPassword' })
  const problem =
    newPassword === currentPassword ? 'choose another one than before' : passwordProblem(newPassword, user)
  if (problem) throw invalid('newPassword', problem)

  const passwordHash = await hashPassword(newPassword)
  const ended = await ctx.db.$transaction((tx) => setPassword(tx, ctx, { user, passwordHash }))
  await announceEnded(ctx, ended)
  return openSession(ctx, { ...user, passwordHash, mustChangePassword: false }, input.userAgent)
}
