import type { Ctx } from '../../context.ts'

/**
 * Ends calls that ring for alerts nobody has to be told of any more; one that speaks of another alert as well goes on. As
 * far as the carrier does it: the ladder is over either way.
 */
export async function hangUpCalls(ctx: Pick<Ctx, 'db' | 'voice' | 'log'>, alertIds: string[]): Promise<void> {
  const calls = await ctx.db.alertAttempt.findMany({
    where: {
      alertId: { in: alertIds },
      channel: 'call',
      state: { in: ['ACCEPTED', 'RINGING'] },
      provider: { not: null },
      providerId: { not: null },
    },
    select: { id: true, provider: true, providerId: true },
  })
  for (const { id, provider, providerId } of calls) {
    const others = await ctx.db.alertAttempt.count({
      where: { mergedIntoId: id, alert: { state: { in: ['RINGING', 'SNOOZED'] } } },
    })
    if (others > 0) continue
    await ctx.voice
      .carrier(provider ?? '')
      ?.hangUp(providerId ?? '')
      .catch((err: unknown) => ctx.log.warn({ err, attemptId: id }, 'a call was not hung up'))
  }
}
