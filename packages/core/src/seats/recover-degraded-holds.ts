import type { Ctx } from '../context.ts'
import { holdInRedis } from './seat-holds.ts'

/**
 * Brings holds that were kept in Postgres while Redis was away into Redis, once it is back. Repeatable. Where a hold
 * that survived in Redis has the seat, both guests see it as theirs until checkout, where Postgres decides.
 * @throws RedisAway
 */
export async function recoverDegradedHolds(ctx: Pick<Ctx, 'pool' | 'redis' | 'config'>): Promise<number> {
  const { rows } = await ctx.pool.query<{ showtime_id: string; holder: string; seats: number[] }>(
    `SELECT showtime_id, holder, array_agg(seat::int) AS seats FROM seat_claims
      WHERE state = 'HELD' AND expires_at >= clock_timestamp() GROUP BY showtime_id, holder LIMIT 10000`,
  )
  for (const row of rows) {
    await holdInRedis(ctx, { showtimeId: row.showtime_id, holder: row.holder, seats: row.seats, mostSeats: 50 })
  }
  return rows.length
}
