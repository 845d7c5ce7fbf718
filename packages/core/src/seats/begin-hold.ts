import type { SeatHold } from '@marquee/contracts/seats'
import { limitKey } from '../auth/count-attempt.ts'
import type { Ctx } from '../context.ts'
import { holdSeats } from './hold-seats.ts'

/** Holds one account, or one network of people without one, may begin in the window. An office sits behind one address. */
const MOST_HOLDS = 30
const WINDOW_MS = 180_000

type HoldCtx = Pick<Ctx, 'db' | 'pool' | 'redis' | 'config' | 'clock' | 'crashPoint'>
type Input = {
  /** Against what it counts: an account's id, or the network of somebody without one. */
  place: string
  showtimeId: string
  seatIds: string[]
  holdToken?: string | undefined
}

/**
 * Holds seats for somebody from outside: as holdSeats, but one place cannot hold a hall empty. Counted with the hold, in
 * one step, and only when it begins. @throws what holdSeats throws
 */
export function beginHold(ctx: HoldCtx, { place, showtimeId, seatIds, holdToken }: Input): Promise<SeatHold> {
  const begins = {
    key: limitKey(ctx, `holds:${place}`),
    most: Math.max(1, Math.floor(MOST_HOLDS * ctx.config.http.rateLimitScale)),
    windowMs: WINDOW_MS,
  }
  return holdSeats(ctx, { showtimeId, seatIds, holdToken, begins })
}
