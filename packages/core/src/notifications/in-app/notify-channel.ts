import type { Ctx } from '../../context.ts'

/** Where the pages of one account hear that there is news. */
export const notifyChannel = (ctx: Pick<Ctx, 'config'>, userId: string) => `${ctx.config.holds.prefix}:notify:${userId}`

/**
 * Tells the open pages of an account: the id of a new notification, or `read`. Best effort: a page that missed it sees
 * the list when it connects again.
 */
export async function announceToUser(ctx: Pick<Ctx, 'redis' | 'config'>, userId: string, news: string): Promise<void> {
  await ctx.redis.run((client) => client.publish(notifyChannel(ctx, userId), news)).catch(() => {})
}
