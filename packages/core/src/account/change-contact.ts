import type { User } from '@marquee/contracts/auth'
import { authorise } from '../auth/access.ts'
import { releaseUnproved } from '../auth/release-unproved.ts'
import { spendOtpProof } from '../auth/spend-otp-proof.ts'
import { toUserView } from '../auth/user-view.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, invalid } from '../errors.ts'
import { classifyFault } from '../faults.ts'
import { addAccountMail } from './account-mails.ts'
import { confirmPassword } from './confirm-password.ts'
import { endOtpProofs } from './set-password.ts'

/**
 * Another email address or phone number, which the proof names and shows to be theirs. Codes sent to the old one open
 * nothing any more, and the old address is told. Asks for the password: whoever has a session of somebody's, for minutes,
 * must not make a way in of their own from it.
 * @throws AppError UNAUTHENTICATED, VALIDATION, RATE_LIMITED, OTP_ENDED, CONFLICT, EMAIL_TAKEN, PHONE_TAKEN (the proof
 * stays good)
 */
export async function changeContact(
  ctx: Pick<Ctx, 'db' | 'clock' | 'redis' | 'config'>,
  actor: Actor,
  input: { what: 'email' | 'phone'; proof: string; password?: string | undefined; network: string },
): Promise<User> {
  const { userId } = authorise(actor, 'user')
  const { what, proof } = input
  const now = ctx.clock.now()
  const passwordHash = await requirePassword(ctx, { ...input, userId })
  try {
    const user = await ctx.db.$transaction(async (tx) => {
      const purpose = what === 'email' ? 'change-email' : 'change-phone'
      const spent = await spendOtpProof(tx, { proof, purpose, now })
      if (spent.userId !== userId || (spent.channel === 'email') !== (what === 'email')) throw notYours()
      // Under lock, so that a password changed meanwhile is not the one that was proved.
      await tx.$executeRaw`select 1 from users where id = ${userId}::uuid for no key update`
      const before = await tx.user.findFirst({ where: { id: userId, deletedAt: null, passwordHash } })
      if (!before) throw new AppError('CONFLICT', 'The account was changed at the same moment. Look again.')
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

/** @returns the hash that was right; null where there is no password */
async function requirePassword(
  ctx: Pick<Ctx, 'db' | 'redis' | 'config'>,
  input: { userId: string; password?: string | undefined; network: string },
): Promise<string | null> {
  const { userId, password, network } = input
  const user = await ctx.db.user.findFirst({ where: { id: userId, deletedAt: null } })
  if (!user) throw new AppError('UNAUTHENTICATED', 'This account does not exist any more')
  if (user.passwordHash === null) return null
  if (!password) throw invalid('password', 'enter your password')
  await confirmPassword(ctx, { user, password, network, field: 'password' })
  return user.passwordHash
}
