/** The middle one; of an even number the mean of the two. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** `share` from 0 to 1. Sorts in place: the lists are long and nobody needs their order. */
export function percentile(values: Float64Array | number[], share: number): number {
  if (values.length === 0) return Number.NaN
  const sorted = values instanceof Float64Array ? values.sort() : values.sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

/** Ratios are taken inside a round, where both sides met the same neighbours on the machine; their median counts. */
export const medianRatio = (ours: number[], peer: number[]) => median(ours.map((value, i) => value / peer[i]!))

/**
 * Runs every step once per round, one after the other: what slows the machine for a while slows all of them.
 * There and back again, so that neighbours stay neighbours and nobody always runs after the same one.
 */
export async function interleave<K extends string>(
  rounds: number,
  steps: Record<K, () => Promise<number>>,
): Promise<Record<K, number[]>> {
  const names = Object.keys(steps) as K[]
  const results = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 ? names.toReversed() : names) results[name].push(await steps[name]())
  }
  return results
}

/** Mulberry32: the same seed gives the same run. @returns numbers in [0, 1) */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** By how much cost grows with size: 0 not at all, 1 in proportion. */
export const exponent = (costSmall: number, costLarge: number, sizeSmall: number, sizeLarge: number) =>
  Math.log(costLarge / costSmall) / Math.log(sizeLarge / sizeSmall)
