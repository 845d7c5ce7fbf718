import type { Notification } from '@marquee/contracts/notifications'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { toast } from '../../components/ui/toast.ts'
import { API_BASE } from '../../lib/api-base.ts'
import { refreshSession } from '../../lib/api-client.ts'
import { useSession } from '../../lib/session.ts'
import { openSocket, socketUrl } from '../../lib/socket.ts'
import { acknowledgeAlert, listNotifications } from './api.ts'
import { openLiveFeed } from './live-feed.ts'

/** Time enough to reach for the button of somebody whose phone is ringing. */
const OPENING_SHOWN_MS = 30_000
/** As many as are shown at once to somebody who was away. */
const MOST_AT_ONCE = 3

export const isOpening = ({ kind }: Pick<Notification, 'kind'>) => kind === 'opening' || kind === 'seats-back'

/** How many are unread, live; each that comes is shown, and said: `urgent` is for right now. */
export function useNotifications(): { unread: number; urgent: string } {
  const client = useQueryClient()
  // Whoever must choose a password first is answered nothing else.
  const userId = useSession(({ user }) => (user?.mustChangePassword ? undefined : user?.id))
  const [unread, setUnread] = useState(0)
  const [urgent, setUrgent] = useState('')

  useEffect(() => {
    if (!userId) return
    const shown = new Set<string>()
    let known: number | null = null
    let over = false

    const show = (notification: Notification) => {
      if (over || shown.has(notification.id)) return
      shown.add(notification.id)
      if (isOpening(notification)) setUrgent(`${notification.title}. ${notification.body}`)
      showToast(client, notification)
    }
    /** While the line was down things may have come. */
    const catchUp = async (missed: number) => {
      const { items } = await listNotifications(Math.min(missed, MOST_AT_ONCE))
      for (const item of items.toReversed()) if (item.readAt === null) show(item)
    }

    const stop = openLiveFeed({
      connect: (hear) =>
        openSocket({
          url: socketUrl('/api/notifications/ws', import.meta.env?.VITE_SOCKET_URL, API_BASE, window.location.origin),
          ...hear,
        }),
      token: () => useSession.getState().accessToken,
      onToken: (told) => useSession.subscribe((now, before) => now.accessToken !== before.accessToken && told()),
      refresh: refreshSession,
      onEvent(event) {
        if (event.type === 'ping') return
        setUnread(event.unread)
        void client.invalidateQueries({ queryKey: ['notifications'] })
        if (event.type === 'notification') {
          show(event.notification)
          void client.invalidateQueries({ queryKey: ['alerts'] })
        }
        // What is listed under the bell is not lost if this fails: the count stands there.
        if (event.type === 'connected' && known !== null && event.unread > known)
          void catchUp(event.unread - known).catch(() => {})
        known = event.unread
      },
    })
    return () => {
      over = true
      stop()
      setUnread(0)
    }
  }, [client, userId])

  return { unread, urgent }
}

function showToast(client: QueryClient, { id, title, body, alertId, ...rest }: Notification): void {
  // Of one alert there is one toast, whoever takes it back.
  const toastId = alertId ?? id
  const answer = () =>
    acknowledgeAlert(alertId ?? '')
      .then(() => toast('Good. Nothing more about it.', { tone: 'ok', id: toastId }))
      .catch((error: Error) => toast(error.message, { tone: 'danger', id: toastId }))
      .finally(
        () =>
          void Promise.all([['notifications'], ['alerts']].map((queryKey) => client.invalidateQueries({ queryKey }))),
      )
  void toast(title, {
    id: toastId,
    description: body,
    tone: isOpening(rest) ? 'ok' : 'info',
    ...(alertId
      ? { durationMs: OPENING_SHOWN_MS, action: { label: 'I have seen it', onPress: () => void answer() } }
      : {}),
  })
}
