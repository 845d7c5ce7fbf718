import { Redis } from 'ioredis'

/** One call; `until` by performance.now(). */
type Call = { readonly until: number; isOver: boolean; giveUp(error: Error): void }

/** Thrown at once while Redis is known to be away, instead of waiting for another time-out. */
export class RedisAway extends Error {
  constructor(options?: ErrorOptions) {
    super('Redis is away', options)
    this.name = 'RedisAway'
  }
}

/** A stalled Redis must cost a request this much at most (ioredis by itself waits for ever). */
const ANSWER_WITHIN_MS = 250
const OPEN_AFTER_ERRORS = 5
const ERROR_WINDOW_MS = 1_000
/** A stall met by few calls never makes five errors a second; that many with no answer between mean the same. Ten holds may be one call. */
const OPEN_AFTER_SILENCES = 3
const PROBE_EVERY_MS = 1_000
/** How often silences are looked for: one clock for all calls, since two timers for each are a good part of its price. */
const WATCH_EVERY_MS = 20
/** After a silence too short to open the breaker: what went to Postgres because of it is written by then. */
const REPAIR_AFTER_MS = 500

/**
 * Redis behind a circuit breaker. `run` is the only way in: it fails within 250 ms when Redis stalls and at once while
 * the breaker is open. `onBack` listeners run when Redis answers again, be it after a single silence: what was done in
 * Postgres meanwhile is theirs to bring over.
 */
export type RedisLink = {
  readonly client: Redis
  readonly available: boolean
  /** @throws RedisAway */
  run<T>(command: (client: Redis) => Promise<T>): Promise<T>
  onBack(listener: () => void): void
  /** A connection of its own for subscriptions; reconnects and resubscribes by itself. */
  subscriber(): Redis
  close(): Promise<void>
}

export function openRedis(
  url: string,
  log: { warn(details: object, message: string): void; info(message: string): void },
): RedisLink {
  const client = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: 1_000,
    lazyConnect: true,
    retryStrategy: (attempt) => Math.min(100 * attempt, 1_000),
  })
  const subscribers = new Set<Redis>()
  const listeners = new Set<() => void>()
  let open = true // until the first connection
  let errors: number[] = []
  let silences = 0
  let closed = false

  const trip = (error: unknown) => {
    if (open || closed) return
    open = true
    log.warn({ err: error }, 'redis is away: holds and maps go through Postgres')
  }
  const fail = (error: unknown) => {
    const now = Date.now()
    errors = errors.filter((at) => now - at < ERROR_WINDOW_MS)
    errors.push(now)
    silences += 1
    if (errors.length >= OPEN_AFTER_ERRORS || silences >= OPEN_AFTER_SILENCES || client.status !== 'ready') trip(error)
  }
  const tellBack = () => {
    if (!open && !closed) for (const listener of listeners) listener()
  }
  const back = () => {
    if (!open || closed) return
    open = false
    errors = []
    silences = 0
    log.info('redis is back')
    tellBack()
  }
  const answered = () => {
    if (silences > 0) setTimeout(tellBack, REPAIR_AFTER_MS).unref()
    silences = 0
  }
  client.on('error', () => {}) // reported by the command that met it
  client.on('ready', back)
  client.on('close', () => trip(new Error('connection closed')))
  void client.connect().catch(() => {})
  const probe = setInterval(() => {
    if (open && client.status === 'ready') client.ping().then(back, () => {})
  }, PROBE_EVERY_MS)
  probe.unref()

  // In the order they were asked in. What is answered leaves with the next look: to take each out at once is a good part of
  // what a call costs.
  let waiting: Call[] = []
  const giveUp = (call: Call) => call.giveUp(new Error(`Redis did not answer within ${ANSWER_WITHIN_MS} ms`))
  const watch = setInterval(() => {
    const now = performance.now()
    waiting = waiting.filter((call) => !call.isOver)
    for (const call of waiting) {
      // Nobody after this one has waited longer.
      if (call.until > now) break
      // The time of a busy process is not Redis's: answers that lie in the socket by now are read first.
      setImmediate(() => setImmediate(giveUp, call))
    }
  }, WATCH_EVERY_MS)
  watch.unref()

  return {
    client,
    get available() {
      return !open
    },
    run<T>(command: (client: Redis) => Promise<T>) {
      if (open) return Promise.reject(new RedisAway())
      return new Promise<T>((resolve, reject) => {
        const refuse = (error: unknown) => {
          if (call.isOver) return
          call.isOver = true
          if (!isOutage(error)) return reject(error)
          fail(error)
          reject(new RedisAway({ cause: error }))
        }
        const call: Call = { until: performance.now() + ANSWER_WITHIN_MS, isOver: false, giveUp: refuse }
        waiting.push(call)
        command(client).then((answer) => {
          if (call.isOver) return
          call.isOver = true
          answered()
          resolve(answer)
        }, refuse)
      })
    },
    onBack(listener) {
      listeners.add(listener)
    },
    subscriber() {
      const subscriber = new Redis(url, {
        maxRetriesPerRequest: null,
        retryStrategy: (attempt) => Math.min(100 * attempt, 1_000),
      })
      subscriber.on('error', () => {})
      subscribers.add(subscriber)
      return subscriber
    },
    async close() {
      closed = true
      clearInterval(probe)
      clearInterval(watch)
      for (const connection of [client, ...subscribers]) connection.disconnect()
    },
  }
}

/** A reply from Redis that says no (a script error, out of memory) is not an outage, except when it cannot write at all. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return true
  if (error.name === 'ReplyError') return /^(OOM|LOADING|READONLY|MISCONF|BUSY|MASTERDOWN)/.test(error.message)
  return true
}
