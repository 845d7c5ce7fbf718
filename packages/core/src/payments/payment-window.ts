import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { RedisAway } from '../redis.ts'
import { heldOrThrow } from '../seats/hold-seats.ts'
import { releaseSeats } from '../seats/release-seats.ts'
import { remarkSoldSeats } from '../seats/remark-sold-seats.ts'
import { holdInRedis } from '../seats/seat-holds.ts'
import { type ShowtimeSeating, seatIndexes } from '../seats/showtime-seating.ts'

/** The hold's cap, or a short grace when that is nearer; never past the film's start. Without Redis the claim alone keeps it. */
export async function openPaymentWindow(
  ctx: Pick<Ctx, 'db' | 'pool' | 'redis' | 'config' | 'clock'>,
  seating: ShowtimeSeating,
  holder: string,
  seats: number[],
): Promise<{ payBy: Date; since: Date | null }> {
  const { maxMs, paymentGraceMs } = ctx.config.holds
  let until: number
  let since: Date | null = null
  try {
    const outcome = await holdInRedis(ctx, {
      showtimeId: seating.showtimeId,
      holder,
      seats,
      mostSeats: seating.maxSeats,
      graceMs: Math.max(1, paymentGraceMs),
    })
    const hold = heldOrThrow(seating, outcome)
    until = hold.until
    since = new Date(hold.since)
  } catch (error) {
    if (!(error instanceof RedisAway)) throw error
    until = ctx.clock.now().getTime() + maxMs
  }
  return { payBy: new Date(Math.min(until, seating.filmStartsAt.getTime())), since }
}

/**
 * What the draft's refusal says of the hold. SEATS_TAKEN: Redis let seats be held that Postgres has sold, so a mark was
 * lost; it is put back, or the next guest meets the same. Seats kept too long: nobody shall go on holding them.
 */
export async function mendHold(
  ctx: Pick<Ctx, 'db' | 'pool' | 'redis' | 'config'>,
  seating: ShowtimeSeating,
  input: { holdToken: string },
  error: unknown,
): Promise<never> {
  const seatIds = (error instanceof AppError && error.details?.seatIds) || []
  if (error instanceof AppError && error.code === 'HOLD_LIMIT' && seatIds.length > 0)
    await releaseSeats(ctx, { showtimeId: seating.showtimeId, holdToken: input.holdToken, seatIds })
  if (error instanceof AppError && error.code === 'SEATS_TAKEN') {
    const seats = seatIndexes(seating, seatIds)
    await remarkSoldSeats(ctx, { showtimeId: seating.showtimeId, seats }).catch((err: unknown) => {
      if (!(err instanceof RedisAway)) throw err
    })
  }
  throw error
}
