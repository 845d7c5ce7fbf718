import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import type { Queues } from '../jobs/queues.ts'
import { fakeSite, makeWatch, sessionOf } from '../testing/listings.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { type LookCtx, lookAtWatch } from './look-at-watch.ts'
import { readListing } from './read-listing.ts'
import { scheduleLooks } from './schedule-looks.ts'

// A machine's clock was hours ahead for a while, and is right again.
const START = new Date('2026-12-01T10:00:00Z')
const AHEAD = new Date('2026-12-01T15:30:00Z')
const clock = manualClock(START.toISOString())
const queue = { addBulk: async () => {} }
const queues = { ready: true, byName: { scrape: queue, critical: queue }, close: async () => {} } as unknown as Queues
let base: TestContext
let site: ReturnType<typeof fakeSite>
let ctx: LookCtx & TestContext
beforeAll(async () => {
  base = await testContext({ clock })
  site = fakeSite(base)
  ctx = { ...base, pages: site.pages, listings: site.listings }
})
afterAll(() => base.close())

const giveOut = async (minutes: number) => {
  clock.set(new Date(START.getTime() + minutes * 60_000))
  return (await scheduleLooks({ ...ctx, queues })).flatMap((due) => (due.kind === 'look' ? [due.watchId] : [due.kind]))
}

test('what it looked at is looked at again within a minute, an opening is confirmed and told, lists are read', async () => {
  const watch = await makeWatch(ctx, { releaseInDays: 3 })
  const { sourceId, cityId } = watch
  await giveOut(1)
  clock.set(AHEAD)
  site.lists([])
  await readListing(ctx, { sourceId, cityId, list: 'running' })
  site.says('NOT_OPEN')
  await lookAtWatch(ctx, { watchId: watch.id })
  site.says('OPEN', [sessionOf(ctx, 'a')])
  clock.advance(20 * 60_000)
  await ctx.db.watch.update({ where: { id: watch.id }, data: { nextLookAt: clock.now() } })
  await lookAtWatch(ctx, { watchId: watch.id })
  expect(await ctx.db.watch.findUniqueOrThrow({ where: { id: watch.id } })).toMatchObject({
    confirmingSince: clock.now(),
  })

  expect(await giveOut(2)).toContain(watch.id)
  expect(await ctx.db.watch.findUniqueOrThrow({ where: { id: watch.id } })).toMatchObject({
    blindSince: null,
    lastOkAt: clock.now(),
    nextLookAt: clock.now(),
  })
  expect(await lookAtWatch(ctx, { watchId: watch.id })).toMatchObject({ outcome: 'looked', step: { ignored: false } })
  const { nextLookAt } = await ctx.db.watch.findUniqueOrThrow({ where: { id: watch.id } })
  expect(nextLookAt!.getTime()).toBeLessThan(START.getTime() + 3 * 60_000)
  clock.set(nextLookAt!)
  await lookAtWatch(ctx, { watchId: watch.id })
  expect(await ctx.db.opening.count({ where: { watchId: watch.id, state: 'LIVE' } })).toBe(1)
  await giveOut(4)
  const lists = await ctx.db.sourceListing.findMany({ where: { sourceId, list: 'running' } })
  expect(lists[0]!.nextLookAt.getTime()).toBeLessThan(AHEAD.getTime())
})

test('a lease that such a machine took is no longer than any other, and what it put off comes in its usual time', async () => {
  const watch = await makeWatch(ctx)
  const other = await makeWatch(ctx)
  await ctx.db.watch.update({ where: { id: other.id }, data: { nextLookAt: AHEAD } })
  const leaseUntil = new Date(AHEAD.getTime() + 120_000)
  await ctx.db.watch.update({
    where: { id: watch.id },
    data: { leaseUntil, leaseToken: '00000000-0000-4000-8000-000000000000' },
  })
  expect(await giveOut(6)).toContain(watch.id)
  const { nextLookAt, intervalSeconds } = await ctx.db.watch.findUniqueOrThrow({ where: { id: other.id } })
  expect(nextLookAt!.getTime()).toBe(clock.now().getTime() + intervalSeconds * 1_000)
})

test('what is as it should be stays as it is', async () => {
  const watch = await makeWatch(ctx)
  clock.set(new Date(START.getTime() + 7 * 60_000))
  site.says('NOT_OPEN')
  await lookAtWatch(ctx, { watchId: watch.id })
  const before = await ctx.db.watch.findUniqueOrThrow({ where: { id: watch.id } })
  expect(await giveOut(8)).not.toContain(watch.id)
  expect(await ctx.db.watch.findUniqueOrThrow({ where: { id: watch.id } })).toEqual(before)
})
