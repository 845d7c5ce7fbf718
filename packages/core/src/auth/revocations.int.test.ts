import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestContext, testContext } from '../testing/services.ts'
import { logoutUser } from './logout-user.ts'
import { openRevocations, type Revocations } from './revocations.ts'

let one: TestContext
let two: TestContext
const opened: Revocations[] = []
beforeAll(async () => {
  one = await testContext()
  two = await testContext({ database: one.database })
})
afterAll(async () => {
  for (const revocations of opened) revocations.close()
  await two.close()
  await one.close()
})

async function open(ctx: TestContext) {
  const revocations = await openRevocations(ctx)
  opened.push(revocations)
  return revocations
}
const logOut = (revocations: Revocations, jti: string) =>
  logoutUser(
    { ...one, revocations },
    { actor: { kind: 'user', userId: randomUUID(), role: 'customer', jti }, refreshToken: undefined },
  )

test('a logout is known here at once and in another process by Redis, long before it would ask Postgres', async () => {
  const [here, there] = await Promise.all([open(one), open(two)])
  // The subscription opens in the background: keep saying something until it is heard.
  await vi.waitFor(async () => {
    const probe = randomUUID()
    await here.announce(probe, new Date(Date.now() + 60_000))
    await vi.waitFor(() => expect(there.has(probe)).toBe(true), { timeout: 100, interval: 5 })
  })
  const jti = randomUUID()
  await logOut(here, jti)
  expect(here.has(jti)).toBe(true)
  await vi.waitFor(() => expect(there.has(jti)).toBe(true), { timeout: 1_000, interval: 5 })
})

test('without Redis another process learns it from Postgres', async () => {
  const away = { ...one, redis: { ...one.redis, run: () => Promise.reject(new Error('away')) } }
  const there = await open(two)
  const jti = randomUUID()
  await logoutUser(
    { ...away, revocations: await open(away as TestContext) },
    { actor: { kind: 'user', userId: randomUUID(), role: 'customer', jti }, refreshToken: undefined },
  )
  expect(there.has(jti)).toBe(false)
  await vi.waitFor(() => expect(there.has(jti)).toBe(true), { timeout: 5_000, interval: 50 })
})

test('also from a transaction that took its time: erasing somebody may take twenty seconds', async () => {
  const there = await open(two)
  const jti = randomUUID()
  await one.pool.query(
    `insert into revoked_tokens (jti, expires_at, revoked_at) values ($1, now() + interval '1 hour', now() - interval '20 seconds')`,
    [jti],
  )
  await vi.waitFor(() => expect(there.has(jti)).toBe(true), { timeout: 5_000, interval: 50 })
})

test('a process that starts later knows it from the beginning, and logging out twice is no error', async () => {
  const jti = randomUUID()
  await logOut(await open(one), jti)
  await logOut(await open(one), jti)
  expect((await open(two)).has(jti)).toBe(true)
  expect((await open(two)).has(randomUUID())).toBe(false)
})
