import { randomBytes } from 'node:crypto'
import type { FetchedPage } from '@marquee/providers/listings/listing-source'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { manualClock } from '../../clock.ts'
import { type TestContext, testContext } from '../../testing/services.ts'
import { noteHostAnswer } from './note-host-answer.ts'
import { reserveHost } from './reserve-host.ts'

const START = new Date('2026-11-21T10:00:00Z')
const clock = manualClock(START)
let ctx: TestContext
/** A second worker on the same database. */
let other: TestContext
let host: string

beforeAll(async () => {
  ctx = await testContext({ clock })
  other = await testContext({ clock, database: ctx.database })
})
afterAll(async () => {
  await other.close()
  await ctx.close()
})
beforeEach(() => {
  host = `${randomBytes(5).toString('hex')}.example`
  clock.set(START)
})

const reserve = (by: TestContext = ctx, given: { minGapMs?: number; dailyBudget?: number; leastGapMs?: number } = {}) =>
  reserveHost(by, { host, now: clock.now(), minGapMs: 10_000, dailyBudget: 500, ...given })
const answer = (status: number | null, headers: Record<string, string> = {}): FetchedPage => ({
  key: 'page',
  url: `https://${host}/`,
  finalUrl: `https://${host}/`,
  status,
  headers,
  body: '',
  truncated: false,
  failure: status === null ? 'network' : null,
  fetchedAt: clock.now(),
})
async function ask(status: number | null, headers?: Record<string, string>, given?: Parameters<typeof reserve>[1]) {
  const reserved = await reserve(ctx, given)
  if (!reserved.ok) return reserved
  await noteHostAnswer(ctx, { host, leaseToken: reserved.leaseToken, page: answer(status, headers) })
  return reserved
}
const seconds = (n: number) => n * 1_000
const at = (s: number) => new Date(START.getTime() + seconds(s))
const row = () => ctx.db.listingHost.findUniqueOrThrow({ where: { host } })

describe('one request at a time', () => {
  test('of forty tries by two workers one gets a new host, and one the free host after the gap', async () => {
    for (let round = 0; round < 3; round++) {
      const tries = await Promise.all(Array.from({ length: 40 }, (_, i) => reserve(i % 2 === 0 ? ctx : other)))
      const won = tries.filter((one) => one.ok)
      expect(won).toHaveLength(1)
      expect(new Set(tries.filter((one) => !one.ok).map((one) => one.why))).toEqual(new Set(['busy']))
      await noteHostAnswer(other, { host, leaseToken: won[0]!.leaseToken, page: answer(200) })
      expect(await reserve()).toMatchObject({ ok: false, why: 'gap' })
      clock.advance(seconds(10))
    }
    expect((await row()).spentToday).toBe(3)
  })

  test('hosts do not wait for each other', async () => {
    expect(await reserve()).toMatchObject({ ok: true })
    host = `other-${host}`
    expect(await reserve()).toMatchObject({ ok: true })
  })

  test('a worker that dies loses its turn after a minute, and its late answer changes nothing', async () => {
    const dead = await reserve()
    clock.advance(seconds(59))
    expect(await reserve(other)).toMatchObject({ ok: false, why: 'busy' })
    clock.advance(seconds(1))
    const second = await reserve(other)
    expect(second.ok && dead.ok && second.leaseToken !== dead.leaseToken).toBe(true)
    const before = await row()
    const late = { host, leaseToken: dead.ok ? dead.leaseToken : '', page: answer(403) }
    expect(await noteHostAnswer(ctx, late)).toBe(null)
    expect(await row()).toEqual(before)
    expect(await noteHostAnswer(other, { ...late, leaseToken: second.ok ? second.leaseToken : '' })).toEqual(at(960))
    expect(await noteHostAnswer(ctx, { ...late, host: 'nobody.example' })).toBe(null)
  })

  test('a dead worker does not shorten a gap', async () => {
    await ask(429)
    await ctx.db.listingHost.update({ where: { host }, data: { crawlDelayMs: 90_000 } })
    clock.set(at(30))
    expect(await reserve()).toMatchObject({ ok: true })
    clock.set(at(30 + 89))
    expect(await reserve(other)).toMatchObject({ ok: false, retryAt: at(120) })
  })

  test('an answer is noted once', async () => {
    const reserved = await reserve()
    const note = () =>
      noteHostAnswer(ctx, { host, leaseToken: reserved.ok ? reserved.leaseToken : '', page: answer(429) })
    const noted = await Promise.all([note(), note(), note()])
    expect(noted.filter((freeAt) => freeAt !== null)).toHaveLength(1)
    expect((await row()).backoffMs).toBe(30_000)
  })
})

