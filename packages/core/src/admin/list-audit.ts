import type { AuditList, AuditQuery } from '@marquee/contracts/admin'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import type { Prisma } from '../generated/prisma/client.ts'

/** What privileged people did, newest first. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function listAudit(
  ctx: Pick<Ctx, 'db'>,
  { actor, query }: { actor: Actor; query: AuditQuery },
): Promise<AuditList> {
  authorise(actor, 'audit.read')
  const { limit, offset, action, actorId, subjectType, subjectId } = query
  const where: Prisma.AuditEntryWhereInput = { action, actorId, subjectType, subjectId }
  const [rows, total] = await Promise.all([
    ctx.db.auditEntry.findMany({ where, orderBy: { id: 'desc' }, take: limit, skip: offset }),
    ctx.db.auditEntry.count({ where }),
  ])
  const ids = [...new Set(rows.flatMap((row) => row.actorId ?? []))]
  const people = await ctx.db.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  const items = rows.map((row) => ({
    id: String(row.id),
    at: row.at.toISOString(),
    // The role they had then, under the name they have now.
    actor: row.actorId === null ? null : { id: row.actorId, name: nameOf.get(row.actorId) ?? '', role: row.actorRole },
    action: row.action,
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    before: row.before,
    after: row.after,
    network: row.network,
    requestId: row.requestId,
  }))
  return { items, total, limit, offset }
}
