import type { OtpLoginBody } from '@marquee/contracts/auth'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { User } from '../generated/prisma/client.ts'
import { type OpenedSession, openSession } from './refresh-tokens.ts'
import { type SpentProof, spendOtpProof } from './spend-otp-proof.ts'

/**
 * Opens a session for a proof of purpose "login". The address or number it was sent to is proved by it from now on.
 * @throws AppError OTP_ENDED, also when the account has gone, or gone to another address, since the code was sent
 */
export async function loginByOtp(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config' | 'jwtKey'>,
  input: OtpLoginBody & { userAgent?: string | undefined },
): Promise<OpenedSession> {
  const now = ctx.clock.now()
  const user = await ctx.db.$transaction(async (tx) => {
    const proved = await spendOtpProof(tx, { proof: input.proof, purpose: 'login', now })
    const owner = proved.userId ? await tx.user.findUnique({ where: { id: proved.userId } }) : null
    if (!owner || owner.deletedAt || !stillTheirs(owner, proved))
      throw new AppError('OTP_ENDED', 'This code is no longer good. Ask for a new one.')
    const byMail = proved.channel === 'email'
    return tx.user.update({
      where: { id: owner.id },
      data: {
        lastAccessAt: now,
        ...(byMail && { emailVerifiedAt: owner.emailVerifiedAt ?? now }),
        ...(!byMail && { phoneVerifiedAt: owner.phoneVerifiedAt ?? now }),
      },
    })
  })
  return openSession(ctx, user, input.userAgent)
}

const stillTheirs = (user: User, { channel, destination }: SpentProof) =>
  (channel === 'email' ? user.email : user.phone) === destination
