import type { Ctx } from '../context.ts'
import { sellInRedis } from './seat-holds.ts'

/** Puts a confirmed booking's seats on every screen as sold. Repeatable; Postgres has decided already. @throws RedisAway */
export async function markSeatsSold(
  ctx: Pick<Ctx, 'pool' | 'redis' | 'config' | 'crashPoint'>,
  input: { bookingId: string },
): Promise<void> {
  ctx.crashPoint('confirmed:before-sold')
  const { rows } = await ctx.pool.query<{ showtime_id: string; seats: number[] }>(
    `SELECT showtime_id, array_agg(seat::int) AS seats FROM seat_claims WHERE booking_id = $1 AND state = 'SOLD' GROUP BY showtime_id`,
    [input.bookingId],
  )
  for (const row of rows) await sellInRedis(ctx, { showtimeId: row.showtime_id, seats: row.seats })
}
