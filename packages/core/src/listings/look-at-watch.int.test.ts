import type { Observation } from '@marquee/providers/listings/listing-source'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import { makeUser } from '../testing/factories.ts'
import { fakeSite, makeSource, makeWatch, observationOf, sessionOf } from '../testing/listings.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { findDue, nextDueAt } from './find-due.ts'
import { listObservations } from './list-observations.ts'
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
  ctx = { ...base, pages: site.pages, listings: site.listings }
})

/** Looks when it is due, and says what came of it. */
async function look(watchId: string) {
  const { nextLookAt } = await ctx.db.watch.findUniqueOrThrow({ where: { id: watchId } })
  if (nextLookAt && nextLookAt > clock.now()) clock.set(nextLookAt)
  const result = await lookAtWatch(ctx, { watchId })
  expect(result.outcome).toBe('looked')
  return result as Extract<typeof result, { outcome: 'looked' }>
}
const told = async () =>
  (await ctx.db.outboxEvent.findMany({ where: { topic: 'opening.fan-out' }, orderBy: { id: 'asc' } })).map(
    (row) => row.payload as { openingId: string; observationId?: string },
  )
const links = (watchId: string) => ctx.db.subscriptionWatch.findMany({ where: { watchId } })

test('two who wait, one watch, one opening: looked at twice, told once, with evidence', async () => {
  const watch = await makeWatch(ctx, { subscribers: 2 })
  site.says('NOT_OPEN')
  await look(watch.id)
  expect((await links(watch.id)).map((link) => link.armedAt !== null)).toEqual([true, true])

  site.says('OPEN', [sessionOf(ctx, 'a')])
  const first = await look(watch.id)
  const firstAt = clock.now()
  expect(first.step.opens).toBeNull()
  expect(await told()).toEqual([])
  expect(first.nextLookAt!.getTime() - firstAt.getTime()).toBeLessThanOrEqual(30_000)

  await look(watch.id)
  const opening = await ctx.db.opening.findFirstOrThrow({ where: { watchId: watch.id } })
  expect(opening).toMatchObject({ kind: 'OPENING', state: 'LIVE', detectedAt: firstAt, confirmedAt: clock.now() })
  expect(opening.evidence).toMatchObject([{ rule: 'session.bookable', excerpt: 'a' }])
  const seen = await ctx.db.observation.findMany({ where: { watchId: watch.id }, orderBy: { at: 'asc' } })
  expect(seen.map((one) => [one.verdict, one.body !== null])).toEqual([
    ['NOT_OPEN', true],
    ['OPEN', true],
    ['OPEN', true],
  ])
  expect(await told()).toEqual([{ openingId: opening.id, observationId: seen[2]!.id }])
  expect(await ctx.db.openingRecord.findMany()).toMatchObject([{ cinemaKey: 'c1', openedAt: firstAt }])
  expect(site.asked).toHaveLength(3)
  const now = await ctx.db.watch.findUniqueOrThrow({ where: { id: watch.id } })
  expect(now).toMatchObject({ verdict: 'OPEN', confirmingSince: null, leaseToken: null })
})

test('what was open at the first look is told as such: nobody is armed, nothing is recorded', async () => {
  const watch = await makeWatch(ctx)
  site.says('OPEN', [sessionOf(ctx, 'a')])
  await look(watch.id)
  await look(watch.id)
  expect(await told()).toHaveLength(1)
  expect((await links(watch.id))[0]).toMatchObject({ armedAt: null })
  expect(await ctx.db.openingRecord.count()).toBe(0)
})

test('more dates of an opening are told again; a look that finds nothing new is not', async () => {
  const watch = await makeWatch(ctx)
  site.says('NOT_OPEN')
  await look(watch.id)
  site.says('OPEN', [sessionOf(ctx, 'a')])
  for (let i = 0; i < 3; i++) await look(watch.id)
  await ctx.db.subscriptionWatch.updateMany({ where: { watchId: watch.id }, data: { armedAt: clock.now() } })
  expect(await told()).toHaveLength(1)
  site.says('OPEN', [sessionOf(ctx, 'a'), sessionOf(ctx, 'b', { cinema: { siteId: 'c2', name: 'Sapphire' } })])
  await look(watch.id)
  await look(watch.id)
  expect((await told()).map((one) => one.openingId)).toHaveLength(2)
  expect(new Set((await told()).map((one) => one.openingId)).size).toBe(1)
  expect(await ctx.db.openingRecord.count()).toBe(2)
})

