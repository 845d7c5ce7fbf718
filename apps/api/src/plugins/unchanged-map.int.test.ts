import { makeShowtime } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../../../scripts/testing/eventually.ts'
import { buildApp } from '../app.ts'

const ORIGIN = 'https://tickets.example'
/** A fortieth of what production allows: 30 a minute. */
const SCALE = '0.025'
let ctx: TestContext
let app: FastifyInstance
let base: string
beforeAll(async () => {
  ctx = await testContext({ env: { FRONTEND_ORIGIN: ORIGIN, RATE_LIMIT_SCALE: SCALE, TRUST_PROXY: 'true' } })
  app = await buildApp(ctx)
  base = await app.listen({ port: 0 })
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})

let addresses = 0
const newAddress = () => `198.18.7.${++addresses}`
async function openMap() {
  const showtime = await makeShowtime(ctx)
  const from = newAddress()
  const get = (headers: Record<string, string> = {}) =>
    fetch(`${base}/api/showtimes/${showtime.id}/seat-map`, { headers: { 'x-forwarded-for': from, ...headers } })
  const etag = (await get()).headers.get('etag') ?? ''
  return { showtime, etag, get }
}

test('a map nobody changed is "not modified", until somebody holds a seat', async () => {
  const { showtime, etag, get } = await openMap()
  const same = await get({ 'if-none-match': etag })
  expect([same.status, same.headers.get('etag'), same.headers.get('vary')]).toEqual([304, etag, 'Origin'])
  expect(await same.text()).toBe('')
  await fetch(`${base}/api/showtimes/${showtime.id}/holds`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ seatIds: [showtime.seatIds[0]] }),
  })
  await eventually(async () => (await get({ 'if-none-match': etag })).status === 200)
})

test('a page elsewhere that may read it is told so, also when nothing changed', async () => {
  const { etag, get } = await openMap()
  const answer = await get({ 'if-none-match': etag, origin: ORIGIN })
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([304, ORIGIN])
})

test('who asks too often is refused, and by the address the proxy saw', async () => {
  const { etag, get } = await openMap()
  const statuses: number[] = []
  for (let i = 0; i < 80; i++) statuses.push((await get({ 'if-none-match': etag })).status)
  expect(statuses.slice(0, 25)).toEqual(Array.from({ length: 25 }, () => 304))
  expect(statuses.at(-1)).toBe(429)
  expect((await get({ 'if-none-match': etag, 'x-forwarded-for': newAddress() })).status).toBe(304)
})
