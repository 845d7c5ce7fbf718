// Guesses at passwords: few for whoever guesses, and the owner still gets in.
import type { ErrorBody } from '@marquee/contracts/errors'
import { makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'

const PASSWORD = 'two samosas please'
let ctx: TestContext
let app: FastifyInstance
beforeAll(async () => {
  // The limit of an address on its own (20 a minute) is another matter: 10 guesses are under it.
  ctx = await testContext({ env: { RATE_LIMIT_SCALE: '1' } })
  app = await buildApp(ctx)
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})

let networks = 0
const network = () => `198.18.${++networks >> 8}.${networks & 255}`
const owner = async () => (await makeUser(ctx, { password: PASSWORD })).email ?? ''
async function login(email: string, password: string, remoteAddress: string) {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/auth/login',
    remoteAddress,
    payload: { email, password },
  })
  return answer.statusCode === 200 ? 'in' : answer.json<ErrorBody>().error.code
}
const many = <T>(count: number, ask: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => ask(i)))
const count = (answers: string[], what: string) => answers.filter((answer) => answer === what).length

test('ten wrong guesses from one network, all at once or not, then none, though the next one be right', async () => {
  const [email, there] = [await owner(), network()]
  const guesses = await many(15, (i) => login(email, `guess ${i}`, there))
  expect([count(guesses, 'BAD_CREDENTIALS'), count(guesses, 'RATE_LIMITED')]).toEqual([10, 5])
  expect(await login(email, PASSWORD, there)).toBe('RATE_LIMITED')
})

test('signing in is no attempt, and forgets those before it', async () => {
  const [email, there] = [await owner(), network()]
  for (let round = 0; round < 2; round++) {
    await many(8, (i) => login(email, `guess ${i}`, there))
    expect(await login(email, PASSWORD, there)).toBe('in')
  }
})

test('another account from there, and the owner from elsewhere, are not kept out', async () => {
  const [victim, other, there] = [await owner(), await owner(), network()]
  await many(12, (i) => login(victim, `guess ${i}`, there))
  expect(await login(victim, PASSWORD, network())).toBe('in')
  expect(await login(other, PASSWORD, there)).toBe('in')
})

test('hammered from everywhere at once: each network gets fewer guesses, the owner gets in', async () => {
  const email = await owner()
  for (let round = 0; round < 11; round++) {
    const there = network()
    await many(10, (i) => login(email, `guess ${i}`, there))
  }
  const there = network()
  const startedAt = performance.now()
  const hammering = many(6, (i) => login(email, `guess ${i}`, there))
  expect(await login(email, PASSWORD, network())).toBe('in')
  const guesses = await hammering
  expect([count(guesses, 'BAD_CREDENTIALS'), count(guesses, 'RATE_LIMITED')]).toEqual([3, 3])
  expect(performance.now() - startedAt).toBeGreaterThan(900)
})

test('one network alone cannot make it hard for the others', async () => {
  const [email, there] = [await owner(), network()]
  const key = `${ctx.config.holds.prefix}:limit:auth:ip:${there}`
  for (let round = 0; round < 12; round++) {
    await ctx.redis.client.del(key)
    await many(12, (i) => login(email, `guess ${i}`, there))
  }
  const elsewhere = network()
  const guesses = await many(6, (i) => login(email, `guess ${i}`, elsewhere))
  expect(count(guesses, 'BAD_CREDENTIALS')).toBe(6)
})

test('all addresses of one household count as one network', async () => {
  const email = await owner()
  const guesses = await many(15, (i) => login(email, `guess ${i}`, `2001:db8:7:aa${i % 8}::${i + 1}`))
  expect(count(guesses, 'BAD_CREDENTIALS')).toBe(10)
})

test('an unknown address is treated the same', async () => {
  const there = network()
  const guesses = await many(12, (i) => login('nobody@example.com', `guess ${i}`, there))
  expect(count(guesses, 'RATE_LIMITED')).toBe(2)
})
