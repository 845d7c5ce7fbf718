import type { SeatMapState } from './seat-map-state.ts'

export type SeatLook = 'free' | 'yours' | 'held' | 'sold' | 'blocked'

const LOOK: Record<string, SeatLook> = { '0': 'free', '1': 'held', '2': 'sold', '3': 'blocked' }

/**
 * How one seat looks now. `mine` comes from one's own hold, never from the map. A hold that ran out by the server's
 * clock is free for anybody at once, whatever the map still says.
 */
export function seatLook(state: SeatMapState, index: number, mine: boolean, serverNow: number): SeatLook {
  if (mine) return 'yours'
  const look = LOOK[state.map[index] ?? '3'] ?? 'blocked'
  if (look !== 'held') return look
  const until = state.heldUntil[index]
  return until !== undefined && until <= serverNow ? 'free' : 'held'
}

/** When the next held seat comes free by itself, or null: the moment to look again. */
export function nextExpiry(state: SeatMapState, serverNow: number): number | null {
  const coming = Object.values(state.heldUntil).filter((until) => until > serverNow)
  return coming.length === 0 ? null : Math.min(...coming)
}

/** Looks of the whole hall in layout order, as one string: f y h s b. Rows compare their slice to know if they changed. */
export function hallLooks(
  state: SeatMapState,
  mine: ReadonlySet<number>,
  serverNow: number,
  seatCount: number,
): string {
  let looks = ''
  for (let index = 0; index < seatCount; index++) looks += seatLook(state, index, mine.has(index), serverNow)[0]
  return looks
}

const BY_LETTER: Record<string, SeatLook> = { f: 'free', y: 'yours', h: 'held', s: 'sold', b: 'blocked' }
export function lookOfLetter(letter: string | undefined): SeatLook {
  return BY_LETTER[letter ?? 'b'] ?? 'blocked'
}
