import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../../scripts/testing/eventually.ts'
import { ownRedis } from '../../../scripts/testing/own-redis.ts'
import { openRedis, RedisAway, type RedisLink } from './redis.ts'

const quiet = { warn() {}, info() {} }
let server: Awaited<ReturnType<typeof ownRedis>>
let link: RedisLink
beforeAll(async () => {
  server = await ownRedis()
  await server.start()
  link = openRedis(server.url, quiet)
  await eventually(() => link.available)
})
afterAll(async () => {
  await link.close()
  await server.close()
})

const ask = async () => {
  const startedAt = performance.now()
  const problem = await link
    .run((client) => client.get('key'))
    .then(
      () => null,
      (error: unknown) => error,
    )
  return { problem, ms: performance.now() - startedAt }
}

test('a stalled Redis costs a moment, and is known to be away even when hardly anybody asks', async () => {
  server.pause()
  for (let i = 0; i < 3; i++) {
    const { problem, ms } = await ask()
    expect(problem).toBeInstanceOf(RedisAway)
    expect(ms).toBeLessThan(500)
  }
  expect(link.available).toBe(false)
  expect((await ask()).ms).toBeLessThan(20)
  const back = new Promise<void>((resolve) => link.onBack(resolve))
  server.resume()
  await back
  expect((await ask()).problem).toBeNull()
})

test('one slow answer among good ones is no outage, but what it cost is made good', async () => {
  let repairs = 0
  link.onBack(() => {
    repairs += 1
  })
  for (let i = 0; i < 4; i++) {
    server.pause()
    expect((await ask()).problem).toBeInstanceOf(RedisAway)
    server.resume()
    await eventually(async () => (await ask()).problem === null)
    expect(link.available).toBe(true)
    await eventually(() => repairs > i)
  }
})

test('a process too busy to listen does not take its own time for that of Redis', async () => {
  const asked = Array.from({ length: 300 }, () => ask())
  const end = performance.now() + 400
  while (performance.now() < end);
  expect((await Promise.all(asked)).filter(({ problem }) => problem !== null)).toEqual([])
  expect(link.available).toBe(true)
})

test('a Redis that dies is away at once, and back by itself', async () => {
  const back = new Promise<void>((resolve) => link.onBack(resolve))
  await server.kill()
  await eventually(() => !link.available)
  expect((await ask()).ms).toBeLessThan(20)
  await server.start()
  await back
  expect((await ask()).problem).toBeNull()
})
