// Redis is away, stalls, is emptied, comes back: two API processes on one Postgres keep selling, by the same rules, and
// nothing that was said to a guest or shown on a screen is wrong for longer than a moment.
import type { Checkout } from '@marquee/contracts/bookings'
import type { Health } from '@marquee/contracts/health'
import type { SeatHold, SeatMap } from '@marquee/contracts/seats'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { newId } from '@marquee/core/ids'
import { checkInvariants } from '@marquee/core/invariants/check-invariants'
import { markSeatsSold } from '@marquee/core/seats/mark-seats-sold'
import { snapshotFromRedis } from '@marquee/core/seats/seat-holds'
import { makeShowtime, makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { eventually } from '../../../scripts/testing/eventually.ts'
import { type Failure, Guest } from '../../../scripts/testing/guest.ts'
import { ownRedis } from '../../../scripts/testing/own-redis.ts'
import { watch } from '../../../scripts/testing/viewer.ts'
import { buildApp } from './app.ts'

vi.setConfig({ testTimeout: 40_000 })
type Process = { ctx: TestContext; app: FastifyInstance; base: string }
const TOTAL = 74_956
const SEATS = ['E1', 'E2']
let redis: Awaited<ReturnType<typeof ownRedis>>
let one: Process
let two: Process

async function startProcess(env: Record<string, string>, beside?: TestContext): Promise<Process> {
  const ctx = await testContext({
    env: { REDIS_URL: redis.url, ...env, ...(beside && { JWT_SECRET: beside.env.JWT_SECRET ?? '' }) },
    ...(beside && { database: beside.database, gateway: beside.gateway }),
  })
  const app = await buildApp(ctx)
  return { ctx, app, base: await app.listen({ port: 0 }) }
}

beforeAll(async () => {
  redis = await ownRedis()
  await redis.start()
  one = await startProcess({})
  two = await startProcess({}, one.ctx)
})
afterAll(async () => {
  for (const { app, ctx } of [two, one]) {
    await app.close()
    await ctx.close()
  }
  await redis.close()
})
afterEach(async () => {
  redis.resume()
  await eventually(() => one.ctx.redis.available && two.ctx.redis.available, 10_000)
  for (const { bookingId } of await sold()) await markSeatsSold(one.ctx, { bookingId })
  expect((await checkInvariants(one.ctx, { quiet: true })).violations).toEqual([])
})

const sold = async () =>
  (await one.ctx.pool.query<{ bookingId: string }>(`SELECT id AS "bookingId" FROM bookings WHERE status = 'CONFIRMED'`))
    .rows
const hall = async () => {
  const { id, seatIds } = await makeShowtime(one.ctx)
  return { showtimeId: id, seatIds }
}
async function guestAt(process: Process, showtimeId: string, seatIds = SEATS) {
  const user = await makeUser(one.ctx)
  return new Guest(process.base, { ...signAccessToken(one.ctx, user), showtimeId, seatIds })
}
/** A request must be answered, well or badly, this soon. */
async function promptly<T>(ask: () => Promise<T>, withinMs = 600): Promise<T> {
  const startedAt = performance.now()
  const answer = await ask()
  expect(performance.now() - startedAt).toBeLessThan(withinMs)
  return answer
}
const mapOf = async (process: Process, showtimeId: string): Promise<SeatMap> =>
  (await fetch(`${process.base}/api/showtimes/${showtimeId}/seat-map`)).json() as Promise<SeatMap>
const health = async (process: Process) => (await (await fetch(`${process.base}/api/health`)).json()) as Health

async function payFor(guest: Guest, checkout: Checkout) {
  const { webhook } = one.ctx.gateway.pay(checkout.orderId)
  const answer = await fetch(`${guest.base}/api/payments/webhooks/fake`, {
    method: 'POST',
    headers: { 'x-razorpay-signature': webhook.signature, 'x-razorpay-event-id': newId() },
    body: new Uint8Array(webhook.body),
  })
  return answer.json() as Promise<{ outcome: string }>
}

/** The whole of seats.ts while Redis does not answer. */
async function sameRules(showtimeId: string) {
  const guest = await guestAt(one, showtimeId)
  const other = await guestAt(two, showtimeId, ['E2', 'E3'])
  const held = await promptly(guest.hold)
  expect(held).toMatchObject({ status: 200, body: { seatIds: SEATS, quote: { totalMinor: TOTAL } } })
  expect(await promptly(guest.hold)).toMatchObject({ status: 200, body: { seatIds: SEATS } })
  expect(await promptly(other.hold)).toMatchObject({
    status: 409,
    body: { error: { code: 'SEATS_TAKEN', details: { seatIds: ['E2'] } } },
  })
  const holds = `/api/showtimes/${showtimeId}/holds`
  expect(await promptly(() => guest.ask<SeatHold>('GET', holds))).toMatchObject({ body: { seatIds: SEATS } })
  expect(await promptly(() => other.ask('GET', holds))).toMatchObject({ body: { error: { code: 'HOLD_GONE' } } })
  const extended = await promptly(() => guest.ask<SeatHold>('POST', `${holds}/extend`))
  expect(Date.parse(extended.body.expiresAt)).toBeGreaterThanOrEqual(Date.parse(held.body.expiresAt))
  expect(Date.parse(extended.body.expiresAt)).toBeLessThanOrEqual(Date.parse(held.body.maxExpiresAt))
  const ten = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'B1']
  expect(await promptly(() => guest.ask('POST', holds, { seatIds: ten }))).toMatchObject({
    status: 422,
    body: { error: { code: 'TOO_MANY_SEATS' } },
  })
  expect(await promptly(() => other.release())).toMatchObject({ body: { released: [], hold: null } })
  expect(await promptly(() => guest.ask('DELETE', holds, { seatIds: ['E2'] }))).toMatchObject({
    body: { released: ['E2'], hold: { seatIds: ['E1'] } },
  })
  expect(await promptly(other.hold)).toMatchObject({ status: 200, body: { seatIds: ['E2', 'E3'] } })
  await promptly(() => other.release())
  expect(await promptly(guest.hold)).toMatchObject({ status: 200 })
  return guest
}

