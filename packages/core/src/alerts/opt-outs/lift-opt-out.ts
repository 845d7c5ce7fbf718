import type { AlertChannel } from '@marquee/contracts/alerts'
import type { Prisma } from '../../generated/prisma/client.ts'
import type { OptOutHow } from './note-opt-out.ts'

/**
 * Its owner wants to hear of us again: they proved the number once more, or wrote START. `how`: only those that were made
 * in one of these ways. @returns how many were lifted
 */
export async function liftOptOut(
  tx: Prisma.TransactionClient,
  given: { hash: string; channels: AlertChannel[]; how?: OptOutHow[] },
): Promise<number> {
  const { count } = await tx.optOut.deleteMany({
    where: { hash: given.hash, channel: { in: given.channels }, ...(given.how && { how: { in: given.how } }) },
  })
  return count
}
