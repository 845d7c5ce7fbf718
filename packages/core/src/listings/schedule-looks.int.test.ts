import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import type { Queues } from '../jobs/queues.ts'
import { makeSource, makeWatch } from '../testing/listings.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { scheduleLooks } from './schedule-looks.ts'

// On the minute: whoever waits is counted anew.
const clock = manualClock('2026-12-01T10:00:00Z')
const added: { name: string; id: string }[] = []
const queue = {
  addBulk: async (jobs: { name: string; opts: { jobId: string } }[]) => {
    added.push(...jobs.map(({ name, opts }) => ({ name, id: opts.jobId })))
  },
}
const queues = { ready: true, byName: { scrape: queue, critical: queue }, close: async () => {} } as unknown as Queues
let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ clock })
})
afterAll(() => ctx.close())

test('the same thing due is one job for half a minute, and another one after, should the first be lost', async () => {
  await makeWatch(ctx)
  const give = async () => {
    added.length = 0
    await scheduleLooks({ ...ctx, queues })
    return added.filter(({ name }) => name === 'watch.look').map(({ id }) => id)
  }
  const [first] = await give()
  clock.advance(2_000)
  expect(await give()).toEqual([first])
  clock.advance(30_000)
  const [again] = await give()
  expect(again).toMatch(/^watch\.look\//)
  expect(again).not.toBe(first)
})

test('a count that was missed heals within a minute', async () => {
  const watch = await makeWatch(ctx, { source: await makeSource(ctx), subscribers: 2 })
  await ctx.db.watch.update({ where: { id: watch.id }, data: { subscribers: 7 } })
  await ctx.db.alertSubscription.update({ where: { id: watch.subscriptions[0]!.id }, data: { state: 'ENDED' } })
  clock.set(new Date('2026-12-01T10:02:01Z'))
  await scheduleLooks({ ...ctx, queues })
  expect((await ctx.db.watch.findUniqueOrThrow({ where: { id: watch.id } })).subscribers).toBe(1)
})