describe('gaps', () => {
  test('ten seconds at the least, from the answer on, whatever a source says', async () => {
    const reserved = await reserve(ctx, { minGapMs: 0 })
    clock.advance(seconds(4))
    const leaseToken = reserved.ok ? reserved.leaseToken : ''
    expect(await noteHostAnswer(ctx, { host, leaseToken, page: answer(200) })).toEqual(at(14))
    clock.advance(seconds(10) - 1)
    expect(await reserve(ctx, { minGapMs: 0 })).toEqual({ ok: false, retryAt: at(14), why: 'gap' })
    clock.advance(1)
    expect(await reserve(ctx, { minGapMs: 0 })).toMatchObject({ ok: true })
  })

  test('the longest of the source, its Crawl-delay and its back-off', async () => {
    await ask(200, {}, { minGapMs: 20_000 })
    expect((await row()).nextRequestAt).toEqual(at(20))
    await ctx.db.listingHost.update({ where: { host }, data: { crawlDelayMs: 45_000 } })
    clock.set(at(20))
    await ask(200)
    expect((await row()).nextRequestAt).toEqual(at(65))
  })

  test('only simulators are asked faster', async () => {
    const fast = { minGapMs: 0, leastGapMs: 0 }
    expect(await ask(200, {}, fast)).toMatchObject({ ok: true })
    expect(await ask(200, {}, fast)).toMatchObject({ ok: true })
  })
})

describe('the day', () => {
  test('has a budget, which begins anew at midnight UTC', async () => {
    clock.set(new Date('2026-11-21T23:59:00Z'))
    expect(await ask(200, {}, { dailyBudget: 2 })).toMatchObject({ ok: true })
    clock.advance(seconds(10))
    expect(await ask(null, {}, { dailyBudget: 2 })).toMatchObject({ ok: true })
    clock.advance(seconds(10))
    const midnight = new Date('2026-11-22T00:00:00Z')
    expect(await ask(200, {}, { dailyBudget: 2 })).toEqual({ ok: false, retryAt: midnight, why: 'budget' })
    clock.set(midnight)
    expect(await ask(200, {}, { dailyBudget: 2 })).toMatchObject({ ok: true })
    expect(await row()).toMatchObject({ spentToday: 1, spentOn: midnight })
  })

  test('without a budget nothing is asked', async () => {
    expect(await reserve(ctx, { dailyBudget: 0 })).toMatchObject({ ok: false, why: 'budget' })
    expect(await ctx.db.listingHost.count({ where: { host } })).toBe(0)
  })
})

describe('what a site says', () => {
  test('Retry-After is kept', async () => {
    await ask(429, { 'retry-after': '120' })
    clock.set(at(119))
    expect(await reserve()).toEqual({ ok: false, retryAt: at(120), why: 'retry-after' })
    clock.set(at(120))
    expect(await reserve()).toMatchObject({ ok: true })
  })

  test('429 doubles the wait and pages halve it', async () => {
    const waits: number[] = []
    for (const status of [429, 429, 503, 200, 200, 200, 200]) {
      expect(await ask(status)).toMatchObject({ ok: true })
      const { nextRequestAt } = await row()
      waits.push((nextRequestAt!.getTime() - clock.now().getTime()) / 1_000)
      clock.set(nextRequestAt!)
    }
    expect(waits).toEqual([30, 60, 120, 60, 30, 10, 10])
  })

  test('403 opens the circuit, each probe that is refused for longer; a page closes it', async () => {
    const waits: number[] = []
    for (const status of [403, 403, 401, 403, 403]) {
      expect(await ask(status)).toMatchObject({ ok: true })
      const refused = await Promise.all([reserve(), reserve(other)])
      expect(refused).toMatchObject([{ why: 'circuit' }, { why: 'circuit' }])
      const { circuitUntil } = await row()
      waits.push((circuitUntil!.getTime() - clock.now().getTime()) / 3_600_000)
      clock.set(circuitUntil!)
      // One probe, however many ask.
    }
    expect(waits).toEqual([0.25, 1, 6, 24, 24])
    const probes = await Promise.all([reserve(), reserve(other), reserve(), reserve(other)])
    const [probe] = probes.filter((one) => one.ok)
    expect(probes.filter((one) => one.ok)).toHaveLength(1)
    await noteHostAnswer(ctx, { host, leaseToken: probe?.leaseToken ?? '', page: answer(200) })
    expect(await row()).toMatchObject({ circuitLevel: 0, circuitUntil: null, lastOkAt: clock.now(), lastError: null })
  })
})
