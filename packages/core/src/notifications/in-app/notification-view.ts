import type { Notification as View } from '@marquee/contracts/notifications'
import type { Prisma } from '../../generated/prisma/client.ts'

export const NOTIFICATION = {
  alert: { select: { state: true, subscriptionId: true } },
} satisfies Prisma.NotificationInclude
type Row = Prisma.NotificationGetPayload<{ include: typeof NOTIFICATION }>

/** What can still be answered; an alert that is over is read about, no more. */
const TELLING: ReadonlySet<string> = new Set(['RINGING', 'SNOOZED'])

/** `alertId` is the subscription's, which /api/alerts goes by, and null once there is nothing to answer. */
export const toNotification = ({ readAt, createdAt, alert, ...row }: Row): View => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  body: row.body,
  url: row.url,
  alertId: alert && TELLING.has(alert.state) ? alert.subscriptionId : null,
  readAt: readAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
})
