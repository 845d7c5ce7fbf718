import type { Ctx } from '../context.ts'
import { releaseInPostgres } from './degraded-holds.ts'
import { freeCancelledHalls } from './free-seats.ts'
import { remarkSoldHalls } from './remark-sold-seats.ts'
import { holdInRedis } from './seat-holds.ts'

type Row = { showtime_id: string; holder: string; seats: number[]; left_ms: number; paying: boolean }

/**
 * Brings holds and payments that were begun in Postgres while Redis was away into Redis, once it is back, for as long as
 * they still have. Repeatable. Where a hold that slept in a stalled Redis has a seat, it is the older one and stays; the
 * newer one is let go as a whole and its guest chooses again, or both would bar each other from the seat until one ends.
 * A payment is never let go: there Postgres has decided. Sales whose mark Redis has lost are marked first, and sales that
 * were undone lose theirs.
 * @returns how many were brought over. @throws RedisAway
 */
export async function recoverDegradedHolds(
  ctx: Pick<Ctx, 'pool' | 'redis' | 'config' | 'crashPoint'>,
): Promise<number> {
  const { rows } = await ctx.pool.query<Row>(
    `SELECT showtime_id, holder, array_agg(seat::int) AS seats, bool_or(state = 'PAYING') AS paying,
            ceil(extract(epoch FROM max(expires_at) - clock_timestamp()) * 1000)::int AS left_ms
       FROM seat_claims WHERE state <> 'SOLD' AND expires_at > clock_timestamp()
      GROUP BY showtime_id, holder ORDER BY min(held_since) LIMIT 10000`,
  )
  await remarkSoldHalls(ctx)
  await freeCancelledHalls(ctx)
  let recovered = 0
  for (const row of rows) {
    const hold = { showtimeId: row.showtime_id, holder: row.holder }
    const { kind } = await holdInRedis(ctx, { ...hold, seats: row.seats, mostSeats: 50, ttlMs: row.left_ms })
    if (kind === 'held') recovered += 1
    else if (kind === 'taken' && !row.paying) await releaseInPostgres(ctx, hold)
  }
  return recovered
}
