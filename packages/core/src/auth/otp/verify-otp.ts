import type { OtpVerified, VerifyOtpBody } from '@marquee/contracts/otp'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { hashSecret, newSecret } from '../../ids.ts'
import { FREE_TRIES_A_DAY, hashCode, MOST_TRIES, PROOF_TTL_MS, sameHash } from './codes.ts'

const DAY_MS = 24 * 3_600_000

/**
 * Exchanges a right code for a proof. A try is counted before it is compared, in one step: of a hundred at the same moment
 * five are compared, and of those for many codes to one address few more. For a challenge that no code was sent for, every
 * code is a wrong one.
 * @throws AppError OTP_WRONG (there are tries left), OTP_ENDED (unknown, used, too old, or tried too often)
 */
export async function verifyOtp(
  ctx: Pick<Ctx, 'db' | 'clock' | 'jwtKey'>,
  { challengeId, code }: VerifyOtpBody,
): Promise<OtpVerified> {
  const now = ctx.clock.now()
  const [tried] = await ctx.db.$queryRaw<{ codeHash: string; tries: number }[]>`
    update otp_challenges set tries = tries + 1
     where id = ${challengeId}::uuid and verified_at is null and expires_at > ${now} and tries < ${MOST_TRIES}
    returning code_hash as "codeHash", tries`
  if (!tried) throw ended()
  const left = (await triesFor(ctx, challengeId, now)) - tried.tries
  // Counted and not compared: others at this address have used it up.
  const right = left >= 0 && sameHash(tried.codeHash, hashCode(ctx, challengeId, code))
  if (!right && left > 0)
    throw new AppError('OTP_WRONG', `That is not the code. ${left} ${left === 1 ? 'try is' : 'tries are'} left.`)
  if (!right) {
    // It is not sent again either.
    const open = { id: challengeId, verifiedAt: null, expiresAt: { gt: now } }
    await ctx.db.otpChallenge.updateMany({ where: open, data: { expiresAt: now } })
    throw ended()
  }
  const proof = newSecret()
  const proofExpiresAt = new Date(now.getTime() + PROOF_TTL_MS)
  const { count } = await ctx.db.otpChallenge.updateMany({
    // A new code may have been sent since it was compared.
    where: { id: challengeId, verifiedAt: null, codeHash: tried.codeHash },
    data: { verifiedAt: now, proofHash: hashSecret(proof), proofExpiresAt },
  })
  if (count === 0) throw ended()
  return { proof, expiresAt: proofExpiresAt.toISOString() }
}

/**
 * How many tries a challenge has: five, as long as few of this day were wrong at the same address, then one. Somebody who
 * guesses makes code after code and is wrong nearly always; its owner reads the code and needs one. Asked after the try is
 * counted, so that of two at the same moment at least one sees the other.
 */
async function triesFor(ctx: Pick<Ctx, 'db'>, challengeId: string, now: Date): Promise<number> {
  const dayAgo = new Date(now.getTime() - DAY_MS)
  const [others] = await ctx.db.$queryRaw<{ wrong: number }[]>`
    select coalesce(sum(other.tries - case when other.verified_at is null then 0 else 1 end), 0)::int as wrong
      from otp_challenges this
      join otp_challenges other on other.destination = this.destination and other.id <> this.id
     where this.id = ${challengeId}::uuid and other.last_sent_at > ${dayAgo}`
  return Math.min(MOST_TRIES, Math.max(1, FREE_TRIES_A_DAY - (others?.wrong ?? 0)))
}

const ended = () => new AppError('OTP_ENDED', 'This code is no longer good. Ask for a new one.')
