import type { SeatSocketMessage } from '@marquee/contracts/seats'
import { emptySeatMap, reduceSeatMap, type SeatMapState } from '../../apps/web/src/features/seats/seat-map-state.ts'

type Wire = {
  /** What a bad line does to a frame before it is read: drop it (none), repeat it, or hand over an older one as well. */
  tamper?: (frame: string) => string[]
}

/** Somebody who watches a hall, with the web app's own rules of what to believe. */
export function watch(base: string, showtimeId: string, seatIds: string[], wire: Wire = {}) {
  const socket = new WebSocket(`${base.replace(/^http/, 'ws')}/api/showtimes/${showtimeId}/seats/ws`)
  const indexById = new Map(seatIds.map((seatId, index) => [seatId, index]))
  const frames: string[] = []
  const arrived: { at: number; message: SeatSocketMessage }[] = []
  let state: SeatMapState = emptySeatMap
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', (event) => resolve(event.code)))
  socket.addEventListener('message', (event) => {
    frames.push(String(event.data))
    for (const frame of wire.tamper?.(String(event.data)) ?? [String(event.data)]) read(frame)
  })

  function read(frame: string) {
    const message = JSON.parse(frame) as SeatSocketMessage
    arrived.push({ at: Date.now(), message })
    const before = state
    state = reduceSeatMap(state, { type: 'message', message }, indexById)
    // The page fetches the map, which is this message's body; once for each doubt.
    if (state.needsResync && !before.needsResync && before.epoch !== null) socket.send('{"type":"resync"}')
  }

  return {
    socket,
    closed,
    /** As they came over the wire, untouched. */
    frames,
    arrived,
    get state() {
      return state
    },
    say: (text: string) => socket.send(text),
    leave() {
      socket.close()
      return closed
    },
  }
}
export type Viewer = ReturnType<typeof watch>
