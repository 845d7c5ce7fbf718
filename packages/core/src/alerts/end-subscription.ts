import type { Prisma } from '../generated/prisma/client.ts'
import { releaseWatches } from '../listings/release-watches.ts'

/**
 * Ends a subscription: nothing goes out about it any more, its sites are no longer watched for it, and its person is taken
 * out of it. What was agreed to and what was told stays, with nobody's name. A number or an address that nothing else
 * uses is deleted. The caller has stopped its ladders and locked its row.
 */
export async function endSubscription(
  tx: Prisma.TransactionClient,
  subscription: { id: string; phoneContactId: string | null; emailContactId: string | null },
  now: Date,
): Promise<void> {
  const { id, phoneContactId, emailContactId } = subscription
  await tx.alertSubscription.update({
    where: { id },
    data: { state: 'ENDED', name: '', userId: null, phoneContactId: null, emailContactId: null },
  })
  await tx.consent.updateMany({ where: { subscriptionId: id, withdrawnAt: null }, data: { withdrawnAt: now } })
  await releaseWatches(tx, id, now)
  await dropUnused(
    tx,
    [phoneContactId, emailContactId].filter((one) => one !== null),
  )
}

/** Contacts of which no subscription is left. Opt-outs are kept by hash and outlive them. */
export async function dropUnused(tx: Prisma.TransactionClient, contactIds: string[]): Promise<void> {
  await tx.contactPoint.deleteMany({
    where: { id: { in: contactIds }, phoneSubscriptions: { none: {} }, emailSubscriptions: { none: {} } },
  })
}
