import type { Ctx } from '../../context.ts'
import { hangUpCalls } from './hang-up-calls.ts'

/** A phone that rings for somebody who paused or left just now stops. After their commit; as far as the carrier does it. */
export async function hangUpSubscriptions(
  ctx: Pick<Ctx, 'db' | 'voice' | 'log'>,
  subscriptionIds: string[],
): Promise<void> {
  const ringing = await ctx.db.alertAttempt.findMany({
    where: {
      channel: 'call',
      state: { in: ['ACCEPTED', 'RINGING'] },
      alert: { subscriptionId: { in: subscriptionIds } },
    },
    select: { alertId: true },
    distinct: ['alertId'],
  })
  if (ringing.length > 0)
    await hangUpCalls(
      ctx,
      ringing.map(({ alertId }) => alertId),
    )
}
