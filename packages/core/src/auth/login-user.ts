import type { LoginBody } from '@marquee/contracts/auth'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { hashSecret } from '../ids.ts'
import { countAttempt } from './count-attempt.ts'
import { verifyPassword } from './passwords.ts'
import { type OpenedSession, openSession } from './refresh-tokens.ts'

/** Guesses at one account from any number of addresses. High enough that an enemy cannot lock somebody out cheaply. */
const ATTEMPTS_PER_ACCOUNT = { max: 60, windowSeconds: 900 }

/**
 * Opens a session for an email address and its password.
 * @throws AppError BAD_CREDENTIALS, the same and as late for an unknown address as for a wrong password; RATE_LIMITED
 */
export async function loginUser(
  ctx: Pick<Ctx, 'db' | 'redis' | 'clock' | 'config' | 'jwtKey'>,
  input: LoginBody,
): Promise<OpenedSession> {
  const email = input.email.toLowerCase()
  const { max, windowSeconds } = ATTEMPTS_PER_ACCOUNT
  const attempts = await countAttempt(ctx, { key: `login:${hashSecret(email)}`, windowSeconds })
  if (attempts && attempts.count > max * ctx.config.http.rateLimitScale) {
    throw new AppError(
      'RATE_LIMITED',
      `Too many attempts for this account. Try again in ${Math.ceil(attempts.resetMs / 60_000)} minutes.`,
    )
  }
  const user = await ctx.db.user.findUnique({ where: { email } })
  if (!(await verifyPassword(user?.passwordHash, input.password)) || !user) {
    throw new AppError('BAD_CREDENTIALS', 'The email address or the password is not right')
  }
  const seen = await ctx.db.user.update({ where: { id: user.id }, data: { lastAccessAt: ctx.clock.now() } })
  return openSession(ctx, seen)
}
