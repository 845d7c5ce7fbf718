import type { AlertSubscription, Prisma } from '../generated/prisma/client.ts'

export type Identity = { userId: string | null; phoneId: string | null; emailId: string | null }

/**
 * Subscriptions of one person to one film in one city that have not ended, the one to keep first: there should be one, and
 * there can be two when a guest has opened an account meanwhile. By number, address or account; two different numbers
 * are two people, though they share an address.
 */
export async function findSame(
  tx: Prisma.TransactionClient,
  { userId, phoneId, emailId, cityId, filmKey }: Identity & { cityId: string; filmKey: string },
): Promise<AlertSubscription[]> {
  const found = await tx.alertSubscription.findMany({
    where: {
      cityId,
      filmKey,
      state: { not: 'ENDED' },
      OR: [
        ...(userId ? [{ userId }] : []),
        ...(phoneId ? [{ phoneContactId: phoneId }] : []),
        ...(emailId ? [{ emailContactId: emailId, ...(phoneId && { phoneContactId: null }) }] : []),
      ],
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  const weight = (one: AlertSubscription) =>
    Number(phoneId !== null && one.phoneContactId === phoneId) * 4 +
    Number(emailId !== null && one.emailContactId === emailId) * 2 +
    Number(userId !== null && one.userId === userId)
  return found.sort((a, b) => weight(b) - weight(a))
}