async function sellsOut(guest: Guest) {
  const checkout = await promptly(() => guest.checkout(TOTAL), 1_000)
  expect(checkout.status).toBe(200)
  expect(await payFor(guest, checkout.body)).toEqual({ outcome: 'BOOKED' })
  const late = await guestAt(two, guest.showtimeId, ['E2'])
  expect(await late.hold()).toMatchObject({ status: 409, body: { error: { details: { seatIds: ['E2'] } } } })
  const verdict = await late.checkout(37_478)
  expect((verdict.body as unknown as Failure).error.code).toBe('SEATS_TAKEN')
}

test('Redis was never there: the API starts, says so, and sells', async () => {
  await redis.kill()
  const { createContext } = await import('@marquee/core/context')
  const { readConfig } = await import('@marquee/core/config')
  const { gateway, mail } = one.ctx
  const ctx = createContext(readConfig(one.ctx.env), () => ({ gateway, mail, sms: one.ctx.sms, voice: one.ctx.voice }))
  const app = await buildApp(ctx)
  const fresh = { ctx: { ...one.ctx, ...ctx } as TestContext, app, base: await app.listen({ port: 0 }) }
  const { showtimeId, seatIds } = await hall()
  expect(await health(fresh)).toMatchObject({ status: 'degraded', redis: 'down', database: 'connected' })
  expect(await promptly(() => mapOf(fresh, showtimeId))).toMatchObject({ degraded: true })
  const viewer = watch(fresh.base, showtimeId, seatIds)
  const guest = await guestAt(fresh, showtimeId)
  expect(await promptly(guest.hold)).toMatchObject({ status: 200 })
  await eventually(() => viewer.state.map.slice(32, 34) === '11' && viewer.state.degraded, 3_000)

  await redis.start()
  await eventually(() => ctx.redis.available, 5_000)
  // Nothing that happens right after Redis is back may be missed by a process that has never had it.
  const early = await guestAt(two, showtimeId, ['A1'])
  await eventually(() => two.ctx.redis.available, 5_000)
  expect(await early.hold()).toMatchObject({ status: 200 })
  await eventually(() => viewer.state.map.startsWith('1') && !viewer.state.degraded, 3_000)
  expect(await guest.ask('GET', `/api/showtimes/${showtimeId}/holds`)).toMatchObject({ body: { seatIds: SEATS } })
  await viewer.leave()
  await app.close()
  await ctx.close()
})

