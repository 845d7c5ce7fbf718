import type { AdminRequest } from '@marquee/contracts/admin'
import type { Prisma } from '../generated/prisma/client.ts'

export const ADMIN_REQUEST_VIEW = {
  user: { select: { id: true, name: true, email: true, phone: true } },
} as const satisfies Prisma.AdminRequestInclude

type Row = Prisma.AdminRequestGetPayload<{ include: typeof ADMIN_REQUEST_VIEW }>

export const toAdminRequestView = (row: Row): AdminRequest => ({
  id: row.id,
  organisation: row.organisation,
  message: row.message,
  state: row.state,
  createdAt: row.createdAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
  decisionNote: row.decisionNote,
  user: row.user,
})