test('showings are kept once, however often they are seen, and shown at every look', async () => {
  const watch = await makeWatch(ctx)
  site.says('NOT_OPEN')
  await look(watch.id)
  site.says('OPEN', [sessionOf(ctx, 'a')])
  for (let i = 0; i < 5; i++) await look(watch.id)
  const rows = await ctx.db.observation.findMany({ where: { watchId: watch.id }, orderBy: { at: 'asc' } })
  expect(rows.map((row) => (row.sessions as unknown[]).length)).toEqual([0, 1, 1, 0, 0, 0])
  const actor = { kind: 'user', userId: watch.id, role: 'superadmin', jti: '' } as const
  const { items } = await listObservations(ctx, { actor, watchId: watch.id, query: { limit: 20, offset: 0 } })
  expect(items.map((one) => one.sessions)).toEqual([1, 1, 1, 1, 1, 0])
})

test('a first look that was forgotten can be confirmed when it is seen again', async () => {
  const watch = await makeWatch(ctx)
  site.says('NOT_OPEN')
  await look(watch.id)
  site.says('OPEN', [sessionOf(ctx, 'a')])
  await look(watch.id)
  clock.advance(45 * MINUTE)
  expect((await look(watch.id)).step.opens).toBeNull()
  expect((await look(watch.id)).step.opens).toMatchObject({ kind: 'OPENING' })
})

test('an outage changes nothing that is believed, and is seen', async () => {
  const watch = await makeWatch(ctx)
  site.says('NOT_OPEN')
  await look(watch.id)
  site.answers(() => ({ status: 503, body: 'down' }))
  await look(watch.id)
  const first = clock.now()
  const now = await ctx.db.watch.findUniqueOrThrow({ where: { id: watch.id }, include: { source: true } })
  expect(now).toMatchObject({ verdict: 'NOT_OPEN', lastVerdict: 'UNKNOWN', lastReason: 'outage', failStreak: 1 })
  expect(now.blindSince).toEqual(first)
  expect(now.source.lastError).toBe('outage, status 503')
})

test('"not modified" renews what is known, and now and then the page itself is asked for', async () => {
  const watch = await makeWatch(ctx)
  const body = JSON.stringify(observationOf('NOT_OPEN'))
  site.answers(() => ({ body, headers: { etag: '"1"' } }))
  await look(watch.id)
  site.answers(() => (site.asked.at(-1)?.conditional ? { status: 304 } : { body, headers: { etag: '"1"' } }))
  for (let i = 0; i < 8; i++) {
    const result = await look(watch.id)
    expect(result.step.belief).toMatchObject({ verdict: 'NOT_OPEN', blindSince: null, lastOkAt: clock.now() })
  }
  const asked = site.asked.map((one) => one.conditional)
  expect(asked[0]).toBe(false)
  expect(asked.filter(Boolean).length).toBeGreaterThanOrEqual(4)
  expect(asked.slice(1).filter((conditional) => !conditional).length).toBeGreaterThanOrEqual(1)
  expect(await ctx.db.observation.count({ where: { watchId: watch.id, status: 304, verdict: 'NOT_OPEN' } })).toBe(
    asked.filter(Boolean).length,
  )
})

test('an older copy of the page is not believed', async () => {
  const watch = await makeWatch(ctx)
  const at = (hour: number, observation: Observation) => () => ({
    body: JSON.stringify(observation),
    headers: { 'last-modified': `Tue, 01 Dec 2026 0${hour}:00:00 GMT` },
  })
  site.answers(at(9, observationOf('OPEN', [sessionOf(ctx, 'a')])))
  await look(watch.id)
  await look(watch.id)
  site.answers(at(8, observationOf('NOT_OPEN')))
  const result = await look(watch.id)
  expect(result.step.belief).toMatchObject({ verdict: 'OPEN', lastVerdict: 'UNKNOWN', lastReason: 'stale' })
})

test('the copy of a cache that the first look saw does not confirm it', async () => {
  const watch = await makeWatch(ctx)
  site.says('NOT_OPEN')
  await look(watch.id)
  const body = JSON.stringify(observationOf('OPEN', [sessionOf(ctx, 'a')]))
  const drawn = clock.now().getTime()
  site.answers(() => ({ body, headers: { age: String(Math.floor((clock.now().getTime() - drawn) / 1_000)) } }))
  for (let i = 0; i < 4; i++) expect((await look(watch.id)).step.opens).toBeNull()
  expect(site.asked.length).toBeLessThanOrEqual(6)
  site.answers(() => ({ body, headers: { age: '3' } }))
  expect((await look(watch.id)).step.opens).toMatchObject({ kind: 'OPENING' })
})

