import { createHash } from 'node:crypto'

/** The same name always gives the same id: loading again finds its own rows (UUID version 8, RFC 9562, 5.8). */
export function stableId(...name: (string | number)[]): string {
  const bytes = createHash('sha256')
    .update(`marquee demo/${name.join('/')}`)
    .digest()
  bytes[6] = 0x80 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex', 0, 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** 0 <= next() < 1, the same sequence for the same name. */
export type Chance = () => number

export function chance(...name: (string | number)[]): Chance {
  let state = createHash('sha256').update(name.join('/')).digest().readUInt32LE()
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296
  }
}

/** One of the items, by weight; undefined when no weight is above zero. */
export function pickWeighted<T>(next: Chance, items: readonly T[], weight: (item: T) => number): T | undefined {
  const weights = items.map((item) => Math.max(0, weight(item)))
  let at = next() * weights.reduce((sum, one) => sum + one, 0)
  return items.find((_, i) => {
    at -= weights[i]!
    return weights[i]! > 0 && at < 0
  })
}
