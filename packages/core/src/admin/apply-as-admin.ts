import type { AdminRequest, AdminRequestBody } from '@marquee/contracts/admin'
import type { Origin } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import { spendOtpProof } from '../auth/spend-otp-proof.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { addAdminRequest } from './add-admin-request.ts'

/**
 * Somebody asks to run theatres here. The proof says that the address or number of their account is theirs, so that a
 * superadmin decides about whom they think they decide. One open request a person.
 * @throws AppError UNAUTHENTICATED, OTP_ENDED, CONFLICT
 */
export async function applyAsAdmin(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  { actor, body, origin }: { actor: Actor; body: AdminRequestBody; origin?: Origin },
): Promise<AdminRequest> {
  const { userId } = authorise(actor, 'user')
  const { organisation, message, proof } = body
  const now = ctx.clock.now()
  return ctx.db.$transaction((tx) =>
    addAdminRequest(tx, {
      actor,
      userId,
      organisation,
      message,
      now,
      origin,
      async check(user) {
        const spent = await spendOtpProof(tx, { proof, purpose: 'admin-request', now })
        const own = spent.channel === 'email' ? user.email : user.phone
        if (own !== spent.destination || (spent.userId !== null && spent.userId !== userId))
          throw new AppError('OTP_ENDED', 'This code was sent to somebody else. Ask for one to your own account.')
      },
    }),
  )
}
