import type { AlertChannel } from '@marquee/contracts/alerts'
import type { Prisma } from '../../generated/prisma/client.ts'

/** Where a step on a channel goes: to the number or address that its person has now, whatever it was when it was planned. */
export const contactOf = (
  { phoneContactId, emailContactId }: { phoneContactId: string | null; emailContactId: string | null },
  channel: AlertChannel,
): string | null =>
  channel === 'call' || channel === 'sms' ? phoneContactId : channel === 'email' ? emailContactId : null

/** Not taken now: the schedule gives the step once more. */
export async function giveBack(tx: Prisma.TransactionClient, attemptId: string): Promise<null> {
  await tx.alertAttempt.update({ where: { id: attemptId }, data: { queuedAt: null } })
  return null
}
