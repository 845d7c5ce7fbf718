import type { Prisma } from '../generated/prisma/client.ts'
import { countSubscribers } from './count-subscribers.ts'

/**
 * Call it in the transaction that changed what a subscription waits for (paused, resumed, told, ended, seats back or
 * not), after that change: its watches are counted anew, and those nobody waits for are no longer looked at. The links
 * stay, they carry what is armed.
 */
export async function releaseWatches(tx: Prisma.TransactionClient, subscriptionId: string, now: Date): Promise<void> {
  const links = await tx.subscriptionWatch.findMany({ where: { subscriptionId }, select: { watchId: true } })
  await countSubscribers(
    tx,
    links.map((link) => link.watchId),
    now,
  )
}
