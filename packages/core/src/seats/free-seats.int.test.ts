// Seats that were given back come free on the screens, whatever Redis and the next buyer do meanwhile.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { cancelSeats } from '../cancellations/cancel-seats.ts'
import { newId } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { bookSeats } from '../testing/book-seats.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { holdInPostgres } from './degraded-holds.ts'
import { freeSeats } from './free-seats.ts'
import { hallKeys, seatChannel } from './hold-scripts.ts'
import { holdSeats } from './hold-seats.ts'
import { markSeatsSold } from './mark-seats-sold.ts'
import { recoverDegradedHolds } from './recover-degraded-holds.ts'
import { headFromRedis, snapshotFromRedis } from './seat-holds.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterEach(async () => {
  expect((await checkInvariants(ctx, { quiet: true })).violations).toEqual([])
})
afterAll(() => ctx.close())

/** A1 and A2 sold and shown so; A1 given back in Postgres only. */
async function givenBack() {
  const sale = await bookSeats(ctx, { seatIds: ['A1', 'A2'] })
  await markSeatsSold(ctx, sale)
  const done = await cancelSeats(ctx.pool, {
    bookingId: sale.bookingId,
    userId: null,
    key: newId(),
    by: 'GUEST',
    actorId: null,
    seats: [0],
  })
  if (!('cancellationId' in done)) throw new Error(done.outcome)
  return { ...sale, showtimeId: sale.showtime.id, cancellationId: done.cancellationId }
}
const shown = async (showtimeId: string) => (await snapshotFromRedis(ctx, showtimeId)).map.slice(0, 3)
/** Sold while Redis was away: Postgres alone knows. */
const soldInPostgres = async (showtimeId: string, mark = false) => {
  await ctx.redis.run((client) => client.hdel(hallKeys(ctx, showtimeId)[0], '0'))
  const sale = await bookSeats(ctx, {
    showtime: Object.assign(await ctx.db.showtime.findUniqueOrThrow({ where: { id: showtimeId } }), { seatIds: [] }),
    seatIds: ['A1'],
  })
  if (mark) await markSeatsSold(ctx, sale)
}

test('one broadcast, once, and the next guest may hold the seat', async () => {
  const { showtimeId, cancellationId } = await givenBack()
  expect(await shown(showtimeId)).toBe('220')
  const heard: string[] = []
  const listener = ctx.redis.subscriber()
  await listener.subscribe(seatChannel(ctx, showtimeId))
  listener.on('message', (_channel, message) => heard.push(message.split(' ').slice(2).join(' ')))
  await freeSeats(ctx, { cancellationId })
  await freeSeats(ctx, { cancellationId })
  expect(await shown(showtimeId)).toBe('020')
  await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
  await freeSeats(ctx, { cancellationId })
  expect(await shown(showtimeId)).toBe('120') // somebody's hold is none of its business
  await expect.poll(() => heard.map((message) => message.split(' ')[0])).toEqual(['F', 'H'])
  expect(heard[0]).toBe('F 0')
  await listener.quit()
})

test('sold anew before the job runs: it stays sold', async () => {
  const { showtimeId, cancellationId } = await givenBack()
  await soldInPostgres(showtimeId, true)
  await freeSeats(ctx, { cancellationId })
  expect(await shown(showtimeId)).toBe('220')
})

test('sold anew between the question and the screens: marked sold again at once', async () => {
  const { showtimeId, cancellationId } = await givenBack()
  const pool = ctx.pool
  // The first question is answered with what was true before the sale.
  let stale = true
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>
  const slow = Object.assign(Object.create(pool) as typeof pool, {
    async query(sql: string, ...rest: unknown[]) {
      const answer = await query(sql, ...rest)
      if (stale && sql.includes('NOT i.blocked')) {
        stale = false
        await soldInPostgres(showtimeId)
        await ctx.redis.run((client) => client.hset(hallKeys(ctx, showtimeId)[0], '0', 'S'))
      }
      return answer
    },
  })
  await freeSeats({ ...ctx, pool: slow }, { cancellationId })
  expect(stale).toBe(false)
  expect(await shown(showtimeId)).toBe('220')
})

test('dead between the screens and the second look: the next try says what is true', async () => {
  const { showtimeId, cancellationId } = await givenBack()
  const dying: TestContext = {
    ...ctx,
    crashPoint() {
      throw new Error('killed')
    },
  }
  await expect(freeSeats(dying, { cancellationId })).rejects.toThrow('killed')
  expect(await shown(showtimeId)).toBe('020')
  await soldInPostgres(showtimeId)
  await freeSeats(ctx, { cancellationId })
  expect(await shown(showtimeId)).toBe('220')
})

test('claimed while Redis was away: whoever claimed it keeps it, and it is shown', async () => {
  const { showtimeId, cancellationId } = await givenBack()
  await holdInPostgres(ctx, { showtimeId, holder: 'patient', seats: [0], mostSeats: 10 })
  await freeSeats(ctx, { cancellationId })
  expect(await shown(showtimeId)).toBe('120')
  await expect(holdSeats(ctx, { showtimeId, seatIds: ['A1'] })).rejects.toMatchObject({ code: 'SEATS_TAKEN' })
})

test('a Redis that comes back is told of every seat given back, and cold halls stay cold', async () => {
  const { showtimeId } = await givenBack()
  const cold = await givenBack()
  await ctx.redis.run((client) => client.del(...hallKeys(ctx, cold.showtimeId).slice(0, 3)))
  await recoverDegradedHolds(ctx)
  expect(await shown(showtimeId)).toBe('020')
  expect(await headFromRedis(ctx, cold.showtimeId)).toBeNull()
})

test('a cold hall is filled from Postgres first', async () => {
  const { showtimeId, cancellationId } = await givenBack()
  await ctx.redis.run((client) => client.del(...hallKeys(ctx, showtimeId).slice(0, 3)))
  await freeSeats(ctx, { cancellationId })
  expect(await shown(showtimeId)).toBe('020')
})
