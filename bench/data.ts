// Rows to measure on, written straight into the database: the benchmark is not about writing them.
import { randomUUID } from 'node:crypto'
import type { SeatLayoutDefinition } from '@marquee/contracts/seats'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { classic216 } from '@marquee/core/catalog/layouts/classic-216'
import { rowOfSeats } from '@marquee/core/catalog/layouts/row-of-seats'
import type { Ctx } from '@marquee/core/context'
import { hallKeys, runScript } from '@marquee/core/seats/hold-scripts'
import { flattenLayout } from '@marquee/core/seats/layout'

export type Hall = { showtimeId: string; seatIds: string[] }
export type User = { id: string; token: string }

const HOUR_MS = 3_600_000

/** Forty rows of fifty: as large as halls get. */
export const hall2000 = (): SeatLayoutDefinition => ({
  name: 'Arena 2000',
  width: 52,
  height: 40,
  sections: [{ id: 'regular', name: 'Regular', premium: false }],
  rows: Array.from({ length: 40 }, (_, i) =>
    rowOfSeats({
      label: i < 26 ? String.fromCharCode(65 + i) : `A${String.fromCharCode(65 + i - 26)}`,
      section: 'regular',
      y: i,
      blocks: [15, 20, 15],
    }),
  ),
})

/** Showtimes that begin tomorrow, each on a screen of its own, all with one layout. */
export async function createHalls(ctx: Pick<Ctx, 'pool'>, count: number, layout = classic216()): Promise<Hall[]> {
  const [city, theatre, movie, layoutId, firstScreen] = Array.from({ length: 5 }, () => randomUUID())
  const seats = flattenLayout(layout)
  const showtimes = Array.from({ length: count }, () => ({ id: randomUUID(), screen: randomUUID() }))
  showtimes[0]!.screen = firstScreen!
  const startsAt = new Date(Date.now() + 24 * HOUR_MS)
  const screens = showtimes.map((s) => s.screen)
  const sql: [string, unknown[]][] = [
    [
      `INSERT INTO cities (id, slug, name, region, time_zone, aliases) VALUES ($1::uuid, $1::uuid::text, 'Bench', 'Bench', 'Asia/Kolkata', '{}')`,
      [city],
    ],
    [
      `INSERT INTO theatres (id, slug, city_id, name, area, address, postcode, amenities) VALUES ($1::uuid, $1::uuid::text, $2, 'Bench', '', '', '', '{}')`,
      [theatre, city],
    ],
    [
      `INSERT INTO movies (id, slug, title, synopsis, runtime_minutes, certificate, genres, language, director, "cast", release_date, default_price_minor)
       VALUES ($1::uuid, $1::uuid::text, 'Bench', '', 120, 'U', '{}', 'English', '', '[]', now(), 25000)`,
      [movie],
    ],
    [
      `INSERT INTO screens (id, theatre_id, name, features) SELECT s, $2, s::text, '{}' FROM unnest($1::uuid[]) s`,
      [screens, theatre],
    ],
    [
      `INSERT INTO seat_layouts (id, screen_id, version, name, seat_count, definition) VALUES ($1, $2, 1, 'Bench', $3, $4)`,
      [layoutId, firstScreen, seats.length, JSON.stringify(layout)],
    ],
    [
      `INSERT INTO showtimes (id, movie_id, screen_id, seat_layout_id, starts_at, film_starts_at, ends_at, language, format, seat_count, price_from_minor)
       SELECT s, $3, c, $4, $5, $5, $5::timestamptz + interval '2 hours', 'English', '2D', $6, 25000 FROM unnest($1::uuid[], $2::uuid[]) AS x(s, c)`,
      [showtimes.map((s) => s.id), screens, movie, layoutId, startsAt, seats.length],
    ],
    [
      `INSERT INTO showtime_seats (showtime_id, seat, label, section, kind, price_minor)
       SELECT s, i, l, n, 'STANDARD', 25000 FROM unnest($1::uuid[]) s, unnest($2::int[], $3::text[], $4::text[]) AS x(i, l, n)`,
      [showtimes.map((s) => s.id), seats.map((s) => s.index), seats.map((s) => s.seatId), seats.map((s) => s.section)],
    ],
  ]
  for (const [text, values] of sql) await ctx.pool.query(text, values)
  const seatIds = seats.map((s) => s.seatId)
  return showtimes.map(({ id }) => ({ showtimeId: id, seatIds }))
}

/** People with a token each, as after signing in. */
export async function createUsers(
  ctx: Pick<Ctx, 'pool' | 'jwtKey' | 'clock' | 'config'>,
  count: number,
): Promise<User[]> {
  const ids = Array.from({ length: count }, () => randomUUID())
  await ctx.pool.query(
    `INSERT INTO users (id, email, name) SELECT u, u || '@bench.example', 'Bench' FROM unnest($1::uuid[]) u`,
    [ids],
  )
  return ids.map((id) => ({ id, token: signAccessToken(ctx, { id, role: 'customer' }).accessToken }))
}

type Held = { holder: string; seats: number[] }

/** Halls in Redis as their first reader would have found them, under this context's prefix or another one. */
export async function warmHalls(
  ctx: Pick<Ctx, 'redis' | 'config'>,
  showtimeIds: string[],
  state: { seatCount: number; sold?: number[]; holds?: Held[]; prefix?: string; holdsEndIn?: number },
): Promise<void> {
  const { seatCount, sold = [], holds = [], prefix = ctx.config.holds.prefix, holdsEndIn = HOUR_MS } = state
  const at = { redis: ctx.redis, config: { ...ctx.config, holds: { ...ctx.config.holds, prefix } } }
  const map = Buffer.alloc(seatCount, '0')
  for (const seat of sold) map[seat] = 50
  for (const hold of holds) for (const seat of hold.seats) map[seat] = 49
  const now = Date.now()
  // A new one each time, as a real rebuild has: whoever followed the hall before must notice.
  const epoch = randomUUID()
  const filled = JSON.stringify({
    sold,
    blocked: [],
    holds: holds.map((hold) => ({ ...hold, until: now + holdsEndIn, since: now })),
  })
  for (let i = 0; i < showtimeIds.length; i += 50) {
    await Promise.all(
      showtimeIds.slice(i, i + 50).map(async (showtimeId) => {
        await ctx.redis.run((client) => client.del(...hallKeys(at, showtimeId).slice(0, 3)))
        await runScript(at, 'rebuild', showtimeId, epoch, showtimeId, now + 2 * HOUR_MS, map.toString(), filled)
      }),
    )
  }
}
