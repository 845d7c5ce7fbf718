import type { ReleasedSeats } from '@marquee/contracts/seats'
import type { Ctx } from '../context.ts'
import { hashSecret } from '../ids.ts'
import { RedisAway } from '../redis.ts'
import { releaseInPostgres } from './degraded-holds.ts'
import { holdView } from './hold-view.ts'
import { releaseInRedis } from './seat-holds.ts'
import { seatIdsOf, seatIndexes, showtimeSeating } from './showtime-seating.ts'

/**
 * Lets go of the named seats, or of all that this token holds. Twice is once; seats of others are left alone. An unpaid
 * draft that wants one of them ends first, so that no seat is free on the screens and taken at the till.
 * @throws NOT_FOUND, VALIDATION
 */
export async function releaseSeats(
  ctx: Pick<Ctx, 'db' | 'pool' | 'redis' | 'config'>,
  input: { showtimeId: string; holdToken: string; seatIds?: string[] | undefined },
): Promise<ReleasedSeats> {
  const seating = await showtimeSeating(ctx, input.showtimeId)
  const request = {
    showtimeId: input.showtimeId,
    holder: hashSecret(input.holdToken),
    ...(input.seatIds ? { seats: seatIndexes(seating, input.seatIds) } : {}),
  }
  // Drafts claim there, and a hold kept there while Redis was away may still stand after it came back.
  const inPostgres = await releaseInPostgres(ctx, request)
  let { freed, left } = inPostgres
  try {
    const inRedis = await releaseInRedis(ctx, request)
    freed = [...new Set([...freed, ...inRedis.freed])].sort((a, b) => a - b)
    left = inRedis.left
  } catch (error) {
    if (!(error instanceof RedisAway)) throw error
  }
  return { released: seatIdsOf(seating, freed), hold: left ? holdView(ctx, seating, input.holdToken, left) : null }
}
