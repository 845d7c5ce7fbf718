import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashSecret } from '../ids.ts'
import { makeShowtime } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { bestSeats } from './best-seats.ts'
import { checkOrphans } from './check-orphans.ts'
import { extendHold, getHold } from './get-hold.ts'
import { hallKeys, seatChannel } from './hold-scripts.ts'
import { holdSeats } from './hold-seats.ts'
import { inspectSeats } from './inspect-seats.ts'
import { listSeats } from './list-seats.ts'
import { releaseSeats } from './release-seats.ts'
import { snapshotFromRedis } from './seat-holds.ts'
import { sweepHolds } from './sweep-holds.ts'

let ctx: TestContext
let short: TestContext // the same databases, holds of a blink
beforeAll(async () => {
  ctx = await testContext()
  short = await testContext({ database: ctx.database, env: { SEAT_LOCK_TTL_MS: '1000', HOLD_MAX_MS: '1500' } })
})
afterAll(async () => {
  await short.close()
  await ctx.close()
})

const mapOf = async (showtimeId: string) => (await snapshotFromRedis(ctx, showtimeId)).map

test('a hold is shown, priced, found again by its token, and released', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  const hold = await holdSeats(ctx, { showtimeId, seatIds: ['E1', 'E2'] })
  expect(hold.quote).toMatchObject({ baseMinor: 70_000, totalMinor: 74_956 })
  expect(Date.parse(hold.expiresAt) - Date.parse(hold.now)).toBe(180_000)
  expect((await mapOf(showtimeId)).indexOf('11')).toBe(32)
  expect(await getHold(ctx, { showtimeId, holdToken: hold.holdToken })).toMatchObject({ seatIds: ['E1', 'E2'] })

  const { released, hold: left } = await releaseSeats(ctx, { showtimeId, holdToken: hold.holdToken, seatIds: ['E1'] })
  expect(released).toEqual(['E1'])
  expect(left?.seatIds).toEqual(['E2'])
  expect((await releaseSeats(ctx, { showtimeId, holdToken: hold.holdToken })).hold).toBeNull()
  expect(await mapOf(showtimeId)).not.toContain('1')
  await expect(getHold(ctx, { showtimeId, holdToken: hold.holdToken })).rejects.toMatchObject({ code: 'HOLD_GONE' })
})

test('all or nothing: one taken seat refuses the lot, names the seat and nothing of its holder', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  const first = await holdSeats(ctx, { showtimeId, seatIds: ['A1', 'A2'] })
  const refusal = await holdSeats(ctx, { showtimeId, seatIds: ['A2', 'A3'] }).catch((error: unknown) => error)
  expect(refusal).toMatchObject({ code: 'SEATS_TAKEN', details: { seatIds: ['A2'] } })
  expect(JSON.stringify(refusal)).not.toContain(first.holdToken)
  expect((await mapOf(showtimeId)).slice(0, 4)).toBe('1100')
})

test('the holder’s own seats count as success, and the whole hold ends together', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  const { holdToken } = await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
  expect(await holdSeats(ctx, { showtimeId, seatIds: ['A1', 'B1'], holdToken })).toMatchObject({
    seatIds: ['A1', 'B1'],
  })
})

test('nobody frees what is not theirs', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  const mine = await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
  const other = await holdSeats(ctx, { showtimeId, seatIds: ['B1'] })
  expect((await releaseSeats(ctx, { showtimeId, holdToken: other.holdToken, seatIds: ['A1'] })).released).toEqual([])
  expect((await getHold(ctx, { showtimeId, holdToken: mine.holdToken })).seatIds).toEqual(['A1'])
})

test('what Redis keeps is not enough to act as the holder', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  const { holdToken } = await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
  const kept = await ctx.redis.run((client) => client.hgetall(hallKeys(ctx, showtimeId)[0]))
  expect(JSON.stringify(kept)).not.toContain(holdToken)
})