describe('Redis dies and comes back empty', () => {
  test('holds, maps and checkout go through Postgres; back again, screens and holds are whole', async () => {
    const { showtimeId, seatIds } = await hall()
    const viewers = [watch(one.base, showtimeId, seatIds), watch(two.base, showtimeId, seatIds)]
    const before = await guestAt(two, showtimeId, ['A1', 'A2'])
    await before.hold()
    await eventually(() => viewers.every((v) => v.state.map.startsWith('11')))
    const epoch = viewers[0]?.state.epoch

    await redis.kill()
    const guest = await sameRules(showtimeId)
    expect(await health(one)).toMatchObject({ status: 'degraded', redis: 'down' })
    await eventually(async () => {
      const { degraded, map } = await mapOf(two, showtimeId)
      return degraded && map.slice(32, 34) === '11'
    }, 3_000)
    await eventually(() => viewers.every((v) => v.state.degraded && v.state.map.slice(32, 34) === '11'), 3_000)
    await sellsOut(guest)
    const waiting = await guestAt(one, showtimeId, ['B1', 'B2'])
    expect(await promptly(waiting.hold)).toMatchObject({ status: 200 })

    await redis.start()
    await eventually(() => one.ctx.redis.available && two.ctx.redis.available, 10_000)
    // The hold that lived in Postgres is a hold in Redis now; the one that lived in the lost Redis is gone, and told so.
    await eventually(async () => {
      const { map, degraded } = await mapOf(one, showtimeId)
      return !degraded && map.slice(0, 10) === '0000000011' && map.slice(32, 34) === '22'
    }, 3_000)
    await eventually(() => viewers.every((v) => !v.state.degraded && v.state.map.slice(0, 10) === '0000000011'), 3_000)
    for (const viewer of viewers) expect(viewer.state.epoch).not.toBe(epoch)
    expect(await before.ask('GET', `/api/showtimes/${showtimeId}/holds`)).toMatchObject({
      status: 409,
      body: { error: { code: 'HOLD_GONE' } },
    })
    const rival = await guestAt(two, showtimeId, ['B2'])
    expect(await rival.hold()).toMatchObject({ status: 409 })
    expect(await waiting.release()).toMatchObject({ body: { released: ['B1', 'B2'] } })
    expect(await rival.hold()).toMatchObject({ status: 200 })
    await Promise.all(viewers.map((v) => v.leave()))
  })
})

describe('Redis stalls for five seconds', () => {
  test('nobody waits for it, guests are served from Postgres, and the surviving holds agree with it afterwards', async () => {
    const { showtimeId, seatIds } = await hall()
    const viewer = watch(two.base, showtimeId, seatIds)
    const before = await guestAt(two, showtimeId, ['A1', 'A2'])
    await before.hold()
    await eventually(() => viewer.state.map.startsWith('11'))
    redis.pause()
    const stalledAt = performance.now()
    const guest = await sameRules(showtimeId)
    await eventually(() => viewer.state.degraded && viewer.state.map.slice(32, 34) === '11', 4_000)
    await sellsOut(guest)
    const waiting = await guestAt(one, showtimeId, ['B1', 'B2'])
    expect(await promptly(waiting.hold)).toMatchObject({ status: 200 })
    await eventually(() => performance.now() - stalledAt > 5_000, 6_000)
    redis.resume()
    await eventually(() => one.ctx.redis.available && two.ctx.redis.available, 10_000)
    expect(await before.ask('GET', `/api/showtimes/${showtimeId}/holds`)).toMatchObject({
      body: { seatIds: ['A1', 'A2'] },
    })
    await eventually(async () => {
      const { map, degraded } = await mapOf(two, showtimeId)
      return !degraded && map.slice(0, 10) === '1100000011'
    }, 3_000)
    await eventually(() => !viewer.state.degraded && viewer.state.map.slice(0, 10) === '1100000011', 3_000)
    await viewer.leave()
  })

  test('a hold taken in Postgres over one that slept in Redis: one of the two buys, nobody is locked out', async () => {
    const { showtimeId } = await hall()
    const sleeper = await guestAt(one, showtimeId)
    await sleeper.hold()
    redis.pause()
    const newcomer = await guestAt(two, showtimeId)
    expect(await newcomer.hold()).toMatchObject({ status: 200 })
    redis.resume()
    await eventually(() => one.ctx.redis.available && two.ctx.redis.available, 10_000)
    await eventually(async () => {
      const holds = await Promise.all(
        [sleeper, newcomer].map((guest) => guest.ask('GET', `/api/showtimes/${showtimeId}/holds`)),
      )
      const holders = [sleeper, newcomer].filter((_, i) => holds[i]?.status === 200)
      expect(holders).toHaveLength(1)
      expect(await holders[0]?.checkout(TOTAL)).toMatchObject({ status: 200 })
    }, 3_000)
  })
})

