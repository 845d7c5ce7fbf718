import type { AdminDecisionBody, AdminRequest } from '@marquee/contracts/admin'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError, notFound } from '../errors.ts'
import { ADMIN_REQUEST_VIEW, toAdminRequestView } from './admin-request-view.ts'
import { setTheatresOfAdmin, theatresOfAdmin } from './theatres-of-admin.ts'

/**
 * Answers a request to run theatres: yes makes the applicant an admin of the named ones. Decided once; the applicant is
 * told by mail. Their session carries the new role from its next renewal on.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (decided already), VALIDATION (unknown theatre)
 */
export async function decideAdminRequest(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  { actor, id, decision, origin }: { actor: Actor; id: string; decision: AdminDecisionBody; origin?: Origin },
): Promise<AdminRequest> {
  const { userId: decidedById } = authorise(actor, 'admin-request.decide')
  const { approve, note, theatreIds } = decision
  return ctx.db.$transaction(async (tx) => {
    const { count } = await tx.adminRequest.updateMany({
      where: { id, state: 'PENDING' },
      data: {
        state: approve ? 'APPROVED' : 'REJECTED',
        decidedById,
        decidedAt: ctx.clock.now(),
        decisionNote: note || null,
      },
    })
    const row = await tx.adminRequest.findUnique({ where: { id }, include: ADMIN_REQUEST_VIEW })
    if (!row) throw notFound('Request')
    if (count === 0) throw new AppError('CONFLICT', `This request was ${row.state.toLowerCase()} already`)
    if (approve) await makeAdmin(tx, row.userId, theatreIds)
    await recordAudit(tx, {
      actor,
      action: approve ? 'admin-request.approve' : 'admin-request.reject',
      subjectType: 'admin-request',
      subjectId: id,
      before: { state: 'PENDING' },
      // Not the note: it says something of a person, and the request it is kept in can be erased.
      after: { state: row.state, userId: row.userId, ...(approve && { theatreIds }) },
      origin,
    })
    const payload = JSON.stringify({ requestId: id })
    await tx.$executeRaw`
      insert into outbox_events (key, topic, payload)
      values (${`admin-request.mail:${id}`}, 'admin-request.mail', ${payload}::jsonb)`
    return toAdminRequestView(row)
  })
}

type Tx = Parameters<Parameters<Ctx['db']['$transaction']>[0]>[0]

async function makeAdmin(tx: Tx, userId: string, theatreIds: string[]): Promise<void> {
  const { count } = await tx.user.updateMany({
    where: { id: userId, deletedAt: null, role: { not: 'superadmin' } },
    data: { role: 'admin' },
  })
  if (count === 0) throw new AppError('CONFLICT', 'This account was deleted, or needs no approval any more')
  await setTheatresOfAdmin(tx, userId, [...(await theatresOfAdmin(tx, userId)), ...theatreIds])
}
