import type { SeatSocketMessage } from '@marquee/contracts/seats'
import type { SeatEvent, SeatRoom } from '@marquee/core/seats/seat-room'

/** The steps of one window, as one message. Null when there is nothing to say. */
export function batchMessage(
  showtimeId: string,
  seatId: (index: number) => string,
  room: SeatRoom,
  events: (SeatEvent | null)[],
  timestamp: number,
): string | null {
  const first = events[0]
  const last = events.at(-1)
  if (events.length === 0) return null
  if (!first || !last || events.includes(null)) return snapshotMessage('snapshot', showtimeId, room, timestamp)
  const at = { showtime_id: showtimeId, epoch: last.epoch, from: first.seq, seq: last.seq, timestamp }
  const { change } = last
  if (events.length === 1 && change.kind === 'held') {
    return send({ type: 'seat_locked', ...at, seats: change.seats.map(seatId), until: change.until })
  }
  if (events.length === 1 && change.kind === 'freed')
    return send({ type: 'seat_released', ...at, seats: change.seats.map(seatId) })
  // Several steps: only how each seat ended up counts.
  const touched = new Set(events.flatMap((event) => event?.change.seats ?? []))
  const seats = [...touched].map((index) => ({ seat_id: seatId(index), ...room.stateOf(index) }))
  const update = send({ type: 'seat_update', ...at, seats })
  if (update.length <= room.body.text.length) return update
  return snapshotMessage('snapshot', showtimeId, room, timestamp)
}

/** The body is JSON already: it is put in as it is. */
export const snapshotMessage = (
  type: 'connected' | 'snapshot',
  showtimeId: string,
  room: SeatRoom,
  timestamp: number,
) => `{"type":"${type}","showtime_id":"${showtimeId}","timestamp":${timestamp},"snapshot":${room.body.text}}`

const send = (message: SeatSocketMessage) => JSON.stringify(message)
