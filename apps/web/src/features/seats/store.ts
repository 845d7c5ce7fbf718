import type { SeatHold } from '@marquee/contracts/seats'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SocketStatus } from '../../lib/socket.ts'
import { emptySeatMap, type SeatMapState } from './seat-map-state.ts'

/** Something the guest must be told beside the hall, with what they can do about it. */
export type Notice =
  | { kind: 'taken'; seatIds: string[]; instead: string[] }
  | { kind: 'expired'; seatIds: string[] }
  | { kind: 'too-many'; most: number }
  | { kind: 'limit'; message: string; seatIds: string[] }
  | { kind: 'refused'; message: string; retry: string[] | null }
  | { kind: 'closed' }

/** Why the seats wanted now cannot go to checkout, and which of the same number can. */
export type Stranding = { message: string; suggestion: string[] }

/** Live state of one hall in one tab; everything else is in the query cache. */
export type SeatsState = {
  map: SeatMapState
  /** One letter a seat, see `hallLooks`: what is drawn. Empty until the first map. */
  looks: string
  connection: SocketStatus
  /** Add to this machine's clock to get the server's. */
  offset: number
  hold: SeatHold | null
  wanted: readonly string[]
  busy: boolean
  notice: Notice | null
  /** Stays for as long as the selection does. */
  stranding: Stranding | null
  /** Why the picked seats are good, from the best-together picker. */
  reason: string | null
  /** For screen readers: what others did, and what happened to one's own seats. */
  news: string
  /** The first map could not be read. */
  failure: unknown
}

export type SeatsStore = StoreApi<SeatsState>

export const createSeatsStore = (): SeatsStore =>
  createStore<SeatsState>(() => ({
    map: emptySeatMap,
    looks: '',
    connection: 'connecting',
    offset: 0,
    hold: null,
    wanted: [],
    busy: false,
    notice: null,
    stranding: null,
    reason: null,
    news: '',
    failure: null,
  }))
