import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import { makeSource, makeWatch } from '../testing/listings.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { findDue } from './find-due.ts'

const HOUR = 3_600_000
const clock = manualClock('2026-12-01T12:00:00Z')
let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ clock })
})
afterAll(() => ctx.close())
beforeEach(() => ctx.pool.query('TRUNCATE watches, listing_hosts, source_listings, listing_sources CASCADE'))

const ago = (milliseconds: number) => new Date(clock.now().getTime() - milliseconds)
const given = async () => (await findDue(ctx)).flatMap((due) => ('watchId' in due ? [due.watchId] : []))

/** A source of which no list is due, and that is asked once in ten seconds. */
async function quietSource(more: { dailyBudget?: number; spent?: number; at?: Date } = {}) {
  const source = await makeSource(ctx)
  await findDue(ctx)
  await ctx.db.sourceListing.updateMany({ data: { nextLookAt: new Date(clock.now().getTime() + 24 * HOUR) } })
  const { dailyBudget, spent = 0 } = more
  await ctx.db.listingSource.update({ where: { id: source.id }, data: { minGapMs: 10_000, dailyBudget } })
  await ctx.db.listingHost.update({
    where: { host: source.host },
    data: { spentOn: new Date(clock.now().toISOString().slice(0, 10)), spentToday: spent },
  })
  return source
}
const dueSince = (watch: { id: string }, at: Date, intervalSeconds: number) =>
  ctx.db.watch.update({ where: { id: watch.id }, data: { nextLookAt: at, intervalSeconds, lastLookAt: at } })

test('after hours away the films of all others do not stand before one whose sale begins now', async () => {
  const source = await quietSource()
  await ctx.pool.query(
    `INSERT INTO watches (id, source_id, city_id, site_movie_id, title, subscribers, next_look_at, interval_seconds)
     SELECT gen_random_uuid(), $1, $2, 'm' || n, 'Film', 3, $3, 1800 FROM generate_series(1, 500) n`,
    [source.id, source.city.id, ago(9 * HOUR)],
  )
  const sale = await makeWatch(ctx, { source })
  await dueSince(sale, ago(0), 60)
  expect(await given()).toEqual([sale.id])
})

test('by noon most of what a day allows is spent: the rest is for openings that cannot wait', async () => {
  const source = await quietSource({ dailyBudget: 100, spent: 70 })
  const [usual, sale] = [await makeWatch(ctx, { source }), await makeWatch(ctx, { source })]
  await dueSince(usual, ago(HOUR), 1_800)
  await dueSince(sale, new Date(clock.now().getTime() + HOUR), 60)
  expect(await given()).toEqual([])
  await dueSince(sale, ago(0), 60)
  expect(await given()).toEqual([sale.id])
  await ctx.db.watch.update({ where: { id: sale.id }, data: { nextLookAt: null } })
  // A second look is what a call hangs on.
  await ctx.db.watch.update({ where: { id: usual.id }, data: { confirmingSince: ago(20_000) } })
  expect(await given()).toEqual([usual.id])
  await ctx.db.watch.update({ where: { id: usual.id }, data: { confirmingSince: null } })
  await ctx.db.listingHost.updateMany({ data: { spentToday: 40 } })
  expect(await given()).toEqual([usual.id])
  await ctx.db.watch.update({ where: { id: sale.id }, data: { nextLookAt: clock.now() } })
  await ctx.db.listingHost.updateMany({ data: { spentToday: 100 } })
  expect(await given()).toEqual([])
})

test('what waits long is not passed over for ever by what comes more often', async () => {
  const source = await quietSource()
  const [far, near] = [await makeWatch(ctx, { source }), await makeWatch(ctx, { source, subscribers: 1 })]
  await ctx.db.watch.update({ where: { id: near.id }, data: { subscribers: 5_000 } })
  await dueSince(near, ago(0), 600)
  await dueSince(far, ago(HOUR), 21_600)
  expect(await given()).toEqual([near.id])
  await dueSince(far, ago(4 * HOUR), 21_600)
  expect(await given()).toEqual([far.id])
})
