import type { Socket } from 'node:net'
import { crc32 } from 'node:zlib'
import type { OpenRoom } from '@marquee/core/seats/seat-feed'
import type { SeatEvent } from '@marquee/core/seats/seat-room'
import { batchMessage, snapshotMessage } from './seat-batch.ts'
import { textFrame } from './text-frame.ts'

/** Steps closer together than this travel in one message: 5,000 viewers follow 500 steps a second on one core so. */
const WINDOW_MS = 100
/** Sockets written before other work gets a turn: a full room must not stall the loop. */
const YIELD_EVERY = 500
/** A viewer this far behind cannot catch up; it reconnects and takes the snapshot. */
const MAX_UNSENT_BYTES = 256 * 1024
const DIGEST_EVERY_MS = 15_000
const PING_EVERY_MS = 30_000

/** All viewers of one hall on this process. Each message is built once, whatever their number. */
export class SeatHub {
  readonly viewers = new Set<Socket>()
  readonly #open: OpenRoom
  readonly #showtimeId: string
  readonly #seatId: (index: number) => string
  readonly #timers: NodeJS.Timeout[]
  #pending: (SeatEvent | null)[] = []
  #flushTimer: NodeJS.Timeout | undefined
  #lastFlush = 0
  #writing: Promise<void> = Promise.resolve()

  constructor(showtimeId: string, open: OpenRoom, seatId: (index: number) => string) {
    this.#showtimeId = showtimeId
    this.#open = open
    this.#seatId = seatId
    open.listeners.add(this.#onEvent)
    this.#timers = [setInterval(this.#digest, DIGEST_EVERY_MS), setInterval(this.#ping, PING_EVERY_MS)]
    for (const timer of this.#timers) timer.unref()
  }

  /** Joins first, then gets the map: a step in between reaches the viewer twice, which it can tell by the sequence. */
  join(socket: Socket): void {
    this.viewers.add(socket)
    socket.write(textFrame(snapshotMessage('connected', this.#showtimeId, this.#open.room, Date.now())))
  }

  resend(socket: Socket): void {
    socket.write(textFrame(snapshotMessage('snapshot', this.#showtimeId, this.#open.room, Date.now())))
  }

  leave(socket: Socket): void {
    this.viewers.delete(socket)
  }

  close(): void {
    this.#open.listeners.delete(this.#onEvent)
    clearTimeout(this.#flushTimer)
    for (const timer of this.#timers) clearInterval(timer)
  }

  #onEvent = (event: SeatEvent | null) => {
    this.#pending.push(event)
    if (this.#flushTimer) return
    // The first step after a quiet time goes out at once; the ones on its heels wait for the window.
    this.#flushTimer = setTimeout(this.#flush, Math.max(0, this.#lastFlush + WINDOW_MS - Date.now()))
  }

  #flush = () => {
    this.#flushTimer = undefined
    this.#lastFlush = Date.now()
    const events = this.#pending
    this.#pending = []
    const message = batchMessage(this.#showtimeId, this.#seatId, this.#open.room, events, this.#lastFlush)
    if (message) this.#broadcast(message)
  }

  #digest = () => {
    const { epoch, seq, map } = this.#open.room
    this.#broadcast(JSON.stringify({ type: 'digest', epoch, seq, crc32: crc32(map) }))
  }

  #ping = () => this.#broadcast(JSON.stringify({ type: 'ping', timestamp: Date.now() }))

  #broadcast(message: string): void {
    const frame = textFrame(message)
    // One broadcast after the other, or a viewer would get them out of order.
    this.#writing = this.#writing.then(() => this.#writeAll(frame))
  }

  async #writeAll(frame: Buffer): Promise<void> {
    let written = 0
    for (const socket of this.viewers) {
      if (socket.writableLength > MAX_UNSENT_BYTES) socket.destroy()
      else socket.write(frame)
      if (++written % YIELD_EVERY === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }
}
