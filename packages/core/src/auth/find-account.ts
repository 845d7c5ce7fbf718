import { Phone } from '@marquee/contracts/otp'
import type { Ctx } from '../context.ts'
import type { User } from '../generated/prisma/client.ts'

/** An identifier as it is kept: an address in lower case, a number in E.164, or a username, which is told without case. */
export function foldIdentifier(identifier: string): { field: 'email' | 'phone' | 'username'; value: string } {
  const text = identifier.trim()
  if (text.includes('@')) return { field: 'email', value: text.toLowerCase() }
  const phone = text.startsWith('+') ? Phone.safeParse(text) : undefined
  return phone?.success ? { field: 'phone', value: phone.data } : { field: 'username', value: text.toLowerCase() }
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The account that somebody signs in to, by its email address, phone number or username; null when there is none. */
export async function findAccount(ctx: Pick<Ctx, 'db'>, identifier: string): Promise<User | null> {
  const { field, value } = foldIdentifier(identifier)
  if (field !== 'username') return ctx.db.user.findFirst({ where: { [field]: value, deletedAt: null } })
  // Not Prisma's insensitive mode: there an underscore stands for any letter.
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from users where lower(username) = ${value} and deleted_at is null`
  // Asked for in either case: as much work for a name that nobody has.
  return ctx.db.user.findUnique({ where: { id: row?.id ?? NOBODY } })
}
