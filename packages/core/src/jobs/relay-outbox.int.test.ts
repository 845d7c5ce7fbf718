import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { RedisAway } from '../redis.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { enqueue, jobId } from './enqueue.ts'
import { openQueues, type Queues } from './queues.ts'
import { relayOutbox, startRelay } from './relay-outbox.ts'

let ctx: TestContext
let queues: Queues
beforeAll(async () => {
  ctx = await testContext()
  queues = openQueues(ctx.config, ctx.log)
  await queues.byName.critical.waitUntilReady()
})
beforeEach(async () => {
  await ctx.db.outboxEvent.deleteMany()
  for (const queue of Object.values(queues.byName)) await queue.obliterate({ force: true })
})
afterAll(async () => {
  await queues.close()
  await ctx.close()
})

const write = async (count: number, topic = 'booking.confirmed') => {
  const ids = Array.from({ length: count }, () => newId())
  await ctx.db.outboxEvent.createMany({
    data: ids.map((bookingId) => ({ key: `${topic}:${bookingId}`, topic, payload: { bookingId } })),
  })
  return ids
}
const waiting = () => ctx.db.outboxEvent.count({ where: { publishedAt: null } })

test('a row becomes a job under its own key, once', async () => {
  const [bookingId] = await write(1)
  expect(await relayOutbox({ ...ctx, queues })).toBe(1)
  expect(await relayOutbox({ ...ctx, queues })).toBe(0)
  const job = await queues.byName.critical.getJob(jobId(`booking.confirmed:${bookingId}`))
  expect(job).toMatchObject({ name: 'booking.confirmed', data: { bookingId }, opts: { attempts: 20 } })
})

test('several relays share the rows and add none twice', async () => {
  const ids = await write(1_200)
  const relays = Array.from({ length: 4 }, () => startRelay({ ...ctx, queues }))
  await expect.poll(waiting, { timeout: 10_000 }).toBe(0)
  await Promise.all(relays.map((relay) => relay.stop()))
  const jobs = await queues.byName.critical.getJobs(['waiting', 'prioritized'], 0, 2_000)
  expect(jobs.map((job) => (job.data as { bookingId: string }).bookingId).sort()).toEqual(ids.sort())
})

test('a relay that dies between adding and marking: the next one adds the same job again', async () => {
  await write(3)
  const dying = {
    ...ctx,
    queues,
    crashPoint() {
      throw new Error('killed')
    },
  }
  await expect(relayOutbox(dying)).rejects.toThrow('killed')
  expect(await waiting()).toBe(3)
  expect(await relayOutbox({ ...ctx, queues })).toBe(3)
  expect(await queues.byName.critical.count()).toBe(3)
})

test('while Redis is away rows wait, and nobody waits long', async () => {
  await write(1)
  const away = openQueues({ redis: { url: 'redis://127.0.0.1:1' } }, ctx.log)
  expect(await relayOutbox({ ...ctx, queues: away })).toBe(0)
  const job = { name: 'booking.confirmed', payload: { bookingId: newId() }, key: 'booking.confirmed:x' } as const
  await expect(enqueue({ queues: away }, [job])).rejects.toBeInstanceOf(RedisAway)
  expect(await waiting()).toBe(1)
  await away.close()
})

test('a topic this version does not know waits for one that does, and holds up nothing', async () => {
  await write(2, 'film.of.the.future')
  await write(1)
  expect(await relayOutbox({ ...ctx, queues })).toBe(1)
  expect(await waiting()).toBe(2)
})
