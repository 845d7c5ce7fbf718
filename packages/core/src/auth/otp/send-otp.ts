import type { OtpPurpose, OtpSent, SendOtpBody } from '@marquee/contracts/otp'
import type { Actor, Ctx } from '../../context.ts'
import { AppError, invalid } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { requireUser } from '../require-user.ts'
import { admitSending, networkKey } from './admit-sending.ts'
import { CODE_TTL_MS, hashCode, newCode, unmatchable } from './codes.ts'
import { decideMessage } from './decide-message.ts'
import { deliverInBackground, requireDeliveryRoom } from './deliver-message.ts'
import { type Destination, toDestination } from './destinations.ts'
import { toOtpSent } from './otp-view.ts'
import { storedPurpose } from './purposes.ts'

export type OtpCtx = Pick<Ctx, 'db' | 'clock' | 'config' | 'jwtKey' | 'mail' | 'sms' | 'log'>

/**
 * Makes a code and sends it to an address or a number. The answer, and the time it takes, are the same whether or not
 * there is an account: without one nothing is sent, and to somebody who registers again word that they have one.
 * `network`: where it is asked for from.
 * @throws AppError VALIDATION, UNAUTHENTICATED (what only somebody signed in may ask for), RATE_LIMITED, UNAVAILABLE
 */
export async function sendOtp(
  ctx: OtpCtx,
  input: { actor: Actor; body: SendOtpBody; network: string },
): Promise<OtpSent> {
  const { purpose } = input.body
  const to = toDestination(ctx.config, input.body)
  const userId = FOR_OWNERS.includes(purpose) ? requireUser(input.actor).userId : null
  if (userId) await checkOwn(ctx, { purpose, to, userId })
  requireDeliveryRoom()

  const decision = await decideMessage(ctx, { purpose, to, userId })
  const id = newId()
  const code = newCode()
  const now = ctx.clock.now()
  const network = networkKey(ctx, input.network)
  const challenge = await ctx.db.$transaction(async (tx) => {
    await admitSending(ctx, tx, { to, network, now })
    return tx.otpChallenge.create({
      data: {
        id,
        purpose: storedPurpose(purpose),
        channel: to.channel,
        destination: to.destination,
        codeHash: decision.message === 'code' ? hashCode(ctx, id, code) : unmatchable(),
        userId: decision.userId,
        network,
        createdAt: now,
        lastSentAt: now,
        expiresAt: new Date(now.getTime() + CODE_TTL_MS),
      },
    })
  })
  if (decision.message !== 'nothing')
    deliverInBackground(ctx, { challengeId: id, purpose, to, code: decision.message === 'code' ? code : null })
  return toOtpSent(ctx, challenge, now)
}

/** What somebody does with the account they are signed in to. */
const FOR_OWNERS: OtpPurpose[] = ['change-email', 'change-phone', 'admin-request']

/** @throws AppError VALIDATION, UNAUTHENTICATED */
async function checkOwn(
  ctx: Pick<Ctx, 'db'>,
  { purpose, to, userId }: { purpose: OtpPurpose; to: Destination; userId: string },
): Promise<void> {
  const field = to.channel === 'email' ? 'email' : 'phone'
  if (purpose === 'change-email' && field !== 'email') throw invalid('email', 'enter the new email address')
  if (purpose === 'change-phone' && field !== 'phone') throw invalid('phone', 'enter the new phone number')
  const user = await ctx.db.user.findFirst({ where: { id: userId, deletedAt: null } })
  if (!user) throw new AppError('UNAUTHENTICATED', 'This account does not exist any more')
  const own = user[field] === to.destination
  const proved = field === 'email' ? user.emailVerifiedAt !== null : user.phoneVerifiedAt !== null
  if (purpose === 'admin-request' && !own) throw invalid(field, `use the ${WORDS[field]} of your account`)
  if (purpose !== 'admin-request' && own && proved) throw invalid(field, `this is your ${WORDS[field]} already`)
}

const WORDS = { email: 'email address', phone: 'phone number' }
