import type { AlertChannel } from '@marquee/contracts/alerts'
import type { Ctx } from '../context.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { releaseWatches } from '../listings/release-watches.ts'
import type { ReadLink } from './links/read-link.ts'
import { noteOptOut } from './opt-outs/note-opt-out.ts'
import { readUnsubscribeLink } from './read-unsubscribe-link.ts'

/**
 * One click: nothing more goes to this number or address on this channel, whatever it subscribes to. Alerts that have
 * another way to tell keep it, the others are paused. The second click finds it done.
 * @throws AppError UNAUTHENTICATED when the link is not one of ours
 */
export async function unsubscribeAlerts(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config'>,
  { token }: { token: string },
): Promise<{ channel: AlertChannel; sentTo: string }> {
  const { contact, channel, sentTo } = await readUnsubscribeLink(ctx, { token })
  const now = ctx.clock.now()
  await ctx.db.$transaction(async (tx) => {
    await noteOptOut(tx, { hash: contact.hash, channels: [channel], how: 'unsubscribe', at: now })
    await takeOff(tx, contact, channel, now)
  })
  return { channel, sentTo }
}

/** Takes a channel off everything that uses this contact. */
async function takeOff(tx: Prisma.TransactionClient, contact: ReadLink['contact'], channel: AlertChannel, now: Date) {
  const column = contact.kind === 'email' ? 'emailContactId' : 'phoneContactId'
  // Read once they are ours: what is being deleted stays deleted, what is being changed keeps its change.
  await tx.$executeRaw`
    SELECT id FROM alert_subscriptions WHERE ${contact.id}::uuid IN (phone_contact_id, email_contact_id)
     ORDER BY id FOR NO KEY UPDATE`
  const subscriptions = await tx.alertSubscription.findMany({
    where: { [column]: contact.id, state: { not: 'ENDED' }, channels: { has: channel } },
    orderBy: { id: 'asc' },
  })
  for (const { id, channels } of subscriptions) {
    const left = channels.filter((one) => one !== channel)
    await tx.alertSubscription.update({
      where: { id },
      data: left.length > 0 ? { channels: left } : { state: 'PAUSED' },
    })
    await tx.consent.updateMany({
      where: { subscriptionId: id, channel, withdrawnAt: null },
      data: { withdrawnAt: now },
    })
    if (left.length === 0) await releaseWatches(tx, id, now)
  }
}
