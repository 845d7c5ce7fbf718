import type { NotificationList } from '@marquee/contracts/notifications'
import { api } from '../../lib/api-client.ts'

export async function listNotifications(limit: number, signal?: AbortSignal): Promise<NotificationList> {
  const params = { limit }
  return (await api.get<NotificationList>('/api/notifications', { params, ...(signal ? { signal } : {}) })).data
}

/** Without ids: all of them. @returns how many are left unread */
export async function readNotifications(ids?: string[]): Promise<number> {
  return (await api.post<{ unread: number }>('/api/notifications/read', ids ? { ids } : {})).data.unread
}

const alert = (alertId: string, act: string) => `/api/alerts/${encodeURIComponent(alertId)}/${act}`

/** Stops whatever still rings about it. */
export async function acknowledgeAlert(alertId: string): Promise<void> {
  await api.post(alert(alertId, 'acknowledge'), {})
}

export async function snoozeAlert(alertId: string, minutes: number): Promise<void> {
  await api.post(alert(alertId, 'snooze'), { minutes })
}
