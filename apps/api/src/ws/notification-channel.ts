import { NotificationHello } from '@marquee/contracts/notifications'
import { createNotificationFeed } from '@marquee/core/notifications/in-app/notification-feed'
import type { Routes } from '../routes/routes.ts'

/** Who has connected has this long to say who it is. */
const HELLO_WITHIN_MS = 10_000
const PING_EVERY_MS = 30_000
/** Sockets one address may keep open on one process. */
const MAX_SOCKETS_PER_ADDRESS = 100
/** 1008, policy violation; 4401, ours: not signed in, or not any more. */
const CLOSE = { policy: 1008, signIn: 4401 } as const

/** WS /api/notifications/ws: what the bell shows, as it happens. The token comes as the first message, never in the URL. */
export const notificationChannel: Routes = async (app, { ctx }) => {
  const feed = createNotificationFeed(ctx)
  app.addHook('onClose', async () => feed.close())
  const socketsOf = new Map<string, number>()

  app.get('/ws', { config: { access: 'public' }, websocket: true, schema: { hide: true } }, (socket, request) => {
    const { ip } = request
    const { origin } = request.headers
    const open = socketsOf.get(ip) ?? 0
    const crowded = open >= MAX_SOCKETS_PER_ADDRESS * ctx.config.http.rateLimitScale
    if ((origin && !ctx.config.http.origins.includes(origin)) || crowded) return socket.close(CLOSE.policy)
    socketsOf.set(ip, open + 1)

    let token: string | undefined
    let stop: (() => void) | undefined
    const late = setTimeout(() => socket.close(CLOSE.signIn), HELLO_WITHIN_MS)
    const ping = setInterval(() => {
      // A session that ended is told nothing more.
      if (token !== undefined && signedIn(token) === null) return socket.close(CLOSE.signIn)
      socket.send('{"type":"ping"}')
    }, PING_EVERY_MS)
    ping.unref()
    late.unref()

    socket.on('message', (data: Buffer) => {
      const said = parse(data)
      // Pages try whether the line still holds, and answer when asked the same.
      if (token !== undefined && said?.type === 'ping') return socket.send('{"type":"pong"}')
      if (token !== undefined && said?.type === 'pong') return
      const hello = NotificationHello.safeParse(said).data
      const userId = hello && signedIn(hello.accessToken)
      if (!hello || !userId) return socket.close(CLOSE.signIn)
      clearTimeout(late)
      token = hello.accessToken
      stop?.()
      stop = feed.follow(userId, (event) => socket.send(JSON.stringify(event)))
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      clearTimeout(late)
      clearInterval(ping)
      stop?.()
      const left = (socketsOf.get(ip) ?? 1) - 1
      if (left > 0) socketsOf.set(ip, left)
      else socketsOf.delete(ip)
    })
  })

  function signedIn(accessToken: string): string | null {
    try {
      const actor = app.tokens.verify(accessToken)
      return actor.kind === 'user' && !actor.mustChangePassword ? actor.userId : null
    } catch {
      return null
    }
  }
}

function parse(data: Buffer): { type?: unknown } | null {
  try {
    const value: unknown = JSON.parse(data.toString())
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