test('a broadcast carries seats and no identity', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  await snapshotFromRedis(ctx, showtimeId)
  const subscriber = ctx.redis.subscriber()
  const heard = new Promise<string>((resolve) => subscriber.on('message', (_channel, message) => resolve(message)))
  await subscriber.subscribe(seatChannel(ctx, showtimeId))
  await holdSeats(ctx, { showtimeId, seatIds: ['A1', 'A2'] })
  expect(await heard).toMatch(/^\S+ 1 H \d{13} 0,1$/)
})

test('bounds: unknown seat, too many at once, too many in all, no such showtime, sales closed', async () => {
  const { id: showtimeId } = await makeShowtime(ctx, { maxSeatsPerBooking: 3 })
  await expect(holdSeats(ctx, { showtimeId, seatIds: ['Z9'] })).rejects.toMatchObject({
    code: 'VALIDATION',
    message: expect.stringContaining('Z9'),
  })
  await expect(holdSeats(ctx, { showtimeId, seatIds: ['A1', 'A2', 'A3', 'A4'] })).rejects.toMatchObject({
    code: 'TOO_MANY_SEATS',
  })
  const { holdToken } = await holdSeats(ctx, { showtimeId, seatIds: ['A1', 'A2'] })
  await expect(holdSeats(ctx, { showtimeId, seatIds: ['B1', 'B2'], holdToken })).rejects.toMatchObject({
    code: 'TOO_MANY_SEATS',
  })
  const nowhere = '00000000-0000-7000-8000-000000000000'
  await expect(holdSeats(ctx, { showtimeId: nowhere, seatIds: ['A1'] })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const begun = await makeShowtime(ctx, { startsIn: -30 })
  await expect(holdSeats(ctx, { showtimeId: begun.id, seatIds: ['A1'] })).rejects.toMatchObject({
    code: 'SALES_CLOSED',
  })
  const withAds = await makeShowtime(ctx, { startsIn: -5 }) // the advertisements run, the film has not begun
  await expect(holdSeats(ctx, { showtimeId: withAds.id, seatIds: ['A1'] })).resolves.toBeDefined()
})

test('a hold that goes on past its first end is put off by the sweep, not ended', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  const { holdToken } = await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
  const hold = await holdSeats(ctx, { showtimeId, seatIds: ['A2'], holdToken })
  const [, ends, , expiries] = hallKeys(ctx, showtimeId)
  const holder = hashSecret(holdToken)
  const due = () =>
    ctx.redis.run((client) => Promise.all([client.zscore(ends, holder), client.zscore(expiries, showtimeId)]))
  // The moment at which the first of its ends comes up.
  await ctx.redis.run(async (client) => {
    await client.zadd(ends, 1, holder)
    await client.zadd(expiries, 1, showtimeId)
  })
  await sweepHolds(ctx)
  expect((await mapOf(showtimeId)).slice(0, 3)).toBe('110')
  expect(await getHold(ctx, { showtimeId, holdToken })).toMatchObject({
    seatIds: ['A1', 'A2'],
    expiresAt: hold.expiresAt,
  })
  const until = String(Date.parse(hold.expiresAt))
  expect(await due()).toEqual([until, until])
})

test('an ended hold is free to the next buyer at once, and shown as free by one sweep', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  const hold = await holdSeats(short, { showtimeId, seatIds: ['A1', 'A2'] })
  await new Promise((resolve) => setTimeout(resolve, Date.parse(hold.expiresAt) - Date.now() + 5))
  await expect(holdSeats(ctx, { showtimeId, seatIds: ['A1'] })).resolves.toMatchObject({ seatIds: ['A1'] })
  expect(await sweepHolds(ctx)).toBe(1) // A2 only: A1 has a new holder, whom the sweep must not rob
  expect((await mapOf(showtimeId)).slice(0, 3)).toBe('100')
})

