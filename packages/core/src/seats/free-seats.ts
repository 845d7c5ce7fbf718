import type { Ctx } from '../context.ts'
import { remarkSoldSeats } from './remark-sold-seats.ts'
import { freeInRedis, headFromRedis, holdInRedis } from './seat-holds.ts'

type FreeCtx = Pick<Ctx, 'pool' | 'redis' | 'config' | 'crashPoint'>

/** Halls looked at in one go: those that begin soonest. */
const HALLS = 500

/**
 * Puts the seats of a cancellation on every screen as free. Repeatable, at any time. Postgres has decided already: what it
 * says is sold is left alone, and what was sold anew between that question and the screens is marked sold again at once.
 * A sale later than that second look marks its own seats, after this. So no seat stays shown free that is sold, and none
 * is sold twice in any case: Redis only says what may be asked for. @throws RedisAway
 */
export async function freeSeats(ctx: FreeCtx, input: { cancellationId: string }): Promise<void> {
  const { rows } = await ctx.pool.query<{ showtime_id: string; seats: number[] }>(
    `SELECT b.showtime_id, c.seats FROM cancellations c JOIN bookings b ON b.id = c.booking_id WHERE c.id = $1`,
    [input.cancellationId],
  )
  for (const { showtime_id: showtimeId, seats } of rows) await freeUnsold(ctx, { showtimeId, seats })
}

/**
 * The same for every cancellation in the showtimes to come: a Redis that was away, or came back from an older copy of
 * itself, shows sold what was given back long ago. @throws RedisAway
 */
export async function freeCancelledHalls(ctx: FreeCtx): Promise<void> {
  const { rows } = await ctx.pool.query<{ showtime_id: string; seats: number[] }>(
    `SELECT b.showtime_id, array_agg(DISTINCT seat) AS seats
       FROM cancellations c JOIN bookings b ON b.id = c.booking_id JOIN showtimes s ON s.id = b.showtime_id, unnest(c.seats) seat
      WHERE s.ends_at > clock_timestamp() GROUP BY b.showtime_id, s.starts_at ORDER BY s.starts_at LIMIT $1`,
    [HALLS],
  )
  // A cold hall reads Postgres when it is opened.
  for (const { showtime_id: showtimeId, seats } of rows)
    if (await headFromRedis(ctx, showtimeId)) await freeUnsold(ctx, { showtimeId, seats })
}

async function freeUnsold(ctx: FreeCtx, hall: { showtimeId: string; seats: number[] }): Promise<void> {
  const { rows } = await ctx.pool.query<{ seat: number }>(
    `SELECT i.seat FROM showtime_seats i WHERE i.showtime_id = $1 AND i.seat = ANY ($2) AND NOT i.blocked
        AND NOT EXISTS (SELECT FROM seat_claims c WHERE c.showtime_id = i.showtime_id AND c.seat = i.seat AND c.state = 'SOLD')`,
    [hall.showtimeId, hall.seats],
  )
  const freed = rows.length === 0 ? [] : await freeInRedis(ctx, { ...hall, seats: rows.map((row) => row.seat) })
  ctx.crashPoint('free:before-look-again')
  // All of them, not only the ones just freed: a first try may have died here.
  await remarkSoldSeats(ctx, hall)
  if (freed.length > 0) await showHolds(ctx, hall.showtimeId, freed)
}

/** Who claimed such a seat while Redis was away keeps it: their hold was hidden under the mark. */
async function showHolds(ctx: FreeCtx, showtimeId: string, seats: number[]): Promise<void> {
  const { rows } = await ctx.pool.query<{ holder: string; seats: number[]; left_ms: number }>(
    `SELECT holder, array_agg(seat::int) AS seats, ceil(extract(epoch FROM max(expires_at) - clock_timestamp()) * 1000)::int AS left_ms
       FROM seat_claims WHERE showtime_id = $1 AND seat = ANY ($2) AND state <> 'SOLD' AND expires_at > clock_timestamp() GROUP BY holder`,
    [showtimeId, seats],
  )
  for (const row of rows)
    await holdInRedis(ctx, { showtimeId, holder: row.holder, seats: row.seats, mostSeats: 50, ttlMs: row.left_ms })
}