test('one worker looks; a dead one is replaced, and its late answer counts for nothing', async () => {
  const watch = await makeWatch(ctx)
  let answered: () => void = () => {}
  const late = new Promise<void>((resolve) => {
    answered = resolve
  })
  let asked: () => void = () => {}
  const reached = new Promise<void>((resolve) => {
    asked = resolve
  })
  site.says('OPEN', [sessionOf(ctx, 'ghost')])
  const slow: LookCtx = {
    ...ctx,
    pages: {
      ...site.pages,
      async fetchPage(plan, conditional, rules) {
        const page = await site.pages.fetchPage(plan, conditional, rules)
        if (plan.url.includes('/film/')) {
          asked()
          await late
        }
        return page
      },
    },
  }
  const dead = lookAtWatch(slow, { watchId: watch.id })
  await reached
  expect(await lookAtWatch(ctx, { watchId: watch.id })).toEqual({ outcome: 'skipped' })
  expect(await findDue(ctx)).not.toContainEqual(expect.objectContaining({ watchId: watch.id }))

  clock.advance(3 * MINUTE)
  expect(await findDue(ctx)).toContainEqual(expect.objectContaining({ kind: 'look', watchId: watch.id }))
  site.says('NOT_OPEN')
  const { step } = await look(watch.id)
  expect(step.belief.verdict).toBe('NOT_OPEN')
  answered()
  expect(await dead).toEqual({ outcome: 'rejected' })
  const now = await ctx.db.watch.findUniqueOrThrow({ where: { id: watch.id } })
  expect(now).toMatchObject({ verdict: 'NOT_OPEN', confirmingSince: null })
  expect(await ctx.db.observation.count({ where: { watchId: watch.id } })).toBe(1)
})

test('two workers at once: one look', async () => {
  const watch = await makeWatch(ctx)
  site.says('NOT_OPEN')
  const results = await Promise.all(Array.from({ length: 6 }, () => lookAtWatch(ctx, { watchId: watch.id })))
  expect(results.filter(({ outcome }) => outcome === 'looked')).toHaveLength(1)
  expect(site.asked).toHaveLength(1)
})

test('a film that a third of a site turns with is held until a person looks, and so is all after it', async () => {
  const guard = await makeUser(ctx, { role: 'superadmin' })
  const source = await makeSource(ctx)
  const watches = await Promise.all(Array.from({ length: 12 }, () => makeWatch(ctx, { source })))
  site.says('NOT_OPEN')
  for (const { id } of watches) await look(id)
  site.says('OPEN', [sessionOf(ctx, 'a')])
  for (let round = 0; round < 2; round++) for (const { id } of watches.slice(0, 7)) await look(id)
  const openings = await ctx.db.opening.findMany({ where: { watch: { sourceId: source.id } } })
  expect(openings).toHaveLength(7)
  // The candidates of the first round count already, so not even the first one goes out.
  expect(openings.map((one) => one.state)).toEqual(Array(7).fill('HELD'))
  expect(await told()).toEqual([])
  const frozen = await ctx.db.listingSource.findUniqueOrThrow({ where: { id: source.id } })
  expect(frozen.frozenReason).toMatch(/7 of 12 films changed/)
  // Whoever can decide about it finds it under their bell, once.
  const notes = await ctx.db.notification.findMany({ where: { userId: guard.id } })
  expect(notes.map((one) => [one.kind, one.title, one.url])).toEqual([
    ['source-held', `${source.id} is held`, '/admin/openings'],
  ])
  expect(notes[0]!.body).toContain('7 of 12 films changed')
})

test('three that turn open right after the pages changed their shape are held', async () => {
  const source = await makeSource(ctx)
  const watches = await Promise.all(Array.from({ length: 40 }, () => makeWatch(ctx, { source })))
  site.says('NOT_OPEN')
  for (const { id } of watches) await lookAtWatch(ctx, { watchId: id })
  clock.advance(40 * MINUTE)
  // That pages that sell are built unlike the others is no change.
  site.says('OPEN', [sessionOf(ctx, 'a')], { shapeHash: 'of pages that sell' })
  await look(watches[4]!.id)
  await look(watches[4]!.id)
  const { shapeChangedAt } = await ctx.db.listingSource.findUniqueOrThrow({ where: { id: source.id } })
  expect(shapeChangedAt).toBeNull()
  clock.advance(40 * MINUTE)
  site.says('OPEN', [sessionOf(ctx, 'a')], { shapeHash: 'rebuilt' })
  const four = watches.slice(0, 4).map(({ id }) => id)
  for (const id of four) await lookAtWatch(ctx, { watchId: id })
  clock.advance(31_000)
  for (const id of four) await lookAtWatch(ctx, { watchId: id })
  const openings = await ctx.db.opening.findMany({ where: { watchId: { in: four } } })
  expect(openings.map((one) => one.state).sort()).toEqual(['HELD', 'HELD', 'LIVE', 'LIVE'])
  const frozen = await ctx.db.listingSource.findUniqueOrThrow({ where: { id: source.id } })
  expect(frozen.frozenReason).toMatch(/within ten minutes of a change/)
})

