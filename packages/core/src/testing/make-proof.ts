import type { OtpPurpose } from '@marquee/contracts/otp'
import { storedPurpose } from '../auth/otp/purposes.ts'
import type { Ctx } from '../context.ts'
import { hashSecret, newId, newSecret } from '../ids.ts'

/** What a right code would have been exchanged for: good for fifteen minutes by `ctx.clock`. */
export async function makeProof(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  given: { email: string } | { phone: string },
  as: { purpose?: OtpPurpose; userId?: string; endsInMs?: number } = {},
): Promise<string> {
  const proof = newSecret()
  const now = ctx.clock.now()
  await ctx.db.otpChallenge.create({
    data: {
      id: newId(),
      purpose: storedPurpose(as.purpose ?? 'register'),
      channel: 'email' in given ? 'email' : 'sms',
      destination: 'email' in given ? given.email.toLowerCase() : given.phone,
      codeHash: newSecret(),
      userId: as.userId ?? null,
      lastSentAt: now,
      expiresAt: now,
      verifiedAt: now,
      proofHash: hashSecret(proof),
      proofExpiresAt: new Date(now.getTime() + (as.endsInMs ?? 900_000)),
    },
  })
  return proof
}
