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
