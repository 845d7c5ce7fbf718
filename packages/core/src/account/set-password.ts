import { type Ended, endSessionsOf } from '../auth/session-ends.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Prisma, User } from '../generated/prisma/client.ts'
import { addAccountMail } from './account-mails.ts'

/**
 * Puts a new password in the place of the one somebody proved themselves by, or of none. Every session is over, no code
 * sent before opens anything, and the owner is told by mail.
 * @throws AppError CONFLICT when another was faster
 */
export async function setPassword(
  tx: Prisma.TransactionClient,
  ctx: Pick<Ctx, 'clock' | 'config'>,
  { user, passwordHash }: { user: User; passwordHash: string },
): Promise<Ended[]> {
  const ended = await endSessionsOf(tx, ctx, { userId: user.id })
  const { count } = await tx.user.updateMany({
    where: { id: user.id, deletedAt: null, passwordHash: user.passwordHash },
    data: { passwordHash, mustChangePassword: false },
  })
  if (count === 0) throw new AppError('CONFLICT', 'The password was changed at the same moment. Sign in with it.')
  await endOtpProofs(tx, { userId: user.id, now: ctx.clock.now() })
  if (user.email) await addAccountMail(tx, { userId: user.id, to: user.email, about: 'password-changed' })
  return ended
}

/** Codes under way, and what right ones were exchanged for: they were for the account as it was before. */
export async function endOtpProofs(
  tx: Prisma.TransactionClient,
  { userId, now }: { userId: string; now: Date },
): Promise<void> {
  await tx.otpChallenge.updateMany({
    where: { userId, purpose: { in: ['LOGIN', 'RESET_PASSWORD'] }, usedAt: null },
    data: { usedAt: now, expiresAt: now },
  })
}
