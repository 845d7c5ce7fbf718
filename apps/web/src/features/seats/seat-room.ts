import type { SeatSocketMessage } from '@marquee/contracts/seats'
import { API_BASE } from '../../lib/api-base.ts'
import { openSocket, socketUrl } from '../../lib/socket.ts'
import { getSeatMap } from './api.ts'
import { clockOffset } from './hold-clock.ts'
import type { Hall } from './seat-geometry.ts'
import { reduceSeatMap, type SeatMapEvent, seatMapEtag } from './seat-map-state.ts'
import { seatNews } from './seat-news.ts'
import { hallLooks, nextExpiry } from './seat-status.ts'
import type { SeatsStore } from './store.ts'

/** Without a socket (some networks allow none) the map is asked for this often. */
const POLL_MS = 5_000
/** A seat just given back looks free at once, although the map says so only with the next message. */
const RELEASED_GRACE_MS = 3_000
/** Changes of others are read out together, not one by one. */
const NEWS_EVERY_MS = 4_000

export type SeatRoom = {
  /** Draw again: one's own seats changed. */
  redraw(): void
  /** Seats that were just given back. */
  released(seatIds: readonly string[]): void
  serverNow(): number
  retry(): void
  close(): void
}

/** Keeps `store.map` and `store.looks` true for as long as the page is open. */
export function openSeatRoom(input: { showtimeId: string; hall: Hall; store: SeatsStore }): SeatRoom {
  const { showtimeId, hall, store } = input
  const justReleased = new Map<number, number>()
  let closed = false
  let fetching = false
  let failures = 0
  let poll: number | undefined
  let expiry: number | undefined
  let told = ''

  const serverNow = () => Date.now() + store.getState().offset

  function redraw() {
    const { map, wanted, hold } = store.getState()
    if (map.epoch === null) return
    const mine = new Set<number>()
    for (const seatId of wanted) {
      const index = hall.indexById.get(seatId)
      if (index !== undefined) mine.add(index)
    }
    let looks = hallLooks(map, mine, serverNow(), hall.seats.length)
    const leaving = (hold?.seatIds ?? []).map((seatId) => hall.indexById.get(seatId) ?? -1)
    const now = Date.now()
    for (const [index, until] of justReleased) if (until < now || map.map[index] !== '1') justReleased.delete(index)
    for (const index of [...leaving, ...justReleased.keys()]) {
      if (looks[index] === 'h') looks = `${looks.slice(0, index)}f${looks.slice(index + 1)}`
    }
    if (looks !== store.getState().looks) store.setState({ looks })
    const next = nextExpiry(map, serverNow())
    window.clearTimeout(expiry)
    const wait = Math.min(
      next === null ? Number.POSITIVE_INFINITY : next - serverNow(),
      ...[...justReleased.values()].map((until) => until - now),
    )
    if (Number.isFinite(wait)) expiry = window.setTimeout(redraw, Math.max(50, wait + 20))
  }

  function take(event: SeatMapEvent) {
    store.setState({ map: reduceSeatMap(store.getState().map, event, hall.indexById), failure: null })
    redraw()
    const { map } = store.getState()
    const lineIsUp = store.getState().connection === 'open'
    if (map.needsResync && event.type !== 'disconnected' && lineIsUp) fetchSoon(0)
  }

  function fetchSoon(wait: number) {
    window.clearTimeout(poll)
    if (!closed) poll = window.setTimeout(() => void fetchMap(), wait)
  }

  async function fetchMap() {
    if (fetching || closed) return
    fetching = true
    try {
      const snapshot = await getSeatMap(showtimeId, seatMapEtag(store.getState().map))
      failures = 0
      if (closed) return
      take(snapshot ? { type: 'snapshot', snapshot } : { type: 'unchanged' })
    } catch (error) {
      failures += 1
      if (store.getState().map.epoch === null) store.setState({ failure: error })
    } finally {
      fetching = false
      const { connection, map } = store.getState()
      if (connection !== 'open' || map.needsResync) fetchSoon(Math.min(30_000, POLL_MS * 1.5 ** failures))
    }
  }

  const socket = openSocket({
    url: socketUrl(
      `/api/showtimes/${encodeURIComponent(showtimeId)}/seats/ws`,
      import.meta.env?.VITE_SOCKET_URL,
      API_BASE,
      window.location.origin,
    ),
    onMessage(message) {
      const known = message as SeatSocketMessage
      if (known.type === 'connected' && store.getState().hold === null) {
        store.setState({ offset: clockOffset(new Date(known.timestamp).toISOString(), Date.now()) })
      }
      take({ type: 'message', message: known })
    },
    onStatus(connection) {
      const before = store.getState().connection
      store.setState({ connection })
      if (connection === 'open') window.clearTimeout(poll)
      else if (before === 'open') {
        take({ type: 'disconnected' })
        fetchSoon(POLL_MS)
      }
    },
  })
  // Whichever is first, the socket's snapshot or this answer, draws the hall.
  fetchSoon(0)

  const news = window.setInterval(() => {
    const { looks } = store.getState()
    const text = told === '' ? null : seatNews(hall, told, looks)
    told = looks
    if (text && document.visibilityState === 'visible') store.setState({ news: text })
  }, NEWS_EVERY_MS)

  return {
    redraw,
    serverNow,
    released(seatIds) {
      const until = Date.now() + RELEASED_GRACE_MS
      for (const seatId of seatIds) {
        const index = hall.indexById.get(seatId)
        if (index !== undefined) justReleased.set(index, until)
      }
    },
    retry() {
      store.setState({ failure: null })
      fetchSoon(0)
    },
    close() {
      closed = true
      socket.close()
      window.clearTimeout(poll)
      window.clearTimeout(expiry)
      window.clearInterval(news)
    },
  }
}
