import { SEAT_BLOCKED, SEAT_FREE, SEAT_HELD, SEAT_SOLD } from '@marquee/contracts/seats'
import type { SeatSnapshot } from './seat-holds.ts'

/** What happened to seats in one step of the sequence. */
export type SeatChange =
  | { kind: 'held'; seats: number[]; until: number }
  | { kind: 'freed'; seats: number[] }
  | { kind: 'sold'; seats: number[] }
export type SeatEvent = { epoch: string; seq: number; change: SeatChange }

/**
 * One hall as this process knows it: the byte map, and until when each held seat is held. Pure; the feed keeps it
 * true. `apply` takes steps strictly in order and says when one is missing.
 */
export class SeatRoom {
  epoch = ''
  seq = 0
  degraded = false
  #map: Buffer = Buffer.alloc(0)
  #heldUntil = new Map<number, number>()
  #body: { text: string; etag: string } | undefined

  load(snapshot: SeatSnapshot, degraded: boolean): void {
    this.epoch = snapshot.epoch
    this.seq = snapshot.seq
    this.degraded = degraded
    this.#map = Buffer.from(snapshot.map, 'latin1')
    this.#heldUntil.clear()
    for (const { until, seats } of snapshot.held) for (const seat of seats) this.#heldUntil.set(seat, until)
    this.#body = undefined
  }

  apply(event: SeatEvent): 'applied' | 'old' | 'gap' {
    if (event.epoch !== this.epoch) return 'gap'
    if (event.seq <= this.seq) return 'old'
    if (event.seq !== this.seq + 1) return 'gap'
    this.seq = event.seq
    this.#body = undefined
    const { change } = event
    const mark = change.kind === 'held' ? SEAT_HELD : change.kind === 'sold' ? SEAT_SOLD : SEAT_FREE
    for (const seat of change.seats) {
      this.#map[seat] = mark.charCodeAt(0)
      if (change.kind === 'held') this.#heldUntil.set(seat, change.until)
      else this.#heldUntil.delete(seat)
    }
    return 'applied'
  }

  get map(): string {
    return this.#map.toString('latin1')
  }

  stateOf(seat: number): { status: 'available' | 'held' | 'booked' | 'blocked'; until?: number } {
    const mark = String.fromCharCode(this.#map[seat] ?? 48)
    if (mark === SEAT_SOLD) return { status: 'booked' }
    if (mark === SEAT_BLOCKED) return { status: 'blocked' }
    if (mark === SEAT_FREE) return { status: 'available' }
    const until = this.#heldUntil.get(seat)
    return until === undefined ? { status: 'held' } : { status: 'held', until }
  }

  /** The wire form (contracts' SeatMap) and its ETag, built once per change. */
  get body(): { text: string; etag: string } {
    this.#body ??= {
      etag: `"${this.epoch}-${this.seq}"`,
      text: JSON.stringify({
        epoch: this.epoch,
        seq: this.seq,
        map: this.map,
        heldUntil: Object.fromEntries(this.#heldUntil),
        degraded: this.degraded,
      }),
    }
    return this.#body
  }
}

/** "epoch seq H until seat,seat" | "epoch seq F seat,…" | "epoch seq S seat,…", as the scripts publish it. */
export function parseSeatEvent(message: string): SeatEvent | null {
  const [epoch, seq, kind, ...rest] = message.split(' ')
  const seats = (rest.at(-1) ?? '').split(',').map(Number)
  if (!epoch || !seq || seats.some((seat) => !Number.isInteger(seat))) return null
  const at = { epoch, seq: Number(seq) }
  if (kind === 'H') return { ...at, change: { kind: 'held', seats, until: Number(rest[0]) } }
  if (kind === 'F') return { ...at, change: { kind: 'freed', seats } }
  if (kind === 'S') return { ...at, change: { kind: 'sold', seats } }
  return null
}
