import type { Prisma } from '../generated/prisma/client.ts'
import { newId } from '../ids.ts'

export const ACCOUNT_MAILS = ['password-changed', 'email-changed', 'phone-changed', 'account-deleted'] as const
export type AccountMail = (typeof ACCOUNT_MAILS)[number]

/** Every mail about one account begins so: what an erasure looks for. */
export const accountMailKeys = (userId: string) => `account.mail:${userId}:`

/**
 * A mail about somebody's account, in the transaction that makes it true. The address is written down here and nowhere
 * else: by the time it is sent, the account may have another one, or none.
 */
export async function addAccountMail(
  tx: Prisma.TransactionClient,
  mail: { userId: string; to: string; about: AccountMail },
): Promise<void> {
  const id = newId()
  const eventKey = `${accountMailKeys(mail.userId)}${id}`
  await tx.delivery.create({ data: { id, eventKey, channel: 'email', recipient: mail.to, template: mail.about } })
  await tx.outboxEvent.create({ data: { key: eventKey, topic: 'account.mail', payload: { deliveryId: id } } })
}
