import type { Prisma } from '../../generated/prisma/client.ts'
import { endLadders } from './end-ladder.ts'
import { lockAlerts } from './lock-alerts.ts'

/**
 * Ends every ladder of a subscription that is under way, in the transaction that pauses, changes or ends it. Its own state
 * is the caller's: it must have been changed before, or be changed after, in the same transaction.
 */
export async function stopLadders(
  tx: Prisma.TransactionClient,
  { subscriptionId, why, now }: { subscriptionId: string; why: string; now?: Date },
): Promise<void> {
  const alerts = await tx.alert.findMany({
    where: { subscriptionId, state: { in: ['RINGING', 'SNOOZED'] } },
    select: { id: true },
  })
  if (alerts.length === 0) return
  const alertIds = alerts.map(({ id }) => id)
  await lockAlerts(tx, alertIds)
  const [row] = await tx.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`
  await endLadders(tx, alertIds, why, now ?? row?.now ?? new Date(0))
}
