import type { LoginBody } from '@marquee/contracts/auth'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { admitLogin } from './admit-login.ts'
import { findAccount, foldIdentifier } from './find-account.ts'
import { verifyPassword } from './passwords.ts'
import { type OpenedSession, openSession } from './refresh-tokens.ts'

type LoginCtx = Pick<Ctx, 'db' | 'redis' | 'clock' | 'config' | 'jwtKey'>

/**
 * Opens a session for an email address, phone number or username, and its password. `network` is where it is tried from:
 * wrong ones are counted for an account and a network together, whichever of its names is used.
 * @throws AppError BAD_CREDENTIALS, the same and as late for somebody unknown as for a wrong password; RATE_LIMITED
 */
export async function loginUser(
  ctx: LoginCtx,
  input: LoginBody & { network: string; userAgent?: string | undefined },
): Promise<OpenedSession> {
  const identifier = input.identifier ?? input.email ?? ''
  const user = await findAccount(ctx, identifier)
  const account = user ? user.id : foldIdentifier(identifier).value
  const attempt = await admitLogin(ctx, { account, network: input.network })
  let right: boolean
  try {
    right = await verifyPassword(user?.passwordHash, input.password)
  } catch (error) {
    // Nobody learnt anything from it.
    await attempt.untried()
    throw error
  }
  if (!user || !right) throw new AppError('BAD_CREDENTIALS', 'That name and password do not belong together')
  await attempt.right()
  const seen = await ctx.db.user.update({ where: { id: user.id }, data: { lastAccessAt: ctx.clock.now() } })
  // With the hash that was checked: the one read back may be another by now.
  return openSession(ctx, { ...seen, passwordHash: user.passwordHash }, input.userAgent)
}
