import type { Prisma } from '../generated/prisma/client.ts'
import { releaseWatches } from '../listings/release-watches.ts'
import { lockContact } from './delivery/lock-alerts.ts'
import { stopLadders } from './delivery/stop-ladders.ts'

type Subscription = { id: string; phoneContactId: string | null; emailContactId: string | null }

/**
 * Ends a subscription: what is being told stops, nothing more goes out about it, its sites are no longer watched for it,
 * and its person is taken out of it. What was agreed to and what was told stays, with nobody's name. A number or an
 * address that nothing else uses is deleted; `keepContacts`: another subscription has taken them over. The caller must not
 * have locked its row: contacts come first, then ladders, as everywhere.
 */
export async function endSubscription(
  tx: Prisma.TransactionClient,
  subscription: Subscription,
  how: { why: string; now: Date; keepContacts?: boolean },
): Promise<void> {
  const { id } = subscription
  const { why, now, keepContacts = false } = how
  const contactIds = [subscription.phoneContactId, subscription.emailContactId].filter((one) => one !== null)
  if (!keepContacts) for (const contactId of contactIds) await lockContact(tx, contactId)
  await stopLadders(tx, { subscriptionId: id, why, now })
  await tx.alertSubscription.update({
    where: { id },
    data: { state: 'ENDED', name: '', userId: null, phoneContactId: null, emailContactId: null },
  })
  await tx.consent.updateMany({ where: { subscriptionId: id, withdrawnAt: null }, data: { withdrawnAt: now } })
  await releaseWatches(tx, id, now)
  if (!keepContacts) await dropUnused(tx, contactIds)
}

/**
 * Contacts of which no subscription is left. Opt-outs are kept by hash and outlive them. One whose telephone rings just now
 * stays until the hourly clearing: whoever takes that call may still press 9.
 */
const dropUnused = (tx: Prisma.TransactionClient, contactIds: string[]) =>
  tx.$executeRaw`
    delete from contact_points c
     where c.id = any(${contactIds}::uuid[])
       and not exists (select from alert_subscriptions s where s.phone_contact_id = c.id or s.email_contact_id = c.id)
       and not exists (select from alert_attempts t where t.contact_id = c.id and t.channel = 'call'
                          and t.state in ('SENDING', 'ACCEPTED', 'RINGING', 'ANSWERED'))`
