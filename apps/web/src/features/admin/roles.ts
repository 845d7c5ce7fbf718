import type { UserRole } from '@marquee/contracts/auth'

export const ROLES: Record<UserRole, string> = {
  customer: 'Customer',
  host: 'Host',
  admin: 'Admin of cinemas',
  superadmin: 'Superadmin',
}
