import { requireUser } from '../../auth/require-user.ts'
import type { Actor, Ctx } from '../../context.ts'
import { announceToUser } from './notify-channel.ts'

/**
 * Marks one's own notifications as read, all of them without `ids`; every open page of the account learns it.
 * Those of somebody else are not found, silently. @throws AppError UNAUTHENTICATED
 */
export async function readNotifications(
  ctx: Pick<Ctx, 'db' | 'redis' | 'config' | 'clock'>,
  { actor, ids }: { actor: Actor; ids?: string[] | undefined },
): Promise<{ unread: number }> {
  const { userId } = requireUser(actor)
  const { count } = await ctx.db.notification.updateMany({
    where: { userId, readAt: null, ...(ids && { id: { in: ids } }) },
    data: { readAt: ctx.clock.now() },
  })
  if (count > 0) await announceToUser(ctx, userId, 'read')
  return { unread: await ctx.db.notification.count({ where: { userId, readAt: null } }) }
}
