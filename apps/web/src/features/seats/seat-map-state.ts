import type { SeatMap, SeatSocketMessage } from '@marquee/contracts/seats'
import { crc32 } from './crc32.ts'

/**
 * What this browser knows of the hall. The rule of the socket: join first, keep what arrives, take a snapshot, then
 * apply only what is newer. Anything doubtful sets `needsResync`; the map is then fetched again and replaces all.
 */
export type SeatMapState = {
  epoch: string | null
  seq: number
  /** One character a seat, exactly as the server has it; holds that ran out stay '1' until the server says so. */
  map: string
  heldUntil: Readonly<Record<string, number>>
  degraded: boolean
  needsResync: boolean
  /** The digest disagreed at our very sequence number: not even "not modified" can be believed. */
  doubtful: boolean
  /** Deltas that came before the snapshot they belong to, or after a gap. */
  buffer: readonly Delta[]
}

export type Delta = Extract<SeatSocketMessage, { type: 'seat_locked' | 'seat_released' | 'seat_update' }>
export type SeatMapEvent =
  | { type: 'snapshot'; snapshot: SeatMap }
  | { type: 'message'; message: SeatSocketMessage }
  /** The server answered "not modified" for our epoch and sequence number. */
  | { type: 'unchanged' }
  /** The socket was away: what happened meanwhile is unknown. */
  | { type: 'disconnected' }

export const emptySeatMap: SeatMapState = {
  epoch: null,
  seq: 0,
  map: '',
  heldUntil: {},
  degraded: false,
  needsResync: true,
  doubtful: false,
  buffer: [],
}

/** The validator to fetch the map with; null when only a whole map will do. */
export function seatMapEtag(state: SeatMapState): string | null {
  return state.epoch === null || state.doubtful ? null : `"${state.epoch}-${state.seq}"`
}

/** More than this waiting means the snapshot is not coming; the oldest are useless then. */
const BUFFER_LIMIT = 200

const CHARACTER = { available: '0', held: '1', booked: '2', blocked: '3' } as const

/** Pure. `indexById` is the layout's; seats it does not know are ignored. */
export function reduceSeatMap(
  state: SeatMapState,
  event: SeatMapEvent,
  indexById: ReadonlyMap<string, number>,
): SeatMapState {
  if (event.type === 'disconnected') return { ...state, needsResync: true, buffer: [] }
  if (event.type === 'snapshot') return takeSnapshot(state, event.snapshot, indexById)
  if (event.type === 'unchanged') return drain({ ...state, needsResync: false, buffer: [] }, state.buffer, indexById)
  const { message } = event
  switch (message.type) {
    case 'connected':
    case 'snapshot':
      return takeSnapshot(state, message.snapshot, indexById)
    case 'digest':
      return checkDigest(state, message)
    case 'seat_locked':
    case 'seat_released':
    case 'seat_update':
      return takeDelta(state, message, indexById)
    default:
      return state
  }
}

function takeSnapshot(state: SeatMapState, snapshot: SeatMap, indexById: ReadonlyMap<string, number>): SeatMapState {
  // A slow answer must not turn the clock back.
  if (snapshot.epoch === state.epoch && snapshot.seq < state.seq && !state.needsResync) return state
  const fresh: SeatMapState = {
    epoch: snapshot.epoch,
    seq: snapshot.seq,
    map: snapshot.map,
    heldUntil: snapshot.heldUntil,
    degraded: snapshot.degraded,
    needsResync: false,
    doubtful: false,
    buffer: [],
  }
  return drain(fresh, state.buffer, indexById)
}

function drain(fresh: SeatMapState, buffer: readonly Delta[], indexById: ReadonlyMap<string, number>): SeatMapState {
  const waiting = [...buffer].sort((one, other) => one.from - other.from)
  return waiting.reduce((current, delta) => {
    // Of another epoch than the snapshot: older than it, and gone with it.
    return delta.epoch === current.epoch ? takeDelta(current, delta, indexById) : current
  }, fresh)
}

function takeDelta(state: SeatMapState, delta: Delta, indexById: ReadonlyMap<string, number>): SeatMapState {
  if (state.epoch === null || state.needsResync) return keep(state, delta)
  if (delta.epoch !== state.epoch) return keep(state, delta)
  if (delta.seq <= state.seq) return state
  if (delta.from > state.seq + 1) return keep(state, delta)
  const cells = [...state.map]
  const heldUntil = { ...state.heldUntil }
  for (const change of changesOf(delta)) {
    const index = indexById.get(change.seatId)
    if (index === undefined || index >= cells.length) continue
    cells[index] = change.character
    if (change.character === '1' && change.until !== undefined) heldUntil[index] = change.until
    else delete heldUntil[index]
  }
  return { ...state, seq: delta.seq, map: cells.join(''), heldUntil }
}

function keep(state: SeatMapState, delta: Delta): SeatMapState {
  return { ...state, needsResync: true, buffer: [...state.buffer, delta].slice(-BUFFER_LIMIT) }
}

function changesOf(delta: Delta): { seatId: string; character: string; until?: number }[] {
  if (delta.type === 'seat_locked') return delta.seats.map((seatId) => ({ seatId, character: '1', until: delta.until }))
  if (delta.type === 'seat_released') return delta.seats.map((seatId) => ({ seatId, character: '0' }))
  return delta.seats.map((seat) => ({ seatId: seat.seat_id, character: CHARACTER[seat.status], until: seat.until }))
}

function checkDigest(state: SeatMapState, digest: Extract<SeatSocketMessage, { type: 'digest' }>): SeatMapState {
  if (state.epoch === null || state.needsResync) return state
  const behind = digest.epoch === state.epoch && digest.seq < state.seq
  if (behind) return state
  const level = digest.epoch === state.epoch && digest.seq === state.seq
  if (level && digest.crc32 >>> 0 === crc32(state.map)) return state
  return { ...state, needsResync: true, doubtful: level }
}
