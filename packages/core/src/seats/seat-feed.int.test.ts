import type { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeShowtime } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { hallKeys } from './hold-scripts.ts'
import { holdSeats } from './hold-seats.ts'
import { listSeats } from './list-seats.ts'
import { createSeatFeed } from './seat-feed.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

/** A feed whose reads of Redis answer when they are let through. */
function gatedFeed() {
  const waiting: (() => void)[] = []
  const warnings: unknown[] = []
  let subscriber: Redis | undefined
  let gated = false
  const redis: TestContext['redis'] = {
    ...ctx.redis,
    client: ctx.redis.client,
    get available() {
      return ctx.redis.available
    },
    async run(command) {
      const answer = await ctx.redis.run(command)
      if (gated) await new Promise<void>((resolve) => waiting.push(resolve))
      return answer
    },
    onBack() {},
    subscriber() {
      subscriber = ctx.redis.subscriber()
      return subscriber
    },
  }
  const log = { ...ctx.log, warn: (...words: unknown[]) => void warnings.push(words), debug() {} }
  const feed = createSeatFeed({ ...ctx, redis, log: log as unknown as TestContext['log'] })
  return {
    feed,
    warnings,
    waiting,
    gate(on: boolean) {
      gated = on
      if (!on) for (const pass of waiting.splice(0)) pass()
    },
    /** What a connection that was lost and found again says. */
    reconnected: () => subscriber?.emit('ready'),
    /** A round trip behind the ones that listening again takes. */
    listening: () => subscriber?.ping(),
  }
}
const warmHall = async () => {
  const { id } = await makeShowtime(ctx)
  await listSeats(ctx, { showtimeId: id })
  return id
}
const truth = async (showtimeId: string) =>
  (await listSeats(ctx, { showtimeId })).sections
    .flatMap((section) => section.rows.flatMap((row) => row.seats))
    .map((seat) => (seat.status === 'held' ? '1' : '0'))
    .join('')

test('a hall that is opened while its connection comes back is read for both, and open', async () => {
  const { feed, warnings, waiting, gate, reconnected, listening } = gatedFeed()
  const showtimeId = await warmHall()
  gate(true)
  const opening = feed.open(showtimeId)
  await expect.poll(() => waiting.length).toBe(1)
  reconnected()
  // The second reason to read it arrives while the first is under way.
  await listening()
  gate(false)
  const { room } = await opening
  expect(room.map).toBe(await truth(showtimeId))
  expect(warnings).toEqual([])
  feed.close()
})

test('what happens while a hall is read again, for two reasons at once, is not lost, and the viewers are told', async () => {
  const { feed, warnings, waiting, gate, reconnected, listening } = gatedFeed()
  const showtimeId = await warmHall()
  const { room, listeners } = await feed.open(showtimeId)
  let told = 0
  listeners.add(() => {
    told += 1
  })
  gate(true)
  reconnected()
  await expect.poll(() => waiting.length).toBe(1)
  // Read already, not yet loaded: these steps are newer than what was read.
  for (const seatIds of [['A1'], ['A2'], ['A3']]) await holdSeats(ctx, { showtimeId, seatIds })
  reconnected()
  await listening()
  gate(false)
  await expect.poll(() => told).toBeGreaterThan(0)
  await expect.poll(() => room.map.slice(0, 4)).toBe('1110')
  expect(room.map).toBe(await truth(showtimeId))
  const before = told
  await holdSeats(ctx, { showtimeId, seatIds: ['A4'] })
  await expect.poll(() => room.map.slice(0, 4)).toBe('1111')
  expect(told).toBeGreaterThan(before)
  expect(warnings).toEqual([])
  feed.close()
})

test('a connection that comes back during a reading means another reading: the first may be too old', async () => {
  const { feed, waiting, gate, reconnected, listening } = gatedFeed()
  const showtimeId = await warmHall()
  const { room } = await feed.open(showtimeId)
  gate(true)
  reconnected()
  await expect.poll(() => waiting.length).toBe(1)
  // A step that nobody heard of, because nothing was listened to.
  const [hash, , map] = hallKeys(ctx, showtimeId)
  await ctx.redis.client.hincrby(hash, '#', 1)
  await ctx.redis.client.setrange(map, 0, '2')
  reconnected()
  await listening()
  gate(false)
  await expect.poll(() => room.map[0]).toBe('2')
  feed.close()
})
