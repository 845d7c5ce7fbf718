import type { DeleteAccountBody } from '@marquee/contracts/account'
import { keepOneSuperadmin } from '../admin/keep-one-superadmin.ts'
import { theatresOfAdmin } from '../admin/theatres-of-admin.ts'
import { hangUpSubscriptions } from '../alerts/delivery/hang-up-subscriptions.ts'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import type { Revocations } from '../auth/revocations.ts'
import { announceEnded, endSessionsOf } from '../auth/session-ends.ts'
import { spendOtpProof } from '../auth/spend-otp-proof.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, invalid } from '../errors.ts'
import { addAccountMail } from './account-mails.ts'
import { confirmPassword } from './confirm-password.ts'
import { erasePerson } from './erase-person.ts'

type DeleteCtx = Pick<Ctx, 'db' | 'redis' | 'clock' | 'config' | 'voice' | 'log'> & { revocations: Revocations }
type Input = Omit<DeleteAccountBody, 'confirm'> & { network: string; origin?: Origin }

/** One person's rows, few as they are, in more tables than an ordinary act touches. */
const WITHIN_MS = 20_000

/**
 * Erases the person who asks, at once and for good: see erasePerson for what stays. Asks for the password or for a fresh
 * code. Bookings for films to come do not stand in the way: their tickets stay good, but nobody can be written to about
 * them. Refunds under way go on, since they go to whatever paid.
 * @returns how many confirmed bookings are for films to come
 * @throws AppError UNAUTHENTICATED, VALIDATION, RATE_LIMITED, OTP_ENDED, CONFLICT (the last superadmin)
 */
export async function deleteAccount(ctx: DeleteCtx, actor: Actor, input: Input): Promise<{ upcoming: number }> {
  const { userId, jti } = authorise(actor, 'user')
  const now = ctx.clock.now()
  const user = await ctx.db.user.findFirst({ where: { id: userId, deletedAt: null } })
  if (!user) throw new AppError('UNAUTHENTICATED', 'This account does not exist any more')
  const { password, proof, network } = input
  if (password === undefined && proof === undefined) throw invalid('password', 'enter your password')
  if (password !== undefined) await confirmPassword(ctx, { user, password, network, field: 'password' })

  const waits = await ctx.db.alertSubscription.findMany({ where: { userId }, select: { id: true } })
  const { ended, upcoming } = await ctx.db.$transaction(
    async (tx) => {
      if (user.role === 'superadmin') await keepOneSuperadmin(tx, { without: userId })
      if (password === undefined && proof !== undefined) {
        const spent = await spendOtpProof(tx, { proof, purpose: 'login', now })
        if (spent.userId !== userId) throw new AppError('OTP_ENDED', 'This code was for another account')
      }
      const sessions = await endSessionsOf(tx, ctx, { userId, tokens: [jti] })
      // The row is locked now. Whoever proved themselves by a password that was changed meanwhile has proved nothing.
      // And whoever became the last superadmin meanwhile was not looked at.
      const same = { passwordHash: user.passwordHash, role: user.role }
      const still = await tx.user.findFirst({ where: { id: userId, deletedAt: null, ...same } })
      if (!still) throw new AppError('CONFLICT', 'The account was changed at the same moment. Look again.')
      const count = await tx.booking.count({
        where: { userId, status: 'CONFIRMED', showtime: { endsAt: { gt: now } } },
      })
      if (still.role === 'admin' || still.role === 'superadmin') {
        // By what they were: the log outlives who they were.
        const before = { role: still.role, theatreIds: await theatresOfAdmin(tx, userId) }
        const subject = { subjectType: 'user', subjectId: userId }
        await recordAudit(tx, { actor, action: 'user.leave', ...subject, before, origin: input.origin })
      }
      await erasePerson(tx, ctx, still, now)
      if (still.email) await addAccountMail(tx, { userId, to: still.email, about: 'account-deleted' })
      return { ended: sessions, upcoming: count }
    },
    { timeout: WITHIN_MS },
  )
  await announceEnded(ctx, ended)
  await hangUpSubscriptions(
    ctx,
    waits.map(({ id }) => id),
  )
  return { upcoming }
}
