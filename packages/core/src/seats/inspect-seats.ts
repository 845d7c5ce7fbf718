import type { Ctx } from '../context.ts'
import { readHall } from './read-hall.ts'
import { seatIndexes } from './showtime-seating.ts'

export type SeatInspection = { seatId: string; locked: boolean; ttlMs: number }

/** Which of these seats cannot be had now, and for how long if they are only held. Never by whom. @throws NOT_FOUND, VALIDATION */
export async function inspectSeats(
  ctx: Pick<Ctx, 'db' | 'pool' | 'redis' | 'config' | 'clock'>,
  input: { showtimeId: string; seatIds: string[] },
): Promise<SeatInspection[]> {
  const hall = await readHall(ctx, input)
  const now = ctx.clock.now().getTime()
  return seatIndexes(hall.seating, input.seatIds).map((index, i) => {
    const hold = hall.held.find((h) => h.seats.includes(index))
    return {
      seatId: input.seatIds[i]!,
      locked: !hall.free(index),
      ttlMs: hold && !hall.free(index) ? Math.max(0, hold.until - now) : 0,
    }
  })
}
