import type { NotificationEvent } from '@marquee/contracts/notifications'
import type { Ctx } from '../../context.ts'
import { NOTIFICATION, toNotification } from './notification-view.ts'
import { notifyChannel } from './notify-channel.ts'

type Listener = (event: NotificationEvent) => void

/** The live side of one API process: which accounts have a page open, one Redis channel for each. */
export type NotificationFeed = {
  /** Begins with `connected`, then every notification as it is written. @returns how to stop */
  follow(userId: string, listener: Listener): () => void
  close(): void
}

export function createNotificationFeed(ctx: Pick<Ctx, 'db' | 'redis' | 'config' | 'log'>): NotificationFeed {
  const listeners = new Map<string, Set<Listener>>()
  const subscriber = ctx.redis.subscriber()
  const unreadOf = (userId: string) => ctx.db.notification.count({ where: { userId, readAt: null } })
  const tell = (userId: string, event: NotificationEvent) => {
    for (const listener of listeners.get(userId) ?? []) listener(event)
  }
  const guarded = (work: Promise<void>) =>
    void work.catch((err: unknown) => ctx.log.warn({ err }, 'a notification was not shown live'))

  const greet = async (userId: string, only?: Listener) => {
    const event: NotificationEvent = { type: 'connected', unread: await unreadOf(userId) }
    if (only) only(event)
    else tell(userId, event)
  }
  const onNews = async (userId: string, news: string) => {
    const where = { id: news, userId }
    const row = news === 'read' ? null : await ctx.db.notification.findFirst({ where, include: NOTIFICATION })
    const unread = await unreadOf(userId)
    tell(userId, row ? { type: 'notification', notification: toNotification(row), unread } : { type: 'read', unread })
  }

  subscriber.on('message', (channel: string, news: string) => {
    const userId = channel.slice(channel.lastIndexOf(':') + 1)
    if (listeners.has(userId)) guarded(onNews(userId, news))
  })
  // What was said while nobody listened is lost: the count tells a page that its list is old.
  subscriber.on('ready', () => {
    for (const userId of listeners.keys()) guarded(greet(userId))
  })

  return {
    follow(userId, listener) {
      const those = listeners.get(userId) ?? new Set<Listener>()
      those.add(listener)
      listeners.set(userId, those)
      // Listens first, then counts: what comes in between is told twice, never missed.
      void subscriber
        .subscribe(notifyChannel(ctx, userId))
        .catch(() => {})
        .then(() => guarded(greet(userId, listener)))
      return () => {
        those.delete(listener)
        if (those.size > 0 || listeners.get(userId) !== those) return
        listeners.delete(userId)
        subscriber.unsubscribe(notifyChannel(ctx, userId)).catch(() => {})
      }
    },
    close() {
      listeners.clear()
      subscriber.disconnect()
    },
  }
}
