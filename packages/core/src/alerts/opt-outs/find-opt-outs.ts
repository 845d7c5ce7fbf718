import type { AlertChannel } from '@marquee/contracts/alerts'
import type { Ctx } from '../../context.ts'
import type { Prisma } from '../../generated/prisma/client.ts'

/** What numbers and addresses opted out of, by their hash. */
export async function findOptOuts(
  db: Ctx['db'] | Prisma.TransactionClient,
  hashes: string[],
): Promise<Map<string, Set<AlertChannel>>> {
  const rows = await db.optOut.findMany({ where: { hash: { in: hashes } }, select: { hash: true, channel: true } })
  const found = new Map<string, Set<AlertChannel>>()
  for (const { hash, channel } of rows) {
    const channels = found.get(hash) ?? new Set()
    found.set(hash, channels.add(channel as AlertChannel))
  }
  return found
}
