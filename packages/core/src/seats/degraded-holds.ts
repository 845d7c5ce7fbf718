// Holds while Redis is away: the same rules, kept as HELD claims in Postgres. Slower, and every bit as safe, because
// payments always claim there anyway.

import type { Ctx } from '../context.ts'
import { onceMoreOnDeadlock } from './once-more-on-deadlock.ts'
import type { HoldOutcome, HoldState } from './seat-holds.ts'

type PoolCtx = Pick<Ctx, 'pool' | 'config'>
type HoldRow = {
  outcome: string
  refused: number[] | null
  seats: number[] | null
  until: Date | null
  since: Date | null
  now: Date
}

export async function holdInPostgres(
  ctx: PoolCtx,
  input: { showtimeId: string; holder: string; seats: number[]; mostSeats: number },
): Promise<HoldOutcome> {
  const { ttlMs, maxMs } = ctx.config.holds
  const { rows } = await onceMoreOnDeadlock(() =>
    ctx.pool.query<HoldRow>({
      name: 'hold_seats',
      // Not waiting for the disk: a crash may forget a hold of the last moment, as it may in Redis. Claims that money
      // follows are written by start_checkout, which waits.
      text: `SELECT *, clock_timestamp() AS now, set_config('synchronous_commit', 'off', true)
               FROM hold_seats($1, $2, $3, $4, $5, $6)`,
      values: [input.showtimeId, [...new Set(input.seats)], input.holder, ttlMs, maxMs, input.mostSeats],
    }),
  )
  const row = rows[0]!
  if (row.outcome === 'TAKEN') return { kind: 'taken', seats: row.refused ?? [] }
  if (row.outcome === 'TOO_MANY') return { kind: 'too-many' }
  if (row.outcome === 'CAP_REACHED') return { kind: 'cap-reached' }
  return {
    kind: 'held',
    hold: {
      seats: (row.seats ?? []).sort((a, b) => a - b),
      until: row.until!.getTime(),
      since: row.since!.getTime(),
      now: row.now.getTime(),
    },
  }
}

/** Also ends the unpaid draft that wants one of these seats; its other seats stay held. */
export async function releaseInPostgres(
  ctx: PoolCtx,
  input: { showtimeId: string; holder: string; seats?: number[] },
): Promise<{ freed: number[]; left: HoldState | null }> {
  const { rows } = await onceMoreOnDeadlock(() =>
    ctx.pool.query<{ freed: number[] }>({
      name: 'release_seats',
      text: 'SELECT release_seats($1, $2, $3) AS freed',
      values: [input.showtimeId, input.holder, input.seats ?? null],
    }),
  )
  return { freed: rows[0]?.freed ?? [], left: await inspectInPostgres(ctx, input) }
}

/** Live claims of this holder, being paid for or not. Null: none. */
export async function inspectInPostgres(
  ctx: PoolCtx,
  input: { showtimeId: string; holder: string },
): Promise<HoldState | null> {
  const { rows } = await ctx.pool.query<{ seats: number[] | null; until: Date | null; since: Date | null; now: Date }>(
    `SELECT array_agg(seat::int ORDER BY seat) AS seats, min(expires_at) AS until, min(held_since) AS since, clock_timestamp() AS now
       FROM seat_claims WHERE showtime_id = $1 AND holder = $2 AND state <> 'SOLD' AND expires_at >= clock_timestamp()`,
    [input.showtimeId, input.holder],
  )
  const row = rows[0]!
  if (!row.seats || !row.until || !row.since) return null
  return { seats: row.seats, until: row.until.getTime(), since: row.since.getTime(), now: row.now.getTime() }
}

export async function extendInPostgres(
  ctx: PoolCtx,
  input: { showtimeId: string; holder: string; byMs: number },
): Promise<HoldState | null> {
  await onceMoreOnDeadlock(() =>
    ctx.pool.query(
      `WITH mine AS MATERIALIZED (
         SELECT seat FROM seat_claims
          WHERE showtime_id = $1 AND holder = $2 AND state = 'HELD' AND expires_at >= clock_timestamp() ORDER BY seat FOR UPDATE)
       UPDATE seat_claims c SET expires_at = greatest(c.expires_at,
              least(clock_timestamp() + $3 * interval '1 ms', c.held_since + $4 * interval '1 ms'))
         FROM mine WHERE c.showtime_id = $1 AND c.seat = mine.seat`,
      [input.showtimeId, input.holder, input.byMs, ctx.config.holds.maxMs],
    ),
  )
  return inspectInPostgres(ctx, input)
}

/** The hall as one character a seat, and when held seats come back. @returns null when there is no such showtime */
export async function mapFromPostgres(
  ctx: PoolCtx,
  showtimeId: string,
): Promise<{ map: string; held: { until: number; seats: number[] }[] } | null> {
  const { rows } = await ctx.pool.query<{ map: string | null; held: { until: number; seats: number[] }[] | null }>({
    name: 'degraded_map',
    text: `SELECT seat_map($1) AS map,
                  (SELECT json_agg(h) FROM (
                    SELECT floor(extract(epoch FROM expires_at) * 1000)::float8 AS until, array_agg(seat::int) AS seats
                      FROM seat_claims WHERE showtime_id = $1 AND expires_at >= clock_timestamp() GROUP BY expires_at) h) AS held`,
    values: [showtimeId],
  })
  const row = rows[0]
  return row?.map ? { map: row.map, held: row.held ?? [] } : null
}
