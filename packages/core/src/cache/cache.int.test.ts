import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import { openRedis } from '../redis.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { cached, clearCache, dropCached } from './cache.ts'

const clock = manualClock('2026-11-21T10:00:00Z')
let ctx: TestContext
/** Another process on the same databases. */
let other: TestContext
beforeAll(async () => {
  ctx = await testContext({ clock })
  other = await testContext({ clock, database: ctx.database })
})
afterAll(async () => {
  await other.close()
  await ctx.close()
})

let keys = 0
/** An entry whose value counts its loads. */
function counter(options: { shared?: boolean; ttlSeconds?: number } = {}) {
  let loads = 0
  return { key: `test-${++keys}`, tags: ['movies'] as const, ttlSeconds: 60, ...options, load: async () => ++loads }
}

test('loads once, then answers from this process', async () => {
  const entry = counter()
  expect(await cached(ctx, entry)).toEqual({ value: 1, from: 'database' })
  expect(await cached(ctx, entry)).toEqual({ value: 1, from: 'cache' })
})

test('another process reads what the first one loaded', async () => {
  const entry = counter()
  await cached(ctx, entry)
  expect(await cached(other, entry)).toEqual({ value: 1, from: 'cache' })
})

test('callers of one moment share one load', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  let loads = 0
  const entry = { ...counter(), load: () => promise.then(() => ++loads) }
  const answers = Promise.all(Array.from({ length: 20 }, () => cached(ctx, entry)))
  resolve()
  expect(new Set((await answers).map((answer) => answer.value))).toEqual(new Set([1]))
  expect(loads).toBe(1)
})

test('a failed load is not kept', async () => {
  let loads = 0
  const entry = { ...counter(), load: async () => (++loads === 1 ? Promise.reject(new Error('no')) : loads) }
  await expect(cached(ctx, entry)).rejects.toThrow('no')
  expect((await cached(ctx, entry)).value).toBe(2)
})

test('ends after its time, by the clock', async () => {
  const entry = counter({ ttlSeconds: 60 })
  await cached(ctx, entry)
  clock.advance(59_999)
  expect((await cached(ctx, entry)).value).toBe(1)
  clock.advance(1)
  expect((await cached(ctx, entry)).value).toBe(2)
})

test('a drop ends it here at once and elsewhere within two seconds', async () => {
  const entry = counter()
  await cached(ctx, entry)
  await cached(other, entry)
  await dropCached(ctx, ['movies'])
  expect((await cached(ctx, entry)).value).toBe(2)
  clock.advance(2_000)
  expect((await cached(other, entry)).value).toBe(2)
})

test('a drop of another tag leaves it', async () => {
  const entry = counter()
  await cached(ctx, entry)
  await dropCached(ctx, ['theatres'])
  expect((await cached(ctx, entry)).value).toBe(1)
})

test('what was loaded before a write is never served after it', async () => {
  const began = Promise.withResolvers<void>()
  const { promise, resolve } = Promise.withResolvers<void>()
  let stored = 'before'
  const key = `test-${++keys}`
  const entry = { key, tags: ['movies'] as const, ttlSeconds: 60 }
  const slow = cached(ctx, {
    ...entry,
    load: async () => {
      const read = stored
      began.resolve()
      await promise
      return read
    },
  })
  await began.promise
  stored = 'after'
  await dropCached(other, ['movies'])
  await dropCached(ctx, ['movies'])
  const fast = cached(ctx, { ...entry, load: async () => stored })
  resolve()
  expect((await slow).value).toBe('before')
  expect((await fast).value).toBe('after')
  clock.advance(2_000) // past what each process keeps for itself
  for (const process of [ctx, other]) {
    expect((await cached(process, { ...entry, load: async () => 'loaded again' })).value).not.toBe('before')
  }
})

test('a private entry stays out of Redis', async () => {
  const entry = counter({ shared: false })
  await cached(ctx, entry)
  expect((await cached(ctx, entry)).from).toBe('cache')
  expect(await ctx.redis.client.keys(`cache:*:${entry.key}`)).toEqual([])
})

test('without Redis it loads, and keeps for two seconds', async () => {
  const away = { ...ctx, redis: openRedis('redis://127.0.0.1:1', ctx.log) }
  try {
    const entry = counter()
    expect(await cached(away, entry)).toEqual({ value: 1, from: 'database' })
    expect((await cached(away, entry)).from).toBe('cache')
    await dropCached(away, ['movies'])
    expect((await cached(away, entry)).value).toBe(2)
    clock.advance(2_000)
    expect((await cached(away, entry)).value).toBe(3)
    await expect(clearCache(away)).rejects.toThrow('Redis is away')
  } finally {
    await away.redis.close()
  }
})

test('a write while Redis is away reaches it when it is back', async () => {
  const proxy = await breakableProxy(ctx.env.REDIS_URL ?? '')
  const redis = openRedis(proxy.url, ctx.log)
  const flaky = { ...ctx, redis }
  const back = () => new Promise<void>((resolve) => redis.onBack(resolve))
  try {
    if (!redis.available) await back()
    const entry = counter()
    await cached(flaky, entry)
    proxy.cut()
    await dropCached(flaky, ['movies'])
    const returned = back()
    proxy.mend()
    await returned
    expect((await cached(flaky, entry)).value).toBe(2)
    clock.advance(2_000)
    expect(await cached(other, entry)).toEqual({ value: 2, from: 'cache' })
  } finally {
    await redis.close()
    await proxy.close()
  }
})

test('clearing deletes cached lists only: seat locks and queued jobs stay', async () => {
  const redis = ctx.redis.client
  const planted = { 'marquee:seat_lock:show:F9': 'holder', 'bull:critical:42': 'job', 'xcache:list': 'not ours' }
  await redis.mset(planted)
  const entry = counter()
  const others = Array.from({ length: 1_200 }, () => counter())
  await Promise.all([entry, ...others].map((each) => cached(ctx, each)))

  expect(await clearCache(ctx)).toBeGreaterThanOrEqual(1_200)

  expect(await redis.mget(Object.keys(planted))).toEqual(Object.values(planted))
  expect((await redis.keys('cache:*')).filter((key) => !key.includes(':generation:'))).toEqual([])
  expect((await cached(ctx, entry)).value).toBe(2)
})

/** A way to Redis that can be cut. */
async function breakableProxy(target: string) {
  const { hostname, port, pathname } = new URL(target)
  const sockets = new Set<Socket>()
  let broken = false
  const server = createServer((socket) => {
    socket.on('error', () => {})
    if (broken) return socket.destroy()
    const upstream = connect(Number(port), hostname).on('error', () => {})
    sockets.add(socket).add(upstream)
    socket.pipe(upstream).pipe(socket)
    return undefined
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  const cut = () => {
    broken = true
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  return {
    url: `redis://127.0.0.1:${address.port}${pathname}`,
    cut,
    mend: () => {
      broken = false
    },
    close: async () => {
      cut()
      server.close()
    },
  }
}
