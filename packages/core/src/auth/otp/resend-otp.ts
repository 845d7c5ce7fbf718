import type { OtpSent, ResendOtpBody } from '@marquee/contracts/otp'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { OtpChallenge } from '../../generated/prisma/client.ts'
import { admitSending } from './admit-sending.ts'
import { CODE_TTL_MS, hashCode, MOST_TRIES, newCode, unmatchable } from './codes.ts'
import { decideMessage } from './decide-message.ts'
import { deliverInBackground, requireDeliveryRoom } from './deliver-message.ts'
import { toDestination } from './destinations.ts'
import { toOtpSent } from './otp-view.ts'
import { purposeOf } from './purposes.ts'
import type { OtpCtx } from './send-otp.ts'

/**
 * Sends a new code for the same challenge; the one before is good no more. Tries already made stay made.
 * @throws AppError OTP_ENDED (unknown, used, too old, or tried too often), RATE_LIMITED, UNAVAILABLE
 */
export async function resendOtp(ctx: OtpCtx, { body }: { body: ResendOtpBody }): Promise<OtpSent> {
  const { challengeId: id } = body
  const challenge = open(ctx, await ctx.db.otpChallenge.findUnique({ where: { id } }))
  requireDeliveryRoom()
  const purpose = purposeOf(challenge.purpose)
  const { channel, destination } = challenge
  const to = toDestination(ctx.config, channel === 'sms' ? { phone: destination } : { email: destination })
  const decision = await decideMessage(ctx, { purpose, to, userId: challenge.userId })
  const code = newCode()
  const now = ctx.clock.now()
  const sent = await ctx.db.$transaction(async (tx) => {
    // Of the network that asked first, where its sends are counted: another one is no way round the limits.
    await admitSending(ctx, tx, { to, network: challenge.network, now })
    const { count } = await tx.otpChallenge.updateMany({
      where: { id, ...stillOpen(now) },
      data: {
        codeHash: decision.message === 'code' ? hashCode(ctx, id, code) : unmatchable(),
        userId: decision.userId,
        sends: { increment: 1 },
        lastSentAt: now,
        expiresAt: new Date(now.getTime() + CODE_TTL_MS),
      },
    })
    if (count === 0) throw ended()
    return tx.otpChallenge.findUniqueOrThrow({ where: { id } })
  })
  if (decision.message !== 'nothing')
    deliverInBackground(ctx, { challengeId: id, purpose, to, code: decision.message === 'code' ? code : null })
  return toOtpSent(ctx, sent, now)
}

const stillOpen = (now: Date) => ({ verifiedAt: null, expiresAt: { gt: now }, tries: { lt: MOST_TRIES } })

function open(ctx: Pick<Ctx, 'clock'>, challenge: OtpChallenge | null): OtpChallenge {
  if (!challenge || challenge.verifiedAt || challenge.expiresAt <= ctx.clock.now() || challenge.tries >= MOST_TRIES)
    throw ended()
  return challenge
}

const ended = () => new AppError('OTP_ENDED', 'This code cannot be sent again. Start anew.')
