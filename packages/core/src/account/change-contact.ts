import type { User } from '@marquee/contracts/auth'
import { authorise } from '../auth/access.ts'
import { releaseUnproved } from '../auth/release-unproved.ts'
import { spendOtpProof } from '../auth/spend-otp-proof.ts'
import { toUserView } from '../auth/user-view.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { classifyFault } from '../faults.ts'
import { addAccountMail } from './account-mails.ts'
import { endOtpProofs } from './set-password.ts'

/**
 * Another email address or phone number, which the proof names and shows to be theirs. Codes sent to the old one open
 * nothing any more, and the old address is told.
 * @throws AppError UNAUTHENTICATED, OTP_ENDED, EMAIL_TAKEN, PHONE_TAKEN (the proof stays good)
 */
export async function changeContact(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  actor: Actor,
  { what, proof }: { what: 'email' | 'phone'; proof: string },
): Promise<User> {
  const { userId } = authorise(actor, 'user')
  const now = ctx.clock.now()
  try {
    const user = await ctx.db.$transaction(async (tx) => {
      const purpose = what === 'email' ? 'change-email' : 'change-phone'
      const spent = await spendOtpProof(tx, { proof, purpose, now })
      if (spent.userId !== userId || (spent.channel === 'email') !== (what === 'email')) throw notYours()
      const before = await tx.user.findFirst({ where: { id: userId, deletedAt: null } })
      if (!before) throw new AppError('UNAUTHENTICATED', 'This account does not exist any more')
      await endOtpProofs(tx, { userId, now })
      // Proved, it is theirs: whoever only typed it has it no longer.
      await releaseUnproved(tx, spent)
      if (before.email && before[what] !== spent.destination) {
        await addAccountMail(tx, { userId, to: before.email, about: `${what}-changed` })
      }
      const data =
        what === 'email'
          ? { email: spent.destination, emailVerifiedAt: now }
          : { phone: spent.destination, phoneVerifiedAt: now }
      return tx.user.update({ where: { id: userId }, data })
    })
    return toUserView(user)
  } catch (error) {
    if (classifyFault(error) !== 'conflict') throw error
    throw what === 'email'
      ? new AppError('EMAIL_TAKEN', 'Another account has this email address')
      : new AppError('PHONE_TAKEN', 'Another account has this phone number')
  }
}

const notYours = () => new AppError('OTP_ENDED', 'This code was not for this change. Ask for a new one.')
