import { LRUCache } from 'lru-cache'

type Window = { count: number; endsAt: number }

/**
 * Counts in fixed windows, in memory and at once. For the one path that a rush consists of, choosing seats; everything else
 * is counted by @fastify/rate-limit.
 */
export class FixedWindows {
  readonly #windows: LRUCache<string, Window>
  readonly #lengthMs: number

  /** `maxKeys`: who was counted longest ago is forgotten first, so that many cannot fill the memory. */
  constructor(options: { lengthMs: number; maxKeys: number }) {
    this.#lengthMs = options.lengthMs
    this.#windows = new LRUCache({ max: options.maxKeys })
  }

  /** Counts one more. @returns 0 while that is at most `most`, else the milliseconds until the window ends. */
  count(key: string, most: number, now: number): number {
    const window = this.#windows.get(key)
    if (!window || window.endsAt <= now) {
      this.#windows.set(key, { count: 1, endsAt: now + this.#lengthMs })
      return most >= 1 ? 0 : this.#lengthMs
    }
    window.count += 1
    return window.count <= most ? 0 : window.endsAt - now
  }
}
