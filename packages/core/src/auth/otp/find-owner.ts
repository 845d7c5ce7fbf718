import type { Ctx } from '../../context.ts'
import type { User } from '../../generated/prisma/client.ts'
import type { Destination } from './destinations.ts'

type Contacts = Pick<User, 'email' | 'phone' | 'emailVerifiedAt' | 'phoneVerifiedAt'>

/**
 * Whether an account may be entered through this address or number. One that was typed and never proved may be somebody
 * else's by a slip: it counts only where nothing was ever proved, in accounts an administrator or the demo made.
 */
export function isProved(user: Contacts, channel: Destination['channel']): boolean {
  if (channel === 'email') return user.emailVerifiedAt !== null || user.phoneVerifiedAt === null
  return user.phoneVerifiedAt !== null || user.emailVerifiedAt === null
}

/** The address and the number that are certainly theirs. */
export const provedContacts = (user: Contacts): string[] =>
  [isProved(user, 'email') ? user.email : null, isProved(user, 'sms') ? user.phone : null].filter(
    (contact) => contact !== null,
  )

/** Whose address or number it is; null when it is nobody's, or was never proved to be theirs. */
export async function findOwner(
  ctx: Pick<Ctx, 'db'>,
  { channel, destination }: Pick<Destination, 'channel' | 'destination'>,
): Promise<User | null> {
  const where = channel === 'email' ? { email: destination } : { phone: destination }
  const user = await ctx.db.user.findFirst({ where: { ...where, deletedAt: null } })
  return user && isProved(user, channel) ? user : null
}
