import { SCHEDULES } from '@marquee/core/jobs/catalog'
import { openQueues, QUEUE_PREFIX, type Queues } from '@marquee/core/jobs/queues'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import { Worker } from 'bullmq'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { applySchedules } from './schedules.ts'

let ctx: TestContext
let queues: Queues
beforeAll(async () => {
  ctx = await testContext()
  queues = openQueues(ctx.config, ctx.log)
  await Promise.all(Object.values(queues.byName).map((queue) => queue.waitUntilReady()))
})
afterAll(async () => {
  vi.useRealTimers()
  await queues.close()
  await ctx.close()
})

/** When each of them runs next, in milliseconds from now. */
async function comingIn() {
  const all = await Promise.all(Object.values(queues.byName).map((queue) => queue.getJobSchedulers()))
  return new Map(all.flat().map(({ key, next }) => [key, Number(next) - Date.now()]))
}

test('the rounds of a machine whose clock was a day ahead are brought back, the others stay as they are', async () => {
  await applySchedules(queues)
  const before = await comingIn()
  expect([...before.keys()].sort()).toEqual(SCHEDULES.map(({ name }) => name).sort())
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 3_600_000 })
  const name = 'alert.schedule'
  const { everyMs } = SCHEDULES.find((one) => one.name === name)!
  const worker = new Worker('critical', async () => {}, {
    connection: { url: ctx.config.redis.url },
    prefix: QUEUE_PREFIX,
  })
  await new Promise<void>((resolve) => {
    worker.on('completed', (job) => job.name === name && resolve())
  })
  await worker.close()
  vi.useRealTimers()
  expect((await comingIn()).get(name)).toBeGreaterThan(3_600_000)
  await applySchedules(queues)
  const after = await comingIn()
  expect(after.get(name)).toBeLessThanOrEqual(everyMs)
  const [job] = (await queues.byName.critical.getDelayed()).filter((one) => one.name === name)
  expect((job?.timestamp ?? 0) + (job?.delay ?? 0)).toBeLessThanOrEqual(Date.now() + everyMs)
  const hourly = SCHEDULES.find((one) => one.name === 'purge.expired')!
  expect(Math.abs(after.get(hourly.name)! - before.get(hourly.name)!)).toBeLessThan(60_000)
})
