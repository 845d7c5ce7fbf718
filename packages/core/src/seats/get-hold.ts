import type { SeatHold } from '@marquee/contracts/seats'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { hashSecret } from '../ids.ts'
import { RedisAway } from '../redis.ts'
import { extendInPostgres, inspectInPostgres } from './degraded-holds.ts'
import { holdView } from './hold-view.ts'
import { extendInRedis, type HoldState, inspectInRedis } from './seat-holds.ts'
import { showtimeSeating } from './showtime-seating.ts'

type HoldCtx = Pick<Ctx, 'db' | 'pool' | 'redis' | 'config'>
type HoldInput = { showtimeId: string; holdToken: string }

/** What this token holds right now. @throws NOT_FOUND, HOLD_GONE when nothing */
export const getHold = (ctx: HoldCtx, input: HoldInput) =>
  view(ctx, input, (holder) =>
    withFallback(
      () => inspectInRedis(ctx, { showtimeId: input.showtimeId, holder }),
      () => inspectInPostgres(ctx, { showtimeId: input.showtimeId, holder }),
    ),
  )

/** Gives the hold another SEAT_LOCK_TTL_MS, up to HOLD_MAX_MS since its first seat. @throws NOT_FOUND, HOLD_GONE */
export const extendHold = (ctx: HoldCtx, input: HoldInput) =>
  view(ctx, input, (holder) => {
    const request = { showtimeId: input.showtimeId, holder, byMs: ctx.config.holds.ttlMs }
    return withFallback(
      () => extendInRedis(ctx, request),
      () => extendInPostgres(ctx, request),
    )
  })

async function view(
  ctx: HoldCtx,
  input: HoldInput,
  find: (holder: string) => Promise<HoldState | null>,
): Promise<SeatHold> {
  const seating = await showtimeSeating(ctx, input.showtimeId)
  const hold = await find(hashSecret(input.holdToken))
  if (!hold) throw new AppError('HOLD_GONE', 'Your hold has ended. The seats may still be free: choose them again.')
  return holdView(ctx, seating, input.holdToken, hold)
}

async function withFallback<T>(fast: () => Promise<T>, slow: () => Promise<T>): Promise<T> {
  try {
    return await fast()
  } catch (error) {
    if (!(error instanceof RedisAway)) throw error
    return slow()
  }
}
