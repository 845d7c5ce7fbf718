// The live side of one API process: which halls somebody looks at, one Redis channel for each, and the map in memory.
// A message may be lost (pub/sub is fire and forget): sequence numbers show it, and the map is read again.
import { randomBytes } from 'node:crypto'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { RedisAway } from '../redis.ts'
import { mapFromPostgres } from './degraded-holds.ts'
import { seatChannel } from './hold-scripts.ts'
import { recoverDegradedHolds } from './recover-degraded-holds.ts'
import { headFromRedis, snapshotFromRedis } from './seat-holds.ts'
import { parseSeatEvent, type SeatEvent, SeatRoom } from './seat-room.ts'

type FeedCtx = Pick<Ctx, 'redis' | 'config' | 'pool' | 'log' | 'crashPoint'>
/** `event` is null when the whole map may have changed. */
export type RoomListener = (event: SeatEvent | null) => void
export type OpenRoom = { readonly room: SeatRoom; readonly listeners: Set<RoomListener> }

type Entry = OpenRoom & {
  showtimeId: string
  ready: Promise<void>
  /** Steps that came while the map was being read. */
  pending: SeatEvent[] | null
  /** The reading under way, the same for everybody who wants one. */
  reading: Promise<void> | null
  /** Somebody wanted one whose snapshot may be too old for them. */
  readAgain: boolean
  usedAt: number
}

/** A hall nobody has looked at for this long is dropped. */
const IDLE_MS = 60_000
/** The check for a silently lost last message. */
const VERIFY_EVERY_MS = 15_000
/** While Redis is away the map is read from Postgres this often, by each process, for halls with viewers. */
const DEGRADED_POLL_MS = 1_000

export type SeatFeed = {
  /** The hall, current to the last message. @throws NOT_FOUND */
  open(showtimeId: string): Promise<OpenRoom>
  /** The hall, when this process follows it already and knows it whole. */
  peek(showtimeId: string): SeatRoom | null
  close(): void
}

