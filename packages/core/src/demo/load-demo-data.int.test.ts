import { verify } from '@node-rs/argon2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manualClock } from '../clock.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { evaluatePromo } from '../offers/evaluate-promo.ts'
import { findPromo } from '../offers/find-promo.ts'
import { findVoucher } from '../offers/find-voucher.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { DEMO_ACCOUNTS } from './accounts.ts'
import { DEMO_CITIES } from './cities.ts'
import { DEMO_FILMS } from './films.ts'
import { type DemoLoad, loadDemoData } from './load-demo-data.ts'
import { DEMO_VOUCHER } from './offers.ts'

const NOTHING: DemoLoad = { cities: 0, theatres: 0, movies: 0, showtimes: 0, seats: 0, bookings: 0, tickets: 0 }
/** A Saturday, ten in the evening in Kolkata: nearly every show of the day has begun. */
const clock = manualClock('2027-03-06T16:30:00Z')

let ctx: TestContext
let first: DemoLoad

beforeAll(async () => {
  ctx = await testContext({ clock })
  first = await loadDemoData(ctx)
}, 60_000)
afterAll(() => ctx.close())

const count = async (sql: string, values: unknown[] = []) => {
  const { rows } = await ctx.pool.query<{ n: number }>(sql, values)
  return rows[0]!.n
}

const anyShowtime = async () => (await ctx.db.showtime.findFirstOrThrow({ select: { id: true } })).id

/** Everything that a second load could touch. */
const fingerprint = async () => {
  const tables = [
    'cities',
    'theatres',
    'screens',
    'seat_layouts',
    'movies',
    'programmes',
    'users',
    'theatre_admins',
    'showtimes',
    'bookings',
    'tickets',
    'payments',
    'promo_codes',
    'gift_vouchers',
  ]
  const sums = await Promise.all(
    tables.map((table) =>
      ctx.pool.query(`SELECT count(*)::int AS n, sum(hashtextextended(t::text, 0)) AS sum FROM ${table} t`),
    ),
  )
  return sums.map((sum) => sum.rows[0])
}

