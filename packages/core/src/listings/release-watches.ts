import type { Prisma } from '../generated/prisma/client.ts'
import { countSubscribers } from './count-subscribers.ts'

/**
 * Call it in the transaction that changed what a subscription waits for (paused, resumed, told, ended, seats back or
 * not), after that change: its watches are counted anew, and those nobody waits for are no longer looked at. The links
 * stay, they carry what is armed.
 */
export async function releaseWatches(tx: Prisma.TransactionClient, subscriptionId: string, now: Date): Promise<void> {
  const links = await tx.subscriptionWatch.findMany({ where: { subscriptionId }, select: { watchId: true } })
  const ids = links.map((link) => link.watchId).sort()
  // Locked first: a count begun before somebody else's was written would not see whom they counted.
  await tx.$executeRaw`SELECT id FROM watches WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`
  await countSubscribers(tx, ids, now)
}
