import type { ListedSession, Verdict } from '@marquee/providers/listings/listing-source'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import { fakeSite, makeWatch, observationOf, sessionOf } from '../testing/listings.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { type LookCtx, lookAtWatch } from './look-at-watch.ts'

const MINUTE = 60_000
const clock = manualClock('2026-12-01T10:00:00Z')
let base: TestContext
let site: ReturnType<typeof fakeSite>
let ctx: LookCtx & TestContext
beforeAll(async () => {
  base = await testContext({ clock })
})
afterAll(() => base.close())
beforeEach(async () => {
  await base.pool.query('TRUNCATE watches, opening_records, outbox_events, listing_hosts, source_listings CASCADE')
  site = fakeSite(base)
  const pause = async (until: Date) => clock.set(until)
  ctx = { ...base, pages: site.pages, listings: site.listings, pause }
})

async function look(watchId: string) {
  const { nextLookAt } = await ctx.db.watch.findUniqueOrThrow({ where: { id: watchId } })
  if (nextLookAt && nextLookAt > clock.now()) clock.set(nextLookAt)
  const from = site.asked.length
  const result = await lookAtWatch(ctx, { watchId })
  expect(result.outcome).toBe('looked')
  const days = site.asked.slice(from).map(({ url }) => new URL(url).searchParams.get('date'))
  return { ...(result as Extract<typeof result, { outcome: 'looked' }>), days }
}

const DAYS = ['2026-12-11', '2026-12-12', '2026-12-13']
const on = (day: string, bookable = true): ListedSession =>
  sessionOf(ctx, day, { localDate: day, startsAt: `${day}T13:00:00.000Z`, bookable })
/** A site that shows one day at a time: the one asked for, or the first. */
function shows(days: Record<string, boolean>) {
  const open = Object.keys(days).sort()
  site.answers((url) => {
    const day = new URL(url).searchParams.get('date') ?? open[0]
    if (!day || days[day] === undefined)
      return { body: JSON.stringify(observationOf('NOT_OPEN', [], { openDates: open })) }
    const verdict: Verdict = days[day] ? 'OPEN' : 'SOLD_OUT'
    return { body: JSON.stringify(observationOf(verdict, [on(day, days[day])], { openDates: open })) }
  })
}
const fanOuts = () => ctx.db.outboxEvent.count({ where: { topic: 'opening.fan-out' } })

test('whoever waits for a day that the page does not show is told when that day opens', async () => {
  const watch = await makeWatch(ctx)
  const [subscription] = watch.subscriptions
  await ctx.db.alertSubscription.update({
    where: { id: subscription!.id },
    data: { filters: { dateFrom: DAYS[2], dateTo: DAYS[2] } },
  })
  shows({})
  await look(watch.id)
  shows({ [DAYS[0]!]: true })
  for (let i = 0; i < 2; i++) expect((await look(watch.id)).days).toEqual([null])
  expect(await fanOuts()).toBe(1)
  // The film is on sale, and they still wait: not six hours until the next look.
  const before = clock.now()
  shows({ [DAYS[0]!]: true, [DAYS[2]!]: true })
  const first = await look(watch.id)
  expect(clock.now().getTime() - before.getTime()).toBeLessThanOrEqual(40 * MINUTE)
  expect(first.days).toEqual([null, DAYS[2]])
  const second = await look(watch.id)
  expect(second).toMatchObject({ days: [null, DAYS[2]], step: { grew: true } })
  expect(second.step.belief.sessions.map((one) => one.localDate)).toEqual([DAYS[0], DAYS[2]])
  expect(await fanOuts()).toBe(2)
})

test('sold out on the day shown is not sold out', async () => {
  const watch = await makeWatch(ctx)
  shows({})
  await look(watch.id)
  shows({ [DAYS[0]!]: false, [DAYS[1]!]: true })
  await look(watch.id)
  const { step, openingId } = await look(watch.id)
  expect(step).toMatchObject({ opens: { kind: 'OPENING' }, belief: { verdict: 'OPEN' } })
  const opening = await ctx.db.opening.findUniqueOrThrow({ where: { id: openingId! } })
  expect(opening.evidence).toMatchObject([{ excerpt: DAYS[1] }, {}])
  // All of it is gone now: that is sold out.
  shows({ [DAYS[0]!]: false, [DAYS[1]!]: false })
  expect((await look(watch.id)).step.belief.verdict).toBe('SOLD_OUT')
})

test('nothing is asked beyond the page when nobody wants it, or everybody was told', async () => {
  const watch = await makeWatch(ctx)
  shows({ [DAYS[0]!]: true, [DAYS[1]!]: true })
  expect((await look(watch.id)).days).toEqual([null])
  await ctx.db.alertSubscription.updateMany({ data: { state: 'NOTIFIED' } })
  shows({ [DAYS[0]!]: false, [DAYS[1]!]: true })
  expect((await look(watch.id)).days).toEqual([null])
})

test('a day whose page is a copy of the first look is not confirmed by it', async () => {
  const watch = await makeWatch(ctx)
  shows({})
  await look(watch.id)
  const open = { openDates: DAYS.slice(0, 2) }
  const drawn = clock.now().getTime()
  let age = () => Math.floor((clock.now().getTime() - drawn) / 1_000)
  site.answers((url) =>
    new URL(url).searchParams.has('date')
      ? { body: JSON.stringify(observationOf('OPEN', [on(DAYS[1]!)], open)), headers: { age: String(age()) } }
      : { body: JSON.stringify(observationOf('SOLD_OUT', [on(DAYS[0]!, false)], open)) },
  )
  for (let i = 0; i < 3; i++) expect((await look(watch.id)).step.opens).toBeNull()
  age = () => 1
  const steps = [await look(watch.id), await look(watch.id), await look(watch.id)]
  expect(steps.flatMap(({ step }) => step.opens?.kind ?? [])).toEqual(['OPENING'])
})

test('a host that is shut between two days costs that day, not the look', async () => {
  const watch = await makeWatch(ctx)
  shows({})
  await look(watch.id)
  await ctx.db.listingSource.update({ where: { id: watch.source.id }, data: { dailyBudget: 2 } })
  shows({ [DAYS[0]!]: false, [DAYS[1]!]: true })
  const { days, step } = await look(watch.id)
  expect(days).toEqual([null])
  // Whoever joined last is not armed by half an answer.
  expect(step).toMatchObject({ arms: false, belief: { verdict: 'SOLD_OUT' } })
})