describe('loadDemoData', () => {
  it('lets its admin run the theatres of the first city and no others', async () => {
    const admin = DEMO_ACCOUNTS.find((account) => account.role === 'admin')
    const cities = await ctx.db.city.findMany({
      where: { theatres: { some: { admins: { some: { user: { email: admin?.email } } } } } },
      include: { theatres: { include: { admins: true } } },
    })
    expect(cities.map((city) => city.slug)).toEqual([DEMO_CITIES[0]?.slug])
    expect(cities[0]?.theatres.every((theatre) => theatre.admins.length === 1)).toBe(true)
  })

  it('fills the house within its bounds', () => {
    expect(first).toMatchObject({ cities: 6, movies: DEMO_FILMS.length })
    expect(first.theatres).toBeGreaterThanOrEqual(18)
    expect(first.showtimes).toBeGreaterThan(1_500)
    expect(first.showtimes).toBeLessThan(2_200)
    expect(first.tickets).toBeGreaterThan(10_000)
    expect(first.tickets).toBeLessThan(60_000)
  })

  it('gives every showtime its whole hall at the price on its card', async () => {
    const wrong = await count(
      `SELECT count(*)::int AS n FROM showtimes s LEFT JOIN LATERAL (
         SELECT count(*) AS seats, min(price_minor) AS least FROM showtime_seats i WHERE i.showtime_id = s.id) i ON true
        WHERE i.seats IS DISTINCT FROM s.seat_count OR i.least IS DISTINCT FROM s.price_from_minor`,
    )
    expect(wrong).toBe(0)
  })

  it('leaves something to book tonight in every city, however late it is', async () => {
    const { rows } = await ctx.pool.query<{ slug: string }>(
      `SELECT DISTINCT c.slug FROM showtimes s JOIN screens x ON x.id = s.screen_id JOIN theatres t ON t.id = x.theatre_id
         JOIN cities c ON c.id = t.city_id WHERE s.starts_at > $1 AND (s.starts_at AT TIME ZONE c.time_zone)::date = '2027-03-06'`,
      [clock.now()],
    )
    expect(rows).toHaveLength(6)
  })

  it('has sold-out and fast-filling houses, and nothing bought after its start or in the future', async () => {
    const sold = (how: string) =>
      count(`SELECT count(*)::int AS n FROM (SELECT s.seat_count AS size, count(k.seat) AS sold FROM showtimes s
               LEFT JOIN seat_claims k ON k.showtime_id = s.id GROUP BY s.id) h WHERE ${how}`)
    expect(await sold('sold = size')).toBeGreaterThan(0)
    expect(await sold('sold < size AND size - sold < 0.3 * size')).toBeGreaterThan(3)
    const absurd = await count(
      `SELECT count(*)::int AS n FROM bookings b JOIN showtimes s ON s.id = b.showtime_id
        WHERE b.confirmed_at >= s.starts_at OR b.confirmed_at > $1`,
      [clock.now()],
    )
    expect(absurd).toBe(0)
  })

  it('shows a film only from its release, and not one whose times are not published', async () => {
    const early = await count(
      `SELECT count(*)::int AS n FROM showtimes s JOIN movies m ON m.id = s.movie_id
        WHERE (s.starts_at AT TIME ZONE 'Asia/Kolkata')::date < m.release_date`,
    )
    expect(early).toBe(0)
    const waiting = await count(
      `SELECT count(DISTINCT m.id)::int AS n FROM movies m JOIN programmes p ON p.movie_id = m.id
        WHERE NOT EXISTS (SELECT FROM showtimes s WHERE s.movie_id = m.id)`,
    )
    expect(waiting).toBeGreaterThan(5)
  })

  it('makes accounts whose documented passwords work', async () => {
    for (const account of DEMO_ACCOUNTS) {
      const user = await ctx.db.user.findUniqueOrThrow({ where: { email: account.email } })
      expect(user.role).toBe(account.role)
      expect(user.passwordHash).toMatch(/^\$argon2id\$/)
      expect(await verify(user.passwordHash!, account.password)).toBe(true)
    }
  })

  it('makes codes that take off what the README says', async () => {
    const asked = { showtimeId: await anyShowtime(), userId: null, holder: null }
    const off = async (code: string, baseMinor: number) => {
      const promo = await findPromo(ctx, { ...asked, code })
      return evaluatePromo(promo?.facts ?? null, { baseMinor, movieId: '', theatreId: '', now: clock.now() })
    }
    expect(await off('FIRSTSHOW', 40_000)).toEqual({ discountMinor: 8_000, problem: null })
    expect(await off('firstshow', 80_000)).toEqual({ discountMinor: 10_000, problem: null })
    expect(await off('CITYLIGHTS', 40_000)).toEqual({ discountMinor: 7_500, problem: null })
    expect(await off('CITYLIGHTS', 39_999)).toMatchObject({ problem: expect.stringContaining('₹400') })
    const voucher = await findVoucher(ctx, { code: DEMO_VOUCHER.code.toLowerCase() })
    expect(voucher).toMatchObject({ balanceMinor: 500_000, hint: '5000' })
  })

  it('adds and changes nothing the same day, at any hour', async () => {
    const before = await fingerprint()
    clock.advance(60 * 60_000)
    expect(await loadDemoData(ctx)).toEqual(NOTHING)
    expect(await fingerprint()).toEqual(before)
  })

  it('tops up a later day, leaving edits and existing showtimes alone', async () => {
    await ctx.db.movie.update({ where: { slug: 'double-chai' }, data: { tagline: 'Edited by hand.' } })
    const showtimes = await ctx.pool.query('SELECT id, starts_at, movie_id FROM showtimes ORDER BY id')
    clock.advance(3 * 24 * 3_600_000)
    const later = await loadDemoData(ctx)
    expect(later).toMatchObject({ cities: 0, theatres: 0, movies: 0 })
    expect(later.showtimes).toBeGreaterThan(300)
    const kept = await ctx.pool.query('SELECT id, starts_at, movie_id FROM showtimes WHERE id = ANY ($1) ORDER BY id', [
      showtimes.rows.map((row: { id: string }) => row.id),
    ])
    expect(kept.rows).toEqual(showtimes.rows)
    expect((await ctx.db.movie.findUniqueOrThrow({ where: { slug: 'double-chai' } })).tagline).toBe('Edited by hand.')
  }, 60_000)

  it('keeps every promise the auditor knows', async () => {
    expect(await checkInvariants(ctx)).toEqual({ violations: [] })
  }, 60_000)
})
