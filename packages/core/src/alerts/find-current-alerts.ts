import type { Ctx } from '../context.ts'

const DAY_MS = 86_400_000

/** What a subscription is telling just now, or told to the end within a day: what somebody can still answer. */
export async function findCurrentAlerts(ctx: Pick<Ctx, 'db' | 'clock'>, subscriptionId: string): Promise<string[]> {
  const rows = await ctx.db.alert.findMany({
    where: {
      subscriptionId,
      OR: [
        { state: { in: ['RINGING', 'SNOOZED'] } },
        { state: 'EXHAUSTED', createdAt: { gt: new Date(ctx.clock.now().getTime() - DAY_MS) } },
      ],
    },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id }) => id)
}
