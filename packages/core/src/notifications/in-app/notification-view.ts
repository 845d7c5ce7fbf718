import type { Notification as View } from '@marquee/contracts/notifications'
import type { Notification } from '../../generated/prisma/client.ts'

type Row = Pick<Notification, 'id' | 'kind' | 'title' | 'body' | 'url' | 'readAt' | 'createdAt' | 'alertId'>

export const toNotification = ({ readAt, createdAt, ...row }: Row): View => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  body: row.body,
  url: row.url,
  alertId: row.alertId,
  readAt: readAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
})
