import type { NotificationEvent } from '@marquee/contracts/notifications'
import type { ReconnectingSocket, SocketStatus } from '../../lib/socket.ts'

export interface FeedOptions {
  connect: (hear: {
    onMessage: (message: unknown) => void
    onStatus: (status: SocketStatus) => void
  }) => ReconnectingSocket
  token: () => string | null
  /** Calls back with every new token. @returns how to stop */
  onToken: (told: () => void) => () => void
  refresh: () => Promise<boolean>
  onEvent: (event: NotificationEvent) => void
}

const TYPES: ReadonlySet<string> = new Set(['connected', 'notification', 'read'])

/**
 * The live side of the bell. Whoever connects says first who it is; a hello that nobody answered was said with a token
 * that is over, so that a new one is fetched before the next. @returns how to stop
 */
export function openLiveFeed({ connect, token, onToken, refresh, onEvent }: FeedOptions): () => void {
  let open = false
  let answered = true
  const say = () => {
    const accessToken = token()
    if (!open || !accessToken) return
    answered = false
    socket.send({ type: 'hello', accessToken })
  }
  const socket = connect({
    onMessage(message) {
      const event = message as NotificationEvent
      if (!TYPES.has(event.type)) return
      if (event.type === 'connected') answered = true
      onEvent(event)
    },
    onStatus(status) {
      open = status === 'open'
      if (!open) return
      if (answered) say()
      // The new token says hello by itself.
      else void refresh()
    },
  })
  const stopHearing = onToken(say)
  return () => {
    stopHearing()
    socket.close()
  }
}
