import { randomBytes } from 'node:crypto'
import { notFound } from '../errors.ts'
import { runScript, type SeatsCtx } from './hold-scripts.ts'

/** A hall's keys outlive its film by this much, then go by themselves. */
const KEEP_AFTER_END_MS = 3_600_000

type Row = {
  seat: number
  blocked: boolean
  state: string | null
  holder: string | null
  until: number | null
  since: number | null
  ends_at: Date
}

/**
 * Fills a cold hall in Redis from Postgres: sold seats, seats off sale, live claims. Safe to race: the first one wins.
 * Holds that lived only in a lost Redis are gone; their guests are told to hold again, and nobody loses money.
 * @throws NOT_FOUND, RedisAway
 */
export async function rebuildHolds(ctx: SeatsCtx, showtimeId: string): Promise<void> {
  const { rows } = await ctx.pool.query<Row>({
    name: 'rebuild_holds',
    text: `SELECT i.seat, i.blocked, c.state, c.holder, s.ends_at,
                  (extract(epoch FROM c.expires_at) * 1000)::float8 AS until, (extract(epoch FROM c.held_since) * 1000)::float8 AS since
             FROM showtime_seats i
             JOIN showtimes s ON s.id = i.showtime_id
             LEFT JOIN seat_claims c ON c.showtime_id = i.showtime_id AND c.seat = i.seat
                   AND (c.state = 'SOLD' OR c.expires_at >= clock_timestamp())
            WHERE i.showtime_id = $1 ORDER BY i.seat`,
    values: [showtimeId],
  })
  const first = rows[0]
  if (!first) throw notFound('showtime')

  const sold: number[] = []
  const blocked: number[] = []
  const holds = new Map<string, { holder: string; until: number; since: number; seats: number[] }>()
  const map = rows.map((row) => {
    if (row.state === 'SOLD') sold.push(row.seat)
    if (row.state === 'SOLD') return '2'
    if (row.blocked) blocked.push(row.seat)
    if (row.blocked) return '3'
    if (!row.holder || row.until === null) return '0'
    const hold = holds.get(row.holder) ?? {
      holder: row.holder,
      until: 0,
      since: Math.floor(row.since ?? row.until),
      seats: [],
    }
    hold.until = Math.max(hold.until, Math.floor(row.until))
    hold.seats.push(row.seat)
    holds.set(row.holder, hold)
    return '1'
  })
  const keepUntil = Math.max(first.ends_at.getTime(), Date.now()) + KEEP_AFTER_END_MS
  const state = JSON.stringify({ sold, blocked, holds: [...holds.values()] })
  await runScript(
    ctx,
    'rebuild',
    showtimeId,
    randomBytes(6).toString('base64url'),
    showtimeId,
    keepUntil,
    map.join(''),
    state,
  )
}
