import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { bookSeats } from '../testing/book-seats.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { runScript } from './hold-scripts.ts'
import { holdSeats } from './hold-seats.ts'
import { listSeats } from './list-seats.ts'
import { markSeatsSold } from './mark-seats-sold.ts'
import { snapshotFromRedis } from './seat-holds.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

test('a rebuild that read before the sale and writes after it does not show a sold seat as held or free', async () => {
  const { bookingId, showtime } = await bookSeats(ctx)
  await ctx.redis.run((client) => client.flushdb())
  await markSeatsSold(ctx, { bookingId })
  // The slow one: its picture of the hall is from before the sale.
  const before = JSON.stringify({ sold: [], blocked: [], holds: [] })
  const end = Date.now() + 3_600_000
  await runScript(ctx, 'rebuild', showtime.id, 'late', showtime.id, end, '0'.repeat(48), before)
  expect((await snapshotFromRedis(ctx, showtime.id)).map.slice(0, 2)).toBe('22')
  expect((await checkInvariants(ctx, { quiet: true })).violations).toEqual([])
})

test('a hall that is emptied as fast as it is filled is served from Postgres', async () => {
  const { showtime } = await bookSeats(ctx)
  const stormy = {
    ...ctx,
    redis: {
      ...ctx.redis,
      run: async <T>(command: Parameters<typeof ctx.redis.run<T>>[0]) => {
        await ctx.redis.run((client) => client.flushdb())
        return ctx.redis.run<T>(command)
      },
    },
  }
  const hold = await holdSeats(stormy, { showtimeId: showtime.id, seatIds: ['A3'] })
  expect(hold.seatIds).toEqual(['A3'])
  const { sections } = await listSeats(stormy, { showtimeId: showtime.id })
  expect(sections[0]?.rows[0]?.seats.slice(0, 4).map((seat) => seat.status)).toEqual([
    'booked',
    'booked',
    'held',
    'available',
  ])
})
