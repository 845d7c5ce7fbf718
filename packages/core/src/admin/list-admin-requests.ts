import type { AdminRequestList, AdminRequestQuery } from '@marquee/contracts/admin'
import type { PageQuery } from '@marquee/contracts/common'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { ADMIN_REQUEST_VIEW, toAdminRequestView } from './admin-request-view.ts'

/** Everybody's requests, oldest first: whoever waits longest is on top. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function listAdminRequests(
  ctx: Pick<Ctx, 'db'>,
  { actor, query }: { actor: Actor; query: AdminRequestQuery },
): Promise<AdminRequestList> {
  authorise(actor, 'admin-request.decide')
  const { state, ...page } = query
  return pageOf(ctx, page, state ? { state } : {}, 'asc')
}

/** One's own requests, newest first. @throws AppError UNAUTHENTICATED */
export async function listOwnAdminRequests(
  ctx: Pick<Ctx, 'db'>,
  { actor, query }: { actor: Actor; query: PageQuery },
): Promise<AdminRequestList> {
  return pageOf(ctx, query, { userId: authorise(actor, 'user').userId }, 'desc')
}

async function pageOf(
  ctx: Pick<Ctx, 'db'>,
  { limit, offset }: PageQuery,
  where: Prisma.AdminRequestWhereInput,
  order: Prisma.SortOrder,
): Promise<AdminRequestList> {
  const [rows, total] = await Promise.all([
    ctx.db.adminRequest.findMany({
      where,
      include: ADMIN_REQUEST_VIEW,
      orderBy: [{ createdAt: order }, { id: order }],
      take: limit,
      skip: offset,
    }),
    ctx.db.adminRequest.count({ where }),
  ])
  return { items: rows.map(toAdminRequestView), total, limit, offset }
}
