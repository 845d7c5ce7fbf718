import type { Ctx } from '../context.ts'
import type { AlertSubscription, Prisma, User } from '../generated/prisma/client.ts'
import { type ContactKind, hashContact } from './contacts/seal.ts'
import { endSubscription } from './end-subscription.ts'

type Tx = Prisma.TransactionClient

/**
 * What somebody asked for as a guest belongs to their account, once that has proved the same number or address. A film that
 * they waited for twice, as a guest and signed in, is waited for once: the one with a number stays, with the ways to be
 * told of both. Nothing to do is one query.
 */
export async function attachAlerts(ctx: Pick<Ctx, 'db' | 'config' | 'clock'>, userId: string): Promise<void> {
  const user = await ctx.db.user.findFirst({ where: { id: userId, deletedAt: null } })
  if (!user) return
  const contacts = await ctx.db.contactPoint.findMany({ where: { OR: provedOf(ctx, user) }, select: { id: true } })
  const ids = contacts.map(({ id }) => id)
  const loose = {
    userId: null,
    state: { not: 'ENDED' as const },
    OR: [{ phoneContactId: { in: ids } }, { emailContactId: { in: ids } }],
  }
  if (ids.length === 0 || (await ctx.db.alertSubscription.count({ where: loose })) === 0) return
  await ctx.db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`alert ${userId}`}, 0))`
    await tx.alertSubscription.updateMany({ where: loose, data: { userId } })
    await joinDoubles(tx, userId, ctx.clock.now())
  })
}

/** By hash: only what the account has certainly shown to be its owner's. */
function provedOf(ctx: Pick<Ctx, 'config'>, user: User): { kind: ContactKind; hash: string }[] {
  const { phone, phoneVerifiedAt, email, emailVerifiedAt } = user
  return [
    ...(phone && phoneVerifiedAt ? [{ kind: 'phone' as const, hash: hashContact(ctx, 'phone', phone) }] : []),
    ...(email && emailVerifiedAt ? [{ kind: 'email' as const, hash: hashContact(ctx, 'email', email) }] : []),
  ]
}

async function joinDoubles(tx: Tx, userId: string, now: Date): Promise<void> {
  // Read once they are ours: nothing is joined to one that is being deleted.
  await tx.$executeRaw`
    SELECT id FROM alert_subscriptions WHERE user_id = ${userId}::uuid AND state <> 'ENDED' ORDER BY id FOR NO KEY UPDATE`
  const all = await tx.alertSubscription.findMany({
    where: { userId, state: { not: 'ENDED' } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  for (const same of Map.groupBy(all, ({ cityId, filmKey }) => `${cityId} ${filmKey}`).values()) {
    // Two numbers are two phones that ring.
    const [kept, ...others] = same.sort((a, b) => weight(b) - weight(a))
    for (const other of others) if (kept && !rivals(kept, other)) await join(tx, kept, other, now)
  }
}

const weight = (one: AlertSubscription) => Number(one.phoneContactId !== null) * 2 + Number(one.emailContactId !== null)
const rivals = (a: AlertSubscription, b: AlertSubscription) =>
  a.phoneContactId !== null && b.phoneContactId !== null && a.phoneContactId !== b.phoneContactId

async function join(tx: Tx, kept: AlertSubscription, other: AlertSubscription, now: Date): Promise<void> {
  const emailContactId = kept.emailContactId ?? other.emailContactId
  const told = other.channels.filter((channel) => channel === 'in_app' || channel === 'push' || channel === 'email')
  const channels = [...new Set([...kept.channels, ...told])].filter((channel) => channel !== 'email' || emailContactId)
  const added = channels.filter((channel) => !kept.channels.includes(channel))
  await tx.consent.updateMany({
    where: { subscriptionId: other.id, withdrawnAt: null, channel: { in: added } },
    data: { subscriptionId: kept.id },
  })
  await endSubscription(tx, other, { why: 'joined', now, keepContacts: true })
  await tx.alertSubscription.update({ where: { id: kept.id }, data: { channels, emailContactId } })
}
