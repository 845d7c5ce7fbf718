import type { OtpVerified, VerifyOtpBody } from '@marquee/contracts/otp'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { hashSecret, newSecret } from '../../ids.ts'
import { hashCode, MOST_TRIES, PROOF_TTL_MS, sameHash } from './codes.ts'

/**
 * Exchanges a right code for a proof. A try is counted before it is compared, in one step: of a hundred at the same moment
 * five are compared. For a challenge that no code was sent for, every code is a wrong one.
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
  if (!sameHash(tried.codeHash, hashCode(ctx, challengeId, code))) {
    const left = MOST_TRIES - tried.tries
    if (left === 0) throw ended()
    throw new AppError('OTP_WRONG', `That is not the code. ${left} ${left === 1 ? 'try is' : 'tries are'} left.`)
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

const ended = () => new AppError('OTP_ENDED', 'This code is no longer good. Ask for a new one.')
