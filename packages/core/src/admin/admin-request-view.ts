import type { AdminRequest } from '@marquee/contracts/admin'
import { isProved } from '../auth/otp/find-owner.ts'
import type { Prisma } from '../generated/prisma/client.ts'

export const ADMIN_REQUEST_VIEW = {
  user: { select: { id: true, name: true, email: true, phone: true, emailVerifiedAt: true, phoneVerifiedAt: true } },
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
  // Only what was proved says who asks: another address could be anybody's.
  user: {
    id: row.user.id,
    name: row.user.name,
    email: isProved(row.user, 'email') ? row.user.email : null,
    phone: isProved(row.user, 'sms') ? row.user.phone : null,
  },
})
