import type { User as UserView } from '@marquee/contracts/auth'
import type { User } from '../generated/prisma/client.ts'

/** What of an account may be told to its owner. */
export const toUserView = (user: User): UserView => ({
  id: user.id,
  name: user.name,
  email: user.email,
  phone: user.phone,
  username: user.username,
  emailVerified: user.emailVerifiedAt !== null,
  phoneVerified: user.phoneVerifiedAt !== null,
  role: user.role,
  mustChangePassword: user.mustChangePassword,
  createdAt: user.createdAt.toISOString(),
})