test('Redis is full: guests are served from Postgres, and their holds are in Redis once there is room', async () => {
  const { showtimeId } = await hall()
  const early = await guestAt(one, showtimeId, ['A1', 'A2'])
  await early.hold()
  await one.ctx.redis.run((client) => client.config('SET', 'maxmemory', '1'))
  const guests = await Promise.all([SEATS, ['F1', 'F2'], ['A2', 'A3']].map((seats) => guestAt(one, showtimeId, seats)))
  const answers = await Promise.all(guests.map((guest) => promptly(guest.hold)))
  await one.ctx.redis.client.config('SET', 'maxmemory', '0')
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 409])
  await eventually(() => one.ctx.redis.available && two.ctx.redis.available, 10_000)
  await eventually(async () => {
    const { map, degraded } = await mapOf(two, showtimeId)
    const of = (first: number) => map.slice(first, first + 3)
    return !degraded && [of(0), of(32), of(40)].join() === '110,110,110'
  }, 5_000)
})

test('FLUSHALL under load: cold is rebuilt, never read as free, and no seat is sold twice', async () => {
  const { showtimeId, seatIds } = await hall()
  const viewer = watch(one.base, showtimeId, seatIds)
  await eventually(() => viewer.state.epoch !== null)
  const wishes = seatIds.slice(0, 24).flatMap((seat) => [seat, seat])
  let flushing = true
  const flusher = (async () => {
    while (flushing) {
      await one.ctx.redis.run((client) => client.flushall())
      await new Promise((resolve) => setImmediate(resolve))
    }
  })()
  const outcomes = await Promise.all(
    wishes.map(async (seat, i) => {
      const guest = await guestAt(i % 2 ? one : two, showtimeId, [seat])
      const held = await guest.hold()
      if (held.status !== 200) return null
      const checkout = await guest.checkout(26_770)
      if (checkout.status !== 200) return null
      return (await payFor(guest, checkout.body)).outcome
    }),
  )
  flushing = false
  await flusher
  const { rows } = await one.ctx.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM tickets WHERE showtime_id = $1`,
    [showtimeId],
  )
  expect(outcomes.filter((outcome) => outcome === 'BOOKED').length).toBe(rows[0]?.n)
  expect(outcomes).not.toContain('REFUND_DUE')
  expect(rows[0]?.n).toBeGreaterThan(12)
  for (const { bookingId } of await sold()) await markSeatsSold(one.ctx, { bookingId })
  // One more change, and the screen has found out that its sequence belongs to another life.
  expect(await (await guestAt(two, showtimeId, ['F8'])).hold()).toMatchObject({ status: 200 })
  const truth = await snapshotFromRedis(two.ctx, showtimeId)
  await eventually(() => expect(viewer.state.map).toBe(truth.map), 3_000)
  const { rows: shown } = await one.ctx.pool.query<{ map: string }>('SELECT seat_map($1) AS map', [showtimeId])
  expect(truth.map.replaceAll('1', '0')).toBe(shown[0]?.map.replaceAll('1', '0'))
  await viewer.leave()
})
