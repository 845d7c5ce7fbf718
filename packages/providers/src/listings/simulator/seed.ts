/**
 * A number in [0, 1) that depends on its keys alone, never on how often or in which order it was asked for: the same seed
 * gives the same site in every process.
 */
export function chance(...keys: (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const character of keys.join('\u0000')) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}

export const pick = <T>(items: readonly T[], ...keys: (string | number)[]): T =>
  items[Math.floor(chance(...keys) * items.length)]!

/** A whole number from `from` up to and without `to`. */
export const between = (from: number, to: number, ...keys: (string | number)[]): number =>
  from + Math.floor(chance(...keys) * (to - from))

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export const letters = (length: number, ...keys: (string | number)[]): string =>
  Array.from({ length }, (_, n) => LETTERS[Math.floor(chance(...keys, n) * LETTERS.length)]).join('')
