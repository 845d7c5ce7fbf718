import type { Ctx } from '../context.ts'

/** Younger work is left to the jobs of its own commit. */
export const SWEEP_AFTER_SECONDS = 120
/** Older work is given up. The outbox rows that sweeps look for are kept for longer than this. */
export const SWEEP_WITHIN_DAYS = 14

/** As long as the tries of a mail last: a sweep begins anew about when the one before has given up, and not oftener. */
const TURN_MS = 20 * 60_000

/** Which turn it is. A job that gave up keeps its id for days, so a sweep's jobs carry the turn in theirs. */
export const sweepTurn = (ctx: Pick<Ctx, 'clock'>) => Math.floor(ctx.clock.now().getTime() / TURN_MS)

/** A job's key in a sweep's turn; without a turn, its first key. */
export const inTurn = (key: string, turn: number | undefined) => (turn === undefined ? key : `${key}:${turn}`)
