import type { UserList, UserQuery } from '@marquee/contracts/admin'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { toUserRow, USER_ROW } from './user-row.ts'

/** Accounts, newest first; `q` is part of a name, an address, a number. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function listUsers(
  ctx: Pick<Ctx, 'db'>,
  { actor, query }: { actor: Actor; query: UserQuery },
): Promise<UserList> {
  authorise(actor, 'user.list')
  const { q, role, limit, offset } = query
  // What would be a pattern to LIKE is meant as it is written.
  const contains = q?.replaceAll(/[\\%_]/g, '\\$&')
  const part = { contains, mode: 'insensitive' } as const
  const where: Prisma.UserWhereInput = {
    ...(role && { role }),
    ...(contains && { OR: [{ name: part }, { email: part }, { phone: part }, { username: part }] }),
  }
  const [rows, total] = await Promise.all([
    ctx.db.user.findMany({
      where,
      include: USER_ROW,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit,
      skip: offset,
    }),
    ctx.db.user.count({ where }),
  ])
  return { items: rows.map(toUserRow), total, limit, offset }
}
