import { z } from 'zod'
import { Id, Instant, PageQuery, paged, Text, Verbatim } from './common.ts'

export const Notification = z
  .object({
    id: Id,
    /** opening | seats-back | blind | test */
    kind: z.string(),
    title: z.string(),
    body: z.string(),
    /** Within the site. */
    url: z.string(),
    readAt: Instant.nullable(),
    createdAt: Instant,
    /** What POST /api/alerts/:alertId/… takes, while there is something to answer; otherwise null. */
    alertId: Id.nullable(),
  })
  .meta({ id: 'Notification' })
export type Notification = z.infer<typeof Notification>

/** GET /api/notifications */
export const NotificationQuery = PageQuery
export const NotificationList = paged(Notification)
  .extend({ unread: z.int().min(0) })
  .meta({ id: 'NotificationList' })
export type NotificationList = z.infer<typeof NotificationList>

/** POST /api/notifications/read. Without ids: all of them. */
export const ReadNotificationsBody = z
  .object({ ids: z.array(Id).max(100).optional() })
  .meta({ id: 'ReadNotifications' })
export type ReadNotificationsBody = z.infer<typeof ReadNotificationsBody>

/** WS /api/notifications/ws. The first message says who it is; nothing is sent before. */
export const NotificationHello = z.object({ type: z.literal('hello'), accessToken: Verbatim(2_000) })
export type NotificationHello = z.infer<typeof NotificationHello>
export const NotificationEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connected'), unread: z.int() }),
  z.object({ type: z.literal('notification'), notification: Notification, unread: z.int() }),
  z.object({ type: z.literal('read'), unread: z.int() }),
  z.object({ type: z.literal('ping') }),
])
export type NotificationEvent = z.infer<typeof NotificationEvent>

/** POST /api/push/endpoints: what the browser's push manager gave out. DELETE takes the address alone. */
export const PushEndpointBody = z
  .object({
    endpoint: z.url().max(1_000),
    keys: z.object({ p256dh: Text(200).min(20), auth: Text(100).min(8) }),
  })
  .meta({ id: 'PushEndpoint' })
export type PushEndpointBody = z.infer<typeof PushEndpointBody>
export const RemovePushEndpointBody = z.object({ endpoint: z.url().max(1_000) }).meta({ id: 'RemovePushEndpoint' })
export const NotificationsRead = z.object({ unread: z.int().min(0) }).meta({ id: 'NotificationsRead' })