export function createSeatFeed(ctx: FeedCtx): SeatFeed {
  const rooms = new Map<string, Entry>()
  const subscriber = ctx.redis.subscriber()
  const ownEpoch = `pg-${randomBytes(5).toString('base64url')}`

  subscriber.on('message', (channel: string, message: string) => {
    const entry = rooms.get(channel.slice(channel.lastIndexOf(':') + 1))
    const event = parseSeatEvent(message)
    if (!entry || !event) return
    if (entry.pending) entry.pending.push(event)
    else take(entry, event)
  })
  subscriber.on('ready', () => {
    // Whatever was published while nobody listened is lost. Asked for again to know when listening has begun.
    for (const entry of rooms.values())
      void subscriber.subscribe(seatChannel(ctx, entry.showtimeId)).then(
        () => resync(entry),
        () => {},
      )
  })
  ctx.redis.onBack(() => {
    void recoverDegradedHolds(ctx)
      .catch((err: unknown) => ctx.log.warn({ err }, 'holds kept in Postgres were not brought back'))
      .then(() => Promise.all([...rooms.values()].map(resync)))
  })

  function take(entry: Entry, event: SeatEvent) {
    const outcome = entry.room.apply(event)
    if (outcome === 'gap') void resync(entry)
    if (outcome === 'applied') for (const listener of entry.listeners) listener(event)
  }

  /** One reading at a time, until nobody is left who asked after it began. */
  function read(entry: Entry): Promise<void> {
    if (entry.reading) entry.readAgain = true
    entry.reading ??= (async () => {
      try {
        do {
          entry.readAgain = false
          await load(entry)
          for (const listener of entry.listeners) listener(null)
        } while (entry.readAgain)
      } finally {
        // In the same step as the last look at readAgain, or whoever asks in between would be forgotten.
        entry.reading = null
      }
    })()
    return entry.reading
  }

  async function load(entry: Entry): Promise<void> {
    entry.pending ??= []
    try {
      const snapshot = await snapshotFromRedis(ctx, entry.showtimeId)
      entry.room.load(snapshot, false)
    } catch (error) {
      if (!(error instanceof RedisAway)) throw error
      await loadDegraded(entry)
    } finally {
      const missed = entry.pending
      entry.pending = null
      for (const event of missed) {
        // Read from Postgres, it is behind no step of Redis: it is read again when Redis is back.
        if (entry.room.apply(event) === 'gap' && !entry.room.degraded) entry.readAgain = true
      }
    }
  }

  /** @returns whether anything changed */
  async function loadDegraded(entry: Entry): Promise<boolean> {
    const state = await mapFromPostgres(ctx, entry.showtimeId)
    if (!state) throw notFound('showtime')
    if (entry.room.epoch === ownEpoch && entry.room.map === state.map) return false
    const seq = entry.room.epoch === ownEpoch ? entry.room.seq + 1 : 1
    entry.room.load({ epoch: ownEpoch, seq, ...state }, true)
    return true
  }

  const resync = (entry: Entry): Promise<void> =>
    read(entry).catch((err: unknown) =>
      ctx.log.warn({ err, showtimeId: entry.showtimeId }, 'seat map not read; tried again later'),
    )

  async function start(entry: Entry): Promise<void> {
    // Subscribed before the snapshot is read: a change in between is buffered, not lost.
    if (ctx.redis.available) {
      await Promise.race([
        subscriber.subscribe(seatChannel(ctx, entry.showtimeId)).catch(() => {}),
        new Promise((resolve) => setTimeout(resolve, 500).unref()),
      ])
    } else void subscriber.subscribe(seatChannel(ctx, entry.showtimeId)).catch(() => {})
    await read(entry)
  }

  const verify = setInterval(() => {
    const now = Date.now()
    for (const entry of rooms.values()) {
      if (entry.listeners.size === 0 && now - entry.usedAt > IDLE_MS) {
        rooms.delete(entry.showtimeId)
        void subscriber.unsubscribe(seatChannel(ctx, entry.showtimeId)).catch(() => {})
      } else void checkHead(entry)
    }
  }, VERIFY_EVERY_MS)
  verify.unref()

  async function checkHead(entry: Entry): Promise<void> {
    const { epoch, seq } = entry.room
    const head = await headFromRedis(ctx, entry.showtimeId).catch(() => undefined)
    if (head === undefined) return
    // Behind where Redis was before we asked, although every message up to then should have come.
    if (head === null || head.epoch !== epoch || head.seq > seq + 50 || (head.seq > seq && entry.room.seq === seq))
      await resync(entry)
  }

  const poll = setInterval(() => {
    if (ctx.redis.available) return
    for (const entry of rooms.values()) {
      loadDegraded(entry)
        .then((changed) => {
          if (changed) for (const listener of entry.listeners) listener(null)
        })
        .catch((err: unknown) => ctx.log.debug({ err }, 'degraded map not read'))
    }
  }, DEGRADED_POLL_MS)
  poll.unref()

  return {
    async open(showtimeId) {
      let entry = rooms.get(showtimeId)
      if (!entry) {
        entry = {
          showtimeId,
          room: new SeatRoom(),
          listeners: new Set(),
          pending: [],
          reading: null,
          readAgain: false,
          usedAt: Date.now(),
          ready: Promise.resolve(),
        }
        const opened = entry
        rooms.set(showtimeId, opened)
        opened.ready = start(opened)
        opened.ready.catch(() => {
          rooms.delete(showtimeId)
          void subscriber.unsubscribe(seatChannel(ctx, showtimeId)).catch(() => {})
        })
      }
      entry.usedAt = Date.now()
      await entry.ready
      return entry
    },
    peek(showtimeId) {
      const entry = rooms.get(showtimeId)
      if (!entry || entry.pending) return null
      entry.usedAt = Date.now()
      return entry.room
    },
    close() {
      clearInterval(verify)
      clearInterval(poll)
      rooms.clear()
    },
  }
}
