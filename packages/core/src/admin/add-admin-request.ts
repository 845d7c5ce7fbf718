import type { AdminRequest } from '@marquee/contracts/admin'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import type { Actor } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Prisma, User } from '../generated/prisma/client.ts'
import { newId } from '../ids.ts'
import { ADMIN_REQUEST_VIEW, toAdminRequestView } from './admin-request-view.ts'

type Input = {
  actor: Actor
  userId: string
  organisation: string
  message: string
  now: Date
  origin?: Origin | undefined
  /** Refuses by throwing: after the person is locked, before anything is written. */
  check?: (user: User) => Promise<void>
}

/** One open request a person, who is no admin yet. @throws AppError CONFLICT, and whatever `check` throws */
export async function addAdminRequest(tx: Prisma.TransactionClient, input: Input): Promise<AdminRequest> {
  const { actor, userId, organisation, message, now, origin } = input
  // One at a time for each person: the second of two at once finds the first one's request.
  await tx.$executeRaw`select 1 from users where id = ${userId}::uuid for no key update`
  const user = await tx.user.findUniqueOrThrow({ where: { id: userId } })
  if (user.role === 'admin' || user.role === 'superadmin') throw new AppError('CONFLICT', 'You are an admin already')
  const open = await tx.adminRequest.count({ where: { userId, state: 'PENDING' } })
  if (open > 0) throw new AppError('CONFLICT', 'You have asked already. We answer by mail.')
  await input.check?.(user)
  const row = await tx.adminRequest.create({
    data: { id: newId(now.getTime()), userId, organisation, message, createdAt: now },
    include: ADMIN_REQUEST_VIEW,
  })
  const subject = { subjectType: 'admin-request', subjectId: row.id }
  // What they wrote is in the request, which can be erased.
  const after = { state: row.state, userId }
  await recordAudit(tx, { actor, action: 'admin-request.create', ...subject, after, origin })
  return toAdminRequestView(row)
}
