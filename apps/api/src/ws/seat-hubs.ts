import type { Socket } from 'node:net'
import type { OpenRoom } from '@marquee/core/seats/seat-feed'
import { SeatHub } from './seat-hub.ts'

type OpenHall = (showtimeId: string) => Promise<{ open: OpenRoom; seatId: (index: number) => string }>

/** The halls somebody looks at on this process. A hub is there exactly as long as it has viewers. */
export class SeatHubs {
  readonly #hubs = new Map<string, SeatHub>()
  readonly #openHall: OpenHall
  #closed = false

  constructor(openHall: OpenHall) {
    this.#openHall = openHall
  }

  get size(): number {
    return this.#hubs.size
  }

  /** @returns the hub the viewer has joined; null when it was gone before the hall was open. @throws NOT_FOUND */
  async enter(showtimeId: string, socket: Socket, isGone: () => boolean): Promise<SeatHub | null> {
    const { open, seatId } = await this.#openHall(showtimeId)
    // From here to the end nothing is awaited: no hub is made for somebody who has left, none closes before it is joined.
    if (this.#closed || isGone()) return null
    let hub = this.#hubs.get(showtimeId)
    if (!hub) {
      hub = new SeatHub(showtimeId, open, seatId)
      this.#hubs.set(showtimeId, hub)
    }
    hub.join(socket)
    return hub
  }

  leave(showtimeId: string, hub: SeatHub, socket: Socket): void {
    hub.leave(socket)
    if (hub.viewers.size > 0) return
    hub.close()
    if (this.#hubs.get(showtimeId) === hub) this.#hubs.delete(showtimeId)
  }

  close(): void {
    this.#closed = true
    for (const hub of this.#hubs.values()) hub.close()
    this.#hubs.clear()
  }
}