test('a hold cannot be kept for ever, however often it is extended or taken again', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  const { holdToken, maxExpiresAt } = await holdSeats(short, { showtimeId, seatIds: ['A1'] })
  for (let i = 0; i < 5; i++) {
    await extendHold(short, { showtimeId, holdToken })
    const again = await holdSeats(short, { showtimeId, seatIds: ['A1'], holdToken })
    expect(Date.parse(again.expiresAt)).toBeLessThanOrEqual(Date.parse(maxExpiresAt))
  }
  await new Promise((resolve) => setTimeout(resolve, Date.parse(maxExpiresAt) - Date.now() + 5))
  await expect(extendHold(short, { showtimeId, holdToken })).rejects.toMatchObject({ code: 'HOLD_GONE' })
})

test('an emptied Redis is rebuilt from Postgres, never read as all free', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  await ctx.pool.query(
    `INSERT INTO seat_claims (showtime_id, seat, state, holder, expires_at) VALUES ($1, 3, 'HELD', 'somebody', now() + interval '1 minute')`,
    [showtimeId],
  )
  await ctx.db.showtimeSeat.update({ where: { showtimeId_seat: { showtimeId, seat: 4 } }, data: { blocked: true } })
  await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
  const before = await snapshotFromRedis(ctx, showtimeId)
  expect(before.map.slice(0, 6)).toBe('100130')
  await ctx.redis.run((client) => client.flushdb())
  const after = await snapshotFromRedis(ctx, showtimeId)
  expect(after.map.slice(0, 6)).toBe('000130')
  expect(after.epoch).not.toBe(before.epoch)
  await expect(holdSeats(ctx, { showtimeId, seatIds: ['A4', 'A5'] })).rejects.toMatchObject({
    details: { seatIds: ['A4', 'A5'] },
  })
})

test('two processes that rebuild a cold hall at once agree on one', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  const epochs = await Promise.all(
    [ctx, short, ctx, short].map(async (c) => (await snapshotFromRedis(c, showtimeId)).epoch),
  )
  expect(new Set(epochs).size).toBe(1)
})

test('best seats see my own as free and others’ as gone; the check offers a way out', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  const best = await bestSeats(ctx, { showtimeId, count: 2 })
  const hold = await holdSeats(ctx, { showtimeId, seatIds: best.seatIds })
  expect((await bestSeats(ctx, { showtimeId, count: 2 })).seatIds).not.toEqual(best.seatIds)
  expect((await bestSeats(ctx, { showtimeId, count: 2, holdToken: hold.holdToken })).seatIds).toEqual(best.seatIds)
  expect(await checkOrphans(ctx, { showtimeId, seatIds: ['A2', 'A3'] })).toMatchObject({
    ok: false,
    orphans: ['A1'],
    message: 'These seats cannot be sold like this: A1 would be left alone.',
    suggestion: ['A1', 'A2'],
  })
  expect(await checkOrphans(ctx, { showtimeId, seatIds: ['A1', 'A2'] })).toMatchObject({ ok: true })
})

test('the hall spelt out agrees with the map, and inspecting says how long, never who', async () => {
  const { id: showtimeId } = await makeShowtime(ctx)
  await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
  const { sections } = await listSeats(ctx, { showtimeId })
  expect(sections.map((s) => [s.section, s.priceMinor])).toEqual([
    ['regular', 25_000],
    ['premium', 35_000],
  ])
  expect(sections[0]?.rows[0]?.seats.slice(0, 2).map((s) => s.status)).toEqual(['held', 'available'])
  const [held, free] = await inspectSeats(ctx, { showtimeId, seatIds: ['A1', 'A2'] })
  expect(held).toEqual({ seatId: 'A1', locked: true, ttlMs: expect.any(Number) })
  expect(held?.ttlMs).toBeGreaterThan(170_000)
  expect(free).toEqual({ seatId: 'A2', locked: false, ttlMs: 0 })
})
