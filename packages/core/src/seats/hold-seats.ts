import type { SeatHold } from '@marquee/contracts/seats'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { hashSecret, newSecret } from '../ids.ts'
import { RedisAway } from '../redis.ts'
import { holdInPostgres } from './degraded-holds.ts'
import { holdView } from './hold-view.ts'
import { type BeginLimit, type HoldOutcome, holdInRedis } from './seat-holds.ts'
import { assertOnSale, type ShowtimeSeating, seatIdsOf, seatIndexes, showtimeSeating } from './showtime-seating.ts'

type HoldCtx = Pick<Ctx, 'db' | 'pool' | 'redis' | 'config' | 'clock' | 'crashPoint'>

/**
 * Holds seats for whoever has the hold token; needs no account. All of them or none, added to what the token holds
 * already, and its whole hold ends together, SEAT_LOCK_TTL_MS from now and never past HOLD_MAX_MS from its first seat.
 * `begins` limits how many holds one place may begin; while Redis is away only the limits of each process are left.
 * @throws RATE_LIMITED past that limit, NOT_FOUND, VALIDATION, SALES_CLOSED, TOO_MANY_SEATS, HOLD_LIMIT, SEATS_TAKEN (naming the seats, never the holder)
 */
export async function holdSeats(
  ctx: HoldCtx,
  input: { showtimeId: string; seatIds: string[]; holdToken?: string | undefined; begins?: BeginLimit },
): Promise<SeatHold> {
  const seating = await showtimeSeating(ctx, input.showtimeId)
  assertOnSale(seating, ctx.clock.now())
  const seats = seatIndexes(seating, input.seatIds)
  const holdToken = input.holdToken ?? newSecret()
  const request = {
    showtimeId: seating.showtimeId,
    holder: hashSecret(holdToken),
    seats,
    mostSeats: seating.maxSeats,
    begins: input.begins,
  }
  let outcome: HoldOutcome
  try {
    outcome = await holdInRedis(ctx, request)
  } catch (error) {
    if (!(error instanceof RedisAway)) throw error
    outcome = await holdInPostgres(ctx, request)
  }
  ctx.crashPoint('hold:before-answer')
  return holdView(ctx, seating, holdToken, heldOrThrow(seating, outcome))
}

export function heldOrThrow(seating: ShowtimeSeating, outcome: HoldOutcome) {
  switch (outcome.kind) {
    case 'held':
      return outcome.hold
    case 'taken': {
      const seatIds = seatIdsOf(seating, outcome.seats)
      throw new AppError(
        'SEATS_TAKEN',
        `${seatIds.join(', ')} ${seatIds.length > 1 ? 'were' : 'was'} just taken by somebody else.`,
        { seatIds },
      )
    }
    case 'too-many':
      throw new AppError('TOO_MANY_SEATS', `At most ${seating.maxSeats} seats in one booking.`)
    case 'too-many-begun':
      throw new AppError('RATE_LIMITED', 'Too many bookings were begun from here just now. Try again in a few minutes.')
    case 'cap-reached':
      throw new AppError('HOLD_LIMIT', 'These seats were held as long as they can be. Let them go and choose again.')
  }
}
