import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { makeShowtime, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { holdInPostgres, releaseInPostgres } from './degraded-holds.ts'
import { onceMoreOnDeadlock } from './once-more-on-deadlock.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ env: { DATABASE_POOL: '20' } })
})
afterAll(() => ctx.close())

const deadlock = () => Object.assign(new Error('deadlock detected'), { code: '40P01' })

test('again for a deadlock, not for ever, and for nothing else', async () => {
  const asked = { deadlocks: 0, others: 0 }
  expect(await onceMoreOnDeadlock(async () => (asked.deadlocks++ === 0 ? Promise.reject(deadlock()) : 'done'))).toBe(
    'done',
  )
  asked.deadlocks = 0
  await expect(
    onceMoreOnDeadlock(async () => {
      asked.deadlocks++
      throw deadlock()
    }),
  ).rejects.toMatchObject({ code: '40P01' })
  expect(asked.deadlocks).toBe(3)
  await expect(
    onceMoreOnDeadlock(async () => {
      asked.others++
      throw new Error('something else')
    }),
  ).rejects.toThrow('something else')
  expect(asked.others).toBe(1)
})

test('whoever loses a seat between the look and the claim is told so, and holds nothing', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  for (let round = 0; round < 5; round++) {
    const seats = [3 * round, 3 * round + 1, 3 * round + 2]
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, (_, i) =>
        holdInPostgres(ctx, {
          showtimeId,
          holder: `guest ${round} ${i}`,
          seats: i % 2 ? seats.slice(1) : seats.slice(0, 2),
          mostSeats: 10,
        }),
      ),
    )
    expect(outcomes.filter(({ kind }) => kind === 'held')).toHaveLength(1)
    expect(outcomes.filter(({ kind }) => kind === 'taken')).toHaveLength(15)
  }
})

/** Somebody in this database waits for something of this kind. */
async function waiting(event: string) {
  const sql =
    'SELECT FROM pg_stat_activity WHERE datname = current_database() AND (wait_event = $1 OR wait_event_type = $1)'
  while ((await ctx.pool.query(sql, [event])).rowCount === 0);
}

test('a guest whose release lost a deadlock does not notice', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  await holdInPostgres(ctx, { showtimeId, holder: 'guest', seats: [0, 1], mostSeats: 10 })
  const other = await ctx.pool.connect()
  const lock = (seat: number) =>
    other.query('SELECT FROM seat_claims WHERE showtime_id = $1 AND seat = $2 FOR UPDATE', [showtimeId, seat])
  try {
    await other.query('BEGIN')
    await other.query(`SET LOCAL deadlock_timeout = '1min'`) // the guest's call is the one that is ended
    await lock(1)
    const released = releaseInPostgres(ctx, { showtimeId, holder: 'guest' })
    await waiting('Lock')
    await lock(0)
    await other.query('COMMIT')
    expect(await released).toEqual({ freed: [0, 1], left: null })
  } finally {
    other.release()
  }
})

test('a draft that changes its seats and an overlapping hold take turns', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  const user = await makeUser(ctx)
  const draft = (seats: number[]) =>
    ctx.pool.query<{ outcome: string }>(
      `SELECT outcome FROM start_checkout($1, $2, 'h', $3, $4, $5, 'fake', $6, 'guest', $7, $8, 0, 0, 'INR', 'a@example.com', now() + interval '1 minute')`,
      [user.id, newId(), newId(), newId(), newId(), showtimeId, seats, 25_000 * seats.length],
    )
  await draft([1])
  // As slow as a busy disk, between what the change takes and what it lets go of.
  await ctx.pool.query(
    `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF new.status = 'EXPIRED' THEN PERFORM pg_sleep(0.3); END IF; RETURN new; END $$`,
  )
  await ctx.pool.query('CREATE TRIGGER slow BEFORE UPDATE ON bookings FOR EACH ROW EXECUTE FUNCTION slow()')
  const changed = draft([0, 2])
  await waiting('PgSleep')
  // Straight to the function, so that a deadlock would show.
  const held = ctx.pool.query<{ outcome: string; refused: number[] }>(
    `SELECT outcome, refused FROM hold_seats($1, '{1,2}', 'rival', 60000, 60000, 10)`,
    [showtimeId],
  )
  expect((await changed).rows).toEqual([{ outcome: 'CREATED' }])
  // Seen before the change is written: the seat that is being let go of.
  expect((await held).rows).toEqual([{ outcome: 'TAKEN', refused: [1] }])
  await ctx.pool.query('DROP TRIGGER slow ON bookings')
})
