import type { Ctx } from '../context.ts'
import { headFromRedis, sellInRedis } from './seat-holds.ts'

/** Halls looked at in one go: those that begin soonest. */
const HALLS = 500

/**
 * Puts lost "sold" marks back: a Redis that came back from an older copy of itself lets sold seats be held, though never
 * be paid for. Says nothing where every mark is there. @throws NOT_FOUND, RedisAway
 */
export async function remarkSoldSeats(
  ctx: Pick<Ctx, 'pool' | 'redis' | 'config'>,
  input: { showtimeId: string; seats: number[] },
): Promise<void> {
  const { rows } = await ctx.pool.query<{ seat: number }>(
    `SELECT seat FROM seat_claims WHERE showtime_id = $1 AND state = 'SOLD' AND seat = ANY ($2)`,
    [input.showtimeId, input.seats],
  )
  if (rows.length > 0) await sellInRedis(ctx, { showtimeId: input.showtimeId, seats: rows.map((row) => row.seat) })
}

/** The same for every sold seat of the showtimes to come. A cold hall is left alone: it reads Postgres when it is opened. @throws RedisAway */
export async function remarkSoldHalls(ctx: Pick<Ctx, 'pool' | 'redis' | 'config'>): Promise<void> {
  const { rows } = await ctx.pool.query<{ showtime_id: string; seats: number[] }>(
    `SELECT soon.id AS showtime_id, sold.seats
       FROM (SELECT s.id, s.starts_at FROM showtimes s
              WHERE s.ends_at > clock_timestamp() AND EXISTS (SELECT FROM seat_claims c WHERE c.showtime_id = s.id AND c.state = 'SOLD')
              ORDER BY s.starts_at LIMIT $1) soon,
            LATERAL (SELECT array_agg(c.seat::int) AS seats FROM seat_claims c WHERE c.showtime_id = soon.id AND c.state = 'SOLD') sold
      ORDER BY soon.starts_at`,
    [HALLS],
  )
  for (const { showtime_id: showtimeId, seats } of rows)
    if (await headFromRedis(ctx, showtimeId)) await sellInRedis(ctx, { showtimeId, seats })
}
