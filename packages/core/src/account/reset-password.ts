import type { ResetPasswordBody } from '@marquee/contracts/account'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { passwordProblem } from '../auth/password-problem.ts'
import { hashPassword } from '../auth/passwords.ts'
import type { Revocations } from '../auth/revocations.ts'
import { announceEnded } from '../auth/session-ends.ts'
import { spendOtpProof } from '../auth/spend-otp-proof.ts'
import type { Ctx } from '../context.ts'
import { AppError, invalid } from '../errors.ts'
import { setPassword } from './set-password.ts'

/**
 * A new password for who has proved, by a code, that an account's address or number is theirs. Ends every session. A
 * password that is refused leaves the proof good for another try. Who has no account gets no proof to come here with.
 * An admin's is written down: whoever has the mailbox has the administration from then on.
 * @throws AppError OTP_ENDED, VALIDATION, CONFLICT
 */
export async function resetPassword(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config'> & { revocations: Revocations },
  { proof, newPassword }: ResetPasswordBody,
  origin?: Origin,
): Promise<void> {
  const now = ctx.clock.now()
  // Before the transaction: hashing takes longer than anything in it.
  refuse(passwordProblem(newPassword, {}))
  const passwordHash = await hashPassword(newPassword)
  const ended = await ctx.db.$transaction(async (tx) => {
    const { channel, destination, userId } = await spendOtpProof(tx, { proof, purpose: 'reset-password', now })
    const contact = channel === 'email' ? { email: destination } : { phone: destination }
    // The address may have been given to another account since.
    const user = userId && (await tx.user.findFirst({ where: { id: userId, deletedAt: null, ...contact } }))
    if (!user) throw new AppError('OTP_ENDED', 'This code was for an account that has changed. Ask for a new one.')
    refuse(passwordProblem(newPassword, user))
    const over = await setPassword(tx, ctx, { user, passwordHash })
    const verified = channel === 'email' ? { emailVerifiedAt: now } : { phoneVerifiedAt: now }
    await tx.user.update({ where: { id: user.id }, data: verified })
    if (user.role === 'admin' || user.role === 'superadmin')
      await recordAudit(tx, {
        actor: { kind: 'user', userId: user.id, role: user.role, jti: '' },
        action: 'user.password-reset',
        subjectType: 'user',
        subjectId: user.id,
        after: { provedBy: channel, sessionsEnded: over.length },
        origin,
      })
    return over
  })
  await announceEnded(ctx, ended)
}

function refuse(problem: string | null) {
  if (problem) throw invalid('newPassword', problem)
}
