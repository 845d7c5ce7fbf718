import type { BestSeats } from '@marquee/contracts/seats'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { chooseBestSeats } from './choose-best-seats.ts'
import { readHall } from './read-hall.ts'
import { assertOnSale } from './showtime-seating.ts'

/** Suggests seats; holds nothing. @throws NOT_FOUND, SALES_CLOSED, TOO_MANY_SEATS, SEATS_TAKEN when not so many are left */
export async function bestSeats(
  ctx: Pick<Ctx, 'db' | 'pool' | 'redis' | 'config' | 'clock'>,
  input: { showtimeId: string; count: number; section?: string | undefined; holdToken?: string | undefined },
): Promise<BestSeats> {
  const hall = await readHall(ctx, input)
  assertOnSale(hall.seating, ctx.clock.now())
  if (input.count > hall.seating.maxSeats)
    throw new AppError('TOO_MANY_SEATS', `At most ${hall.seating.maxSeats} seats in one booking.`)
  const choice = chooseBestSeats({ seats: hall.seating.seats, free: hall.free, section: input.section }, input.count)
  if (!choice)
    throw new AppError(
      'SEATS_TAKEN',
      `There are not ${input.count} seats left${input.section ? ' in this section' : ''}.`,
      { seatIds: [] },
    )
  return { seatIds: choice.seatIds, reason: choice.reason, relaxed: choice.relaxed }
}
