import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeShowtime } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { holdInPostgres } from './degraded-holds.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

test('seats are added to those already held, each of them once', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  const choices = [[1, 0], [1, 2], [0], [2, 1, 0], [9, 9, 2], [5, 6]]
  const held: unknown[] = []
  for (const seats of choices) {
    const outcome = await holdInPostgres(ctx, { showtimeId, holder: 'asha', seats, mostSeats: 5 })
    held.push(outcome.kind === 'held' ? outcome.hold.seats : outcome.kind)
  }
  expect(held).toEqual([[0, 1], [0, 1, 2], [0, 1, 2], [0, 1, 2], [0, 1, 2, 9], 'too-many'])
})

test('what another holds and what is off sale are named together, and nothing is taken', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  await ctx.pool.query('UPDATE showtime_seats SET blocked = true WHERE showtime_id = $1 AND seat = 3', [showtimeId])
  await holdInPostgres(ctx, { showtimeId, holder: 'bina', seats: [1], mostSeats: 10 })
  const outcome = await holdInPostgres(ctx, { showtimeId, holder: 'asha', seats: [0, 1, 2, 3], mostSeats: 10 })
  expect(outcome).toEqual({ kind: 'taken', seats: [1, 3] })
  const { rows } = await ctx.pool.query(`SELECT seat FROM seat_claims WHERE showtime_id = $1`, [showtimeId])
  expect(rows).toEqual([{ seat: 1 }])
})

test('an outage that finds no statistics does not read all claims for each guest', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  const client = await ctx.pool.connect()
  const scans = async () => {
    await client.query('SELECT pg_stat_force_next_flush()')
    const { rows } = await client.query<{ n: string }>(
      `SELECT seq_scan AS n FROM pg_stat_user_tables WHERE relname IN ('seat_claims', 'showtime_seats') ORDER BY relname`,
    )
    return rows
  }
  try {
    // As in a new installation: looked at when it was empty, and never since.
    await client.query('DELETE FROM seat_claims')
    await client.query('VACUUM ANALYZE seat_claims')
    const before = await scans()
    for (let seat = 0; seat < 8; seat++) {
      const alone = { ...ctx, pool: client as unknown as pg.Pool }
      await holdInPostgres(alone, { showtimeId, holder: `guest ${seat}`, seats: [seat], mostSeats: 10 })
    }
    expect(await scans()).toEqual(before)
  } finally {
    client.release()
  }
})
