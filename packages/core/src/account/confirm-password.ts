import { admitLogin } from '../auth/admit-login.ts'
import { verifyPassword } from '../auth/passwords.ts'
import type { Ctx } from '../context.ts'
import { invalid } from '../errors.ts'

type Input = {
  user: { id: string; passwordHash: string | null }
  password: string
  /** Where it is tried from. */
  network: string
  /** The field of the form it was typed into. */
  field: string
}

/**
 * Asks somebody who is signed in for the password once more. Wrong ones are counted as at sign-in: an access token that
 * was stolen must not be a way to guess. Wrong is no 401, which would read as signed out.
 * @throws AppError VALIDATION on the field, RATE_LIMITED
 */
export async function confirmPassword(ctx: Pick<Ctx, 'redis' | 'config'>, input: Input): Promise<void> {
  const attempt = await admitLogin(ctx, { account: `password of ${input.user.id}`, network: input.network })
  let right: boolean
  try {
    right = await verifyPassword(input.user.passwordHash, input.password)
  } catch (error) {
    await attempt.untried()
    throw error
  }
  if (!right) throw invalid(input.field, 'this is not your present password')
  await attempt.right()
}