test('what is due is given out by urgency, one per host, and nothing of a source that is off', async () => {
  const source = await makeSource(ctx)
  await ctx.db.listingSource.update({ where: { id: source.id }, data: { minGapMs: 10_000 } })
  const [far, near, many] = await Promise.all([
    makeWatch(ctx, { source }),
    makeWatch(ctx, { source }),
    makeWatch(ctx, { source }),
  ])
  await ctx.db.watch.update({ where: { id: far.id }, data: { intervalSeconds: 21_600 } })
  await ctx.db.watch.update({ where: { id: near.id }, data: { intervalSeconds: 60 } })
  await ctx.db.watch.update({ where: { id: many.id }, data: { intervalSeconds: 60, subscribers: 500 } })
  await ctx.pool.query(`UPDATE source_listings SET next_look_at = $1`, [new Date(clock.now().getTime() + 86_400_000)])
  await findDue(ctx)
  await ctx.pool.query(`UPDATE source_listings SET next_look_at = $1`, [new Date(clock.now().getTime() + 86_400_000)])
  const of = async () => (await findDue(ctx)).map((due) => ('watchId' in due ? due.watchId : due.list))
  expect(await of()).toEqual([many.id])
  await ctx.db.watch.update({ where: { id: many.id }, data: { nextLookAt: null } })
  expect(await of()).toEqual([near.id])
  // However long others have waited; they come as soon as nothing presses.
  await ctx.db.watch.update({
    where: { id: far.id },
    data: { nextLookAt: new Date(clock.now().getTime() - 4 * 60 * MINUTE) },
  })
  expect(await of()).toEqual([near.id])
  await ctx.db.watch.update({ where: { id: near.id }, data: { nextLookAt: null } })
  expect(await of()).toEqual([far.id])
  expect(await nextDueAt(ctx)).toEqual(new Date(clock.now().getTime() - 4 * 60 * MINUTE))
  const soon = new Date(clock.now().getTime() + 1)
  await ctx.db.listingHost.update({ where: { host: source.host }, data: { nextRequestAt: soon } })
  expect(await of()).toEqual([])
  await ctx.db.listingHost.deleteMany()
  await ctx.db.listingSource.update({ where: { id: source.id }, data: { enabled: false } })
  expect(await of()).toEqual([])
  expect(await lookAtWatch(ctx, { watchId: far.id })).toEqual({ outcome: 'skipped' })
})

test('an opening ends by two whole pages half an hour apart, and its watch is armed for the next', async () => {
  const watch = await makeWatch(ctx)
  site.says('NOT_OPEN')
  await look(watch.id)
  site.says('OPEN', [sessionOf(ctx, 'a')])
  for (let i = 0; i < 2; i++) await look(watch.id)
  await ctx.db.alertSubscription.updateMany({ data: { state: 'NOTIFIED', seatsBack: true } })
  const body = JSON.stringify(observationOf('NOT_OPEN'))
  site.answers(() => (site.asked.at(-1)?.conditional ? { status: 304 } : { body, headers: { etag: '"closed"' } }))
  const first = await look(watch.id)
  expect(first.step).toMatchObject({
    closes: false,
    arms: false,
    belief: { verdict: 'OPEN', closingSince: clock.now() },
  })
  const { belief } = first.step
  const second = await look(watch.id)
  expect(second.step).toMatchObject({ closes: true, belief: { verdict: 'NOT_OPEN' } })
  expect(clock.now().getTime() - belief.closingSince!.getTime()).toBeGreaterThanOrEqual(30 * MINUTE)
  expect(site.asked.at(-1)).toMatchObject({ conditional: false })
  expect(await ctx.db.opening.findFirst({ where: { watchId: watch.id } })).toMatchObject({
    state: 'CLOSED',
    closedAt: clock.now(),
  })
})
