// Holds of one turn of the event loop share a call of hold.lua. Each is decided by itself, whatever becomes of the others.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownRedis } from '../../../../scripts/testing/own-redis.ts'
import { RedisAway } from '../redis.ts'
import { makeShowtime } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { hallKeys } from './hold-scripts.ts'
import { type HoldOutcome, holdInRedis, snapshotFromRedis } from './seat-holds.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

const warmHall = async () => {
  const { id } = await makeShowtime(ctx)
  await snapshotFromRedis(ctx, id)
  return id
}
const hold = (showtimeId: string, holder: string, seats: number[], mostSeats = 10) =>
  holdInRedis(ctx, { showtimeId, holder, seats, mostSeats })
const seatsOf = (outcome: HoldOutcome) => (outcome.kind === 'held' ? outcome.hold.seats : outcome)

test('what is asked for together goes together, each with its own answer', async () => {
  const [one, two, cold] = [await warmHall(), await warmHall(), (await makeShowtime(ctx)).id]
  await hold(one, 'earlier', [5, 6])
  const outcomes = await Promise.all([
    hold(one, 'asha', [0, 1]),
    hold(one, 'bina', [1, 2]),
    hold(one, 'bina', [6, 5, 4]),
    hold(two, 'bina', [0]),
    hold(cold, 'chitra', [3]),
    hold(two, 'divya', [9, 8, 7], 2),
    hold(one, 'asha', [2]),
  ])
  expect(outcomes.map(seatsOf)).toEqual([
    [0, 1],
    { kind: 'taken', seats: [1] },
    { kind: 'taken', seats: [6, 5] },
    [0],
    [3],
    { kind: 'too-many' },
    [0, 1, 2],
  ])
  expect((await snapshotFromRedis(ctx, one)).map.slice(0, 7)).toBe('1110011')
  expect((await snapshotFromRedis(ctx, cold)).map.slice(0, 4)).toBe('0001')
})

test('48 guests at once cost Redis five calls', async () => {
  const hall = await warmHall()
  const guests = Array.from({ length: 48 }, (_, seat) => seat)
  let calls = 0
  const run: typeof ctx.redis.run = (command) => {
    calls += 1
    return ctx.redis.run(command)
  }
  const counted = { ...ctx, redis: { ...ctx.redis, run } }
  const outcomes = await Promise.all(
    guests.map((seat) =>
      holdInRedis(counted, { showtimeId: hall, holder: `guest ${seat}`, seats: [seat], mostSeats: 10 }),
    ),
  )
  expect(outcomes.map(seatsOf)).toEqual(guests.map((seat) => [seat]))
  expect(calls).toBe(5)
})

test('a hall that is broken fails its own guest and nobody else', async () => {
  const [whole, broken] = [await warmHall(), await warmHall()]
  const [hash] = hallKeys(ctx, broken)
  await ctx.redis.run((client) => client.multi().del(hash).set(hash, 'no hash').exec())
  const [before, failed, after] = await Promise.allSettled([
    hold(whole, 'asha', [0]),
    hold(broken, 'bina', [0]),
    hold(whole, 'chitra', [1]),
  ])
  expect(failed).toMatchObject({
    status: 'rejected',
    reason: { name: 'ReplyError', message: expect.stringMatching(/^WRONGTYPE/) },
  })
  expect([before, after].map((one) => one.status === 'fulfilled' && seatsOf(one.value))).toEqual([[0], [1]])
  expect(ctx.redis.available).toBe(true)
})

test('a Redis that is full fails only who would have to be written; whoever is refused is refused all the same', async () => {
  const redis = await ownRedis()
  await redis.start()
  const alone = await testContext({ env: { REDIS_URL: redis.url } })
  try {
    const { id: showtimeId } = await makeShowtime(alone)
    const ask = (holder: string, seats: number[]) =>
      holdInRedis(alone, { showtimeId, holder, seats, mostSeats: 10 }).catch((error: Error) => error)
    await ask('asha', [1])
    await alone.redis.client.config('SET', 'maxmemory', '1')
    const answers = await Promise.all([ask('bina', [1]), ask('chitra', [5]), ask('divya', [1, 6])])
    expect(answers).toEqual([{ kind: 'taken', seats: [1] }, expect.any(RedisAway), { kind: 'taken', seats: [1] }])
  } finally {
    await alone.close()
    await redis.close()
  }
})

test('a hold that came to life again, its seat free meanwhile, holds it again once it is renewed', async () => {
  const hall = await warmHall()
  await hold(hall, 'asha', [0, 1])
  // What the hall says after Redis's clock went back: the hold had ended, another had seat 1 and let it go.
  const [hash, , map] = hallKeys(ctx, hall)
  await ctx.redis.run((client) => client.multi().hdel(hash, '1').setrange(map, 1, '0').exec())
  expect(seatsOf(await hold(hall, 'asha', [1]))).toEqual([0, 1])
  expect(await hold(hall, 'bina', [1])).toEqual({ kind: 'taken', seats: [1] })
  expect((await snapshotFromRedis(ctx, hall)).map.slice(0, 3)).toBe('110')
})
