import type { OtpPurpose } from '@marquee/contracts/otp'
import { AppError } from '../errors.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { hashSecret } from '../ids.ts'
import { storedPurpose } from './otp/purposes.ts'

export type SpentProof = {
  channel: 'email' | 'sms'
  /** Lower-cased address or E.164 number: what its owner has shown to be theirs. */
  destination: string
  /** Whose account it was made for; null for a registration. */
  userId: string | null
}

/**
 * Takes a proof for its purpose, once: in the transaction that acts on it, so that an act refused leaves it good and two
 * at the same moment cannot both have it.
 * @throws AppError OTP_ENDED when it is unknown, spent, too old, or was made for something else
 */
export async function spendOtpProof(
  tx: Prisma.TransactionClient,
  { proof, purpose, now }: { proof: string; purpose: OtpPurpose; now: Date },
): Promise<SpentProof> {
  const [spent] = await tx.$queryRaw<SpentProof[]>`
    update otp_challenges set used_at = ${now}
     where proof_hash = ${hashSecret(proof)} and purpose = ${storedPurpose(purpose)}::otp_purpose
       and used_at is null and proof_expires_at > ${now}
    returning channel, destination, user_id as "userId"`
  if (!spent) throw new AppError('OTP_ENDED', 'This code was used already, or its time is over. Ask for a new one.')
  return spent
}
