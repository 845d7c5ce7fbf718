import type { AdminRequest, AdminRequestBody } from '@marquee/contracts/admin'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import { spendOtpProof } from '../auth/spend-otp-proof.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { ADMIN_REQUEST_VIEW, toAdminRequestView } from './admin-request-view.ts'

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
  return ctx.db.$transaction(async (tx) => {
    // One at a time for each person: the second of two at once finds the first one's request.
    await tx.$executeRaw`select 1 from users where id = ${userId}::uuid for no key update`
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId } })
    if (user.role === 'admin' || user.role === 'superadmin') throw new AppError('CONFLICT', 'You are an admin already')
    const open = await tx.adminRequest.count({ where: { userId, state: 'PENDING' } })
    if (open > 0) throw new AppError('CONFLICT', 'You have asked already. We answer by mail.')
    const now = ctx.clock.now()
    const spent = await spendOtpProof(tx, { proof, purpose: 'admin-request', now })
    const own = spent.channel === 'email' ? user.email : user.phone
    if (own !== spent.destination || (spent.userId !== null && spent.userId !== userId))
      throw new AppError('OTP_ENDED', 'This code was sent to somebody else. Ask for one to your own account.')
    const row = await tx.adminRequest.create({
      data: { id: newId(now.getTime()), userId, organisation, message, createdAt: now },
      include: ADMIN_REQUEST_VIEW,
    })
    const subject = { subjectType: 'admin-request', subjectId: row.id }
    await recordAudit(tx, { actor, action: 'admin-request.create', ...subject, after: { organisation }, origin })
    return toAdminRequestView(row)
  })
}
