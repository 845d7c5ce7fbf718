import type { NotificationList } from '@marquee/contracts/notifications'
import { requireUser } from '../../auth/require-user.ts'
import type { Actor, Ctx } from '../../context.ts'
import { NOTIFICATION, toNotification } from './notification-view.ts'

/** One's own, newest first, and how many are unread. @throws AppError UNAUTHENTICATED */
export async function listNotifications(
  ctx: Pick<Ctx, 'db'>,
  { actor, limit, offset }: { actor: Actor; limit: number; offset: number },
): Promise<NotificationList> {
  const { userId } = requireUser(actor)
  const [rows, total, unread] = await Promise.all([
    ctx.db.notification.findMany({
      where: { userId },
      include: NOTIFICATION,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit,
      skip: offset,
    }),
    ctx.db.notification.count({ where: { userId } }),
    ctx.db.notification.count({ where: { userId, readAt: null } }),
  ])
  return { items: rows.map(toNotification), total, unread, limit, offset }
}
