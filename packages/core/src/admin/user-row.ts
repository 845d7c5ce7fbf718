import type { UserRow } from '@marquee/contracts/admin'
import type { Prisma } from '../generated/prisma/client.ts'

export const USER_ROW = {
  theatres: { select: { theatreId: true }, orderBy: { theatreId: 'asc' } },
} as const satisfies Prisma.UserInclude

type Row = Prisma.UserGetPayload<{ include: typeof USER_ROW }>

/** What of an account may be told to a superadmin. */
export const toUserRow = (row: Row): UserRow => ({
  id: row.id,
  name: row.name,
  email: row.email,
  phone: row.phone,
  username: row.username,
  role: row.role,
  createdAt: row.createdAt.toISOString(),
  lastAccessAt: row.lastAccessAt?.toISOString() ?? null,
  deletedAt: row.deletedAt?.toISOString() ?? null,
  theatreIds: row.theatres.map(({ theatreId }) => theatreId),
})
