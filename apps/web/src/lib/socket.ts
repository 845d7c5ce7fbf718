/**
 * A WebSocket that comes back. It knows nothing of seats: messages are parsed JSON, and the owner decides what a break
 * means. One instance per room; `close()` is final.
 */

export type SocketStatus = 'connecting' | 'open' | 'waiting' | 'offline' | 'closed'

/** The part of WebSocket used here, so that a test can be one. */
export interface SocketLike {
  readyState: number
  send(data: string): void
  close(): void
  onopen: ((event: never) => void) | null
  onmessage: ((event: never) => void) | null
  onclose: ((event: never) => void) | null
  onerror: ((event: never) => void) | null
}

export interface SocketEnvironment {
  connect(url: string): SocketLike
  setTimeout(run: () => void, milliseconds: number): number
  clearTimeout(timer: number): void
  random(): number
  isOnline(): boolean
  /** Calls back on 'online', 'offline' and 'visible'; returns the way to stop. */
  watch(onChange: (what: 'online' | 'offline' | 'visible') => void): () => void
}

export interface SocketOptions {
  url: string
  onMessage: (message: unknown) => void
  onStatus: (status: SocketStatus) => void
  environment?: SocketEnvironment
}

export interface ReconnectingSocket {
  send(message: object): void
  close(): void
}

const PING_EVERY_MS = 25_000
const DEAD_AFTER_MS = 45_000
/** The first wait is anything from 0 to 3 s, so that a restarted server is not met by everybody at once. */
const FIRST_WAIT_MS = 3_000
const LONGEST_WAIT_MS = 15_000
/** A line that held this long was a good one: the next break starts with a short wait again. */
const STEADY_AFTER_MS = 10_000
const CONNECT_WITHIN_MS = 10_000

/** Full jitter: anything between nothing and the doubled ceiling. */
export function reconnectWait(attempt: number, random: number): number {
  return Math.round(random * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt, 10)))
}

/**
 * Where the sockets of an API live: `explicit` (http, https, ws or wss, with or without `/api`) or the API's base, or
 * the page's own origin. Answers with ws for http and wss for https.
 */
export function socketUrl(path: string, explicit: string | undefined, base: string, pageOrigin: string): string {
  const root = (explicit?.trim() || base || pageOrigin).replace(/\/+$/, '').replace(/(\/api)+$/, '')
  const absolute = /^[a-z]+:\/\//i.test(root) ? root : new URL(root, pageOrigin).toString().replace(/\/+$/, '')
  return absolute.replace(/^http/i, 'ws') + path
}

export function openSocket(options: SocketOptions): ReconnectingSocket {
  const env = options.environment ?? browser
  let socket: SocketLike | null = null
  let status: SocketStatus | null = null
  let attempt = 0
  let closed = false
  let retry: number | undefined
  let ping: number | undefined
  let death: number | undefined
  let steady: number | undefined

  const say = (next: SocketStatus) => {
    if (next !== status) {
      status = next
      options.onStatus(next)
    }
  }
  const stopTimers = () => {
    for (const timer of [retry, ping, death, steady]) if (timer !== undefined) env.clearTimeout(timer)
    retry = ping = death = steady = undefined
  }

  const drop = () => {
    const old = socket
    socket = null
    stopTimers()
    if (!old) return
    old.onopen = old.onmessage = old.onclose = old.onerror = null
    old.close()
  }

  const heard = () => {
    if (death !== undefined) env.clearTimeout(death)
    death = env.setTimeout(lost, DEAD_AFTER_MS)
  }

  const pingLater = () => {
    ping = env.setTimeout(() => {
      send({ type: 'ping' })
      pingLater()
    }, PING_EVERY_MS)
  }

  const connect = () => {
    drop()
    if (closed) return
    if (!env.isOnline()) return say('offline')
    say('connecting')
    const mine = env.connect(options.url)
    socket = mine
    death = env.setTimeout(lost, CONNECT_WITHIN_MS)
    mine.onopen = () => {
      say('open')
      heard()
      pingLater()
      steady = env.setTimeout(() => {
        attempt = 0
      }, STEADY_AFTER_MS)
    }
    mine.onmessage = (event: { data: unknown }) => {
      heard()
      const message = parse(event.data)
      if (message?.type === 'ping') send({ type: 'pong' })
      else if (message) options.onMessage(message)
    }
    mine.onclose = lost
    // 'close' always follows.
    mine.onerror = () => {}
  }

  const lost = () => {
    drop()
    if (closed) return
    if (!env.isOnline()) return say('offline')
    say('waiting')
    retry = env.setTimeout(connect, reconnectWait(attempt, env.random()))
    attempt += 1
  }

  const send = (message: object) => {
    if (socket?.readyState === 1) socket.send(JSON.stringify(message))
  }

  const unwatch = env.watch((what) => {
    if (closed) return
    if (what === 'offline') {
      drop()
      say('offline')
    } else if (what === 'online') {
      attempt = 0
      connect()
    } else if (status === 'waiting' || status === 'offline') {
      // Somebody looks at the page again: no reason to make them wait out a long pause.
      attempt = 0
      connect()
    } else if (status === 'open') send({ type: 'ping' })
  })

  connect()
  return {
    send,
    close() {
      closed = true
      unwatch()
      drop()
      say('closed')
    },
  }
}

function parse(data: unknown): { type: string } | null {
  if (typeof data !== 'string') return null
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
      ? (value as { type: string })
      : null
  } catch {
    return null
  }
}

const browser: SocketEnvironment = {
  connect: (url) => new WebSocket(url),
  setTimeout: (run, milliseconds) => window.setTimeout(run, milliseconds),
  clearTimeout: (timer) => window.clearTimeout(timer),
  random: Math.random,
  isOnline: () => navigator.onLine,
  watch(onChange) {
    const online = () => onChange('online')
    const offline = () => onChange('offline')
    const visible = () => {
      if (document.visibilityState === 'visible') onChange('visible')
    }
    window.addEventListener('online', online)
    window.addEventListener('offline', offline)
    document.addEventListener('visibilitychange', visible)
    return () => {
      window.removeEventListener('online', online)
      window.removeEventListener('offline', offline)
      document.removeEventListener('visibilitychange', visible)
    }
  },
}
