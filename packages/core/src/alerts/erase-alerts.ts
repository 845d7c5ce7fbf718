import type { Ctx } from '../context.ts'
import type { Prisma, User } from '../generated/prisma/client.ts'
import { hashContact } from './contacts/seal.ts'
import { endSubscription } from './end-subscription.ts'

type Tx = Prisma.TransactionClient
type Person = Pick<User, 'id' | 'email' | 'phone' | 'emailVerifiedAt' | 'phoneVerifiedAt'>

/**
 * Takes a person out of everything that alerts keep: what they waited for, as an account and as a guest with a number or
 * an address that the account has proved; their numbers and addresses, notifications and browsers. That something was
 * told, and when, stays without anybody. "Never again" stays too: by hash, or it could not be honoured.
 */
export async function eraseAlerts(tx: Tx, ctx: Pick<Ctx, 'config'>, person: Person, now: Date): Promise<void> {
  const userId = person.id
  const own = await tx.contactPoint.findMany({ where: { OR: provedHashes(ctx, person) }, select: { id: true } })
  const ids = own.map(({ id }) => id)
  const subscriptions = await tx.alertSubscription.findMany({
    where: {
      state: { not: 'ENDED' },
      OR: [{ userId }, { phoneContactId: { in: ids } }, { emailContactId: { in: ids } }],
    },
    orderBy: { id: 'asc' },
  })
  for (const subscription of subscriptions) await endSubscription(tx, subscription, { why: 'account deleted', now })
  await tx.notification.deleteMany({ where: { userId } })
  await tx.pushEndpoint.deleteMany({ where: { userId } })
}

const provedHashes = (ctx: Pick<Ctx, 'config'>, { phone, phoneVerifiedAt, email, emailVerifiedAt }: Person) => [
  ...(phone && phoneVerifiedAt ? [{ kind: 'phone', hash: hashContact(ctx, 'phone', phone) }] : []),
  ...(email && emailVerifiedAt ? [{ kind: 'email', hash: hashContact(ctx, 'email', email) }] : []),
]
