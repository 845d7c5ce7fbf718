import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../context.ts'
import { newId } from '../ids.ts'
import { makeUser } from '../testing/factories.ts'
import { makeSource, makeWatch } from '../testing/listings.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { dismissOpening } from './dismiss-opening.ts'
import { ensureSources } from './ensure-sources.ts'
import { findDue } from './find-due.ts'
import { freezeSource } from './freeze-source.ts'
import { listSources } from './list-sources.ts'
import { lookNow } from './look-now.ts'
import { releaseOpening } from './release-opening.ts'
import { thawSource } from './thaw-source.ts'
import { updateSource } from './update-source.ts'

let ctx: TestContext
let actor: Extract<Actor, { kind: 'user' }>
beforeAll(async () => {
  ctx = await testContext()
  actor = { kind: 'user', userId: (await makeUser(ctx, { role: 'superadmin' })).id, role: 'superadmin', jti: '' }
})
afterAll(() => ctx.close())

const fanOuts = async (openingId: string) =>
  (await ctx.db.outboxEvent.findMany({ where: { topic: 'opening.fan-out' } })).filter(
    (row) => (row.payload as { openingId: string }).openingId === openingId,
  ).length
async function opening(sourceId: Awaited<ReturnType<typeof makeSource>>, state: 'HELD' | 'LIVE') {
  const watch = await makeWatch(ctx, { source: sourceId })
  const at = ctx.clock.now()
  return ctx.db.opening.create({
    data: { id: newId(), watchId: watch.id, state, detectedAt: at, confirmedAt: at, evidence: [] },
  })
}

test('sites of others are there, off, and go on only with a reason, which is kept', async () => {
  await ensureSources(ctx)
  await ensureSources(ctx)
  const { items } = await listSources(ctx, { actor })
  expect(items.map(({ id, enabled, health }) => [id, enabled, health])).toEqual([
    ['marquee', true, 'healthy'],
    ['bookmyshow', false, 'off'],
    ['district', false, 'off'],
    ['pvr', false, 'off'],
    ['ticketnew', false, 'off'],
  ])
  expect(await findDue(ctx)).toEqual([])
  const on = { actor, sourceId: 'district', change: { enabled: true } }
  await expect(updateSource(ctx, on)).rejects.toMatchObject({ code: 'VALIDATION' })
  const permission = 'written agreement of 1 November with their press office'
  const row = await updateSource(ctx, { ...on, change: { enabled: true, permission, minGapSeconds: 30 } })
  expect(row).toMatchObject({ enabled: true, permission, health: 'waiting', minGapSeconds: 30 })
  expect(row.enabledBy).not.toBeNull()
  const [entry] = await ctx.db.auditEntry.findMany({ where: { action: 'source.update', subjectId: 'district' } })
  expect(entry).toMatchObject({
    actorId: actor.userId,
    before: { enabled: false },
    after: { enabled: true, permission },
  })
  await updateSource(ctx, { actor, sourceId: 'district', change: { enabled: false } })
  // What an administrator decided outlives the next start.
  await ensureSources(ctx)
  expect((await listSources(ctx, { actor })).items[2]).toMatchObject({ enabled: false, permission, minGapSeconds: 30 })
})

test('our own catalogue cannot be switched off or frozen', async () => {
  const own = { actor, sourceId: 'marquee' }
  await expect(updateSource(ctx, { ...own, change: { enabled: false } })).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(freezeSource(ctx, { ...own, reason: 'odd' })).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('a held opening is released once, or dismissed', async () => {
  const source = await makeSource(ctx)
  const [real, ghost] = [await opening(source, 'HELD'), await opening(source, 'HELD')]
  expect(await releaseOpening(ctx, { actor, openingId: real.id })).toMatchObject({ state: 'LIVE' })
  expect(await fanOuts(real.id)).toBe(1)
  expect(await dismissOpening(ctx, { actor, openingId: ghost.id })).toMatchObject({ state: 'DISMISSED' })
  expect(await fanOuts(ghost.id)).toBe(0)
  await expect(releaseOpening(ctx, { actor, openingId: ghost.id })).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(dismissOpening(ctx, { actor, openingId: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a frozen source is still looked at, and tells what it has when it is thawed', async () => {
  const source = await makeSource(ctx)
  const [live, held] = [await opening(source, 'LIVE'), await opening(source, 'HELD')]
  expect(await freezeSource(ctx, { actor, sourceId: source.id, reason: 'too good to be true' })).toMatchObject({
    health: 'frozen',
    healthWhy: 'too good to be true',
  })
  expect((await findDue(ctx)).some((due) => 'watchId' in due && due.watchId === live.watchId)).toBe(true)
  await thawSource(ctx, { actor, sourceId: source.id, reason: 'it was real' })
  expect([await fanOuts(live.id), await fanOuts(held.id)]).toEqual([1, 0])
})

test('looked at now, if anybody waits', async () => {
  const watch = await makeWatch(ctx)
  await ctx.db.watch.update({ where: { id: watch.id }, data: { nextLookAt: new Date('2030-01-01') } })
  const row = await lookNow(ctx, { actor, watchId: watch.id })
  expect(Date.parse(row.nextLookAt!)).toBeLessThanOrEqual(Date.now())
  await ctx.db.watch.update({ where: { id: watch.id }, data: { subscribers: 0 } })
  await expect(lookNow(ctx, { actor, watchId: watch.id })).rejects.toMatchObject({ code: 'CONFLICT' })
})
