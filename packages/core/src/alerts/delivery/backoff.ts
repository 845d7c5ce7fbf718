/** Tries of something that certainly did not go out, in a quarter of an hour; after them it is a dead letter. */
export const MOST_TRIES = 8
const LONGEST_MS = 5 * 60_000

/** 5 s, 15 s, 45 s … 5 min after the first, second, third try. */
export const pauseAfter = (tries: number): number => Math.min(5_000 * 3 ** (tries - 1), LONGEST_MS)
