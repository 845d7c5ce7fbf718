import type { RegisterBody } from '@marquee/contracts/auth'
import type { Ctx } from '../context.ts'
import { AppError, invalid } from '../errors.ts'
import { classifyFault } from '../faults.ts'
import { newId } from '../ids.ts'
import { passwordProblem } from './password-problem.ts'
import { hashPassword } from './passwords.ts'
import { type OpenedSession, openSession } from './refresh-tokens.ts'

/**
 * Makes a customer's account and signs its owner in. The role is never taken from the request.
 * @throws AppError EMAIL_TAKEN, VALIDATION (a password that would be guessed at once)
 */
export async function registerUser(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config' | 'jwtKey'>,
  input: RegisterBody & { userAgent?: string | undefined },
): Promise<OpenedSession> {
  const { name, password } = input
  const email = input.email.toLowerCase()
  const problem = passwordProblem(password, { email, name })
  if (problem) throw invalid('password', problem)
  const passwordHash = await hashPassword(password)
  const now = ctx.clock.now()
  try {
    const user = await ctx.db.user.create({
      data: { id: newId(), email, name, passwordHash, role: 'customer', createdAt: now, lastAccessAt: now },
    })
    return await openSession(ctx, user, input.userAgent)
  } catch (error) {
    if (classifyFault(error) === 'conflict')
      throw new AppError('EMAIL_TAKEN', 'An account with this email address exists already')
    throw error
  }
}
