import type { LoginBody } from '@marquee/contracts/auth'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { User } from '../generated/prisma/client.ts'
import { admitLogin } from './admit-login.ts'
import { verifyPassword } from './passwords.ts'
import { type OpenedSession, openSession } from './refresh-tokens.ts'

type LoginCtx = Pick<Ctx, 'db' | 'redis' | 'clock' | 'config' | 'jwtKey'>

/**
 * Opens a session for an email address and its password. `network` is where it is tried from: wrong ones are counted
 * for an account and a network together.
 * @throws AppError BAD_CREDENTIALS, the same and as late for an unknown address as for a wrong password; RATE_LIMITED
 */
export async function loginUser(
  ctx: LoginCtx,
  input: LoginBody & { network: string; userAgent?: string | undefined },
): Promise<OpenedSession> {
  const email = (input.identifier ?? input.email ?? '').toLowerCase()
  const attempt = await admitLogin(ctx, { email, network: input.network })
  let user: User | null
  try {
    user = await findByPassword(ctx, email, input.password)
  } catch (error) {
    // Nobody learnt anything from it.
    await attempt.untried()
    throw error
  }
  if (!user) throw new AppError('BAD_CREDENTIALS', 'The email address or the password is not right')
  await attempt.right()
  const seen = await ctx.db.user.update({ where: { id: user.id }, data: { lastAccessAt: ctx.clock.now() } })
  // With the hash that was checked: the one read back may be another by now.
  return openSession(ctx, { ...seen, passwordHash: user.passwordHash }, input.userAgent)
}

async function findByPassword(ctx: Pick<Ctx, 'db'>, email: string, password: string): Promise<User | null> {
  const user = await ctx.db.user.findUnique({ where: { email } })
  return (await verifyPassword(user?.passwordHash, password)) ? user : null
}
