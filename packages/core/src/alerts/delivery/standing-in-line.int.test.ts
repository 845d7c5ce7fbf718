import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../../clock.ts'
import type { Queues } from '../../jobs/queues.ts'
import { type TestContext, testContext } from '../../testing/services.ts'
import { makeOpening, makeSubscriber } from '../../testing/waiting.ts'
import { fanOutOpening } from './fan-out-opening.ts'
import { giveAgain } from './give-again.ts'
import { scheduleAttempts } from './schedule-attempts.ts'

// What stands in a queue, what does not yet, and what is there no more.

const HOUR = 3_600_000
const clock = manualClock('2026-11-21T06:00:00Z')
const given: string[] = []
const behind: string[] = []
const gone = new Set<string>()
type Job = { data: { attemptId: string }; opts: { priority?: number } }
const queue = {
  addBulk: async (jobs: Job[]) => {
    given.push(...jobs.map(({ data }) => data.attemptId))
    behind.push(...jobs.filter(({ opts }) => opts.priority).map(({ data }) => data.attemptId))
  },
  getJobState: async (id: string) => ([...gone].some((attemptId) => id.includes(attemptId)) ? 'unknown' : 'waiting'),
}
const queues = { ready: true, byName: { calls: queue, notify: queue }, close: async () => {} } as unknown as Queues
let ctx: TestContext & { queues: Queues }
beforeAll(async () => {
  ctx = { ...(await testContext({ clock })), queues }
})
afterAll(() => ctx.close())
beforeEach(async () => {
  clock.set(new Date('2026-11-21T06:00:00Z'))
  given.length = 0
  behind.length = 0
  await ctx.pool.query('TRUNCATE alerts CASCADE')
})

/** An opening that is told to one person, and the only step of it. */
async function owe(person: { quietHours?: { from: string; to: string; wakeMe: boolean }; timeZone?: string } = {}) {
  const opening = await makeOpening(ctx)
  const { id } = await makeSubscriber(ctx, opening, { channels: ['call'], ...person })
  await fanOutOpening({ ...ctx, queues: { ...queues, ready: false } as Queues }, { openingId: opening.openingId })
  const { id: attemptId, alertId } = await ctx.db.alertAttempt.findFirstOrThrow({
    where: { alert: { subscriptionId: id } },
  })
  return { ...opening, attemptId, alertId }
}
const freeze = (id: string, frozenAt: Date | null) => ctx.db.listingSource.update({ where: { id }, data: { frozenAt } })

test('calls of a frozen source stand in nobody’s way: they come into line when it is thawed, or too old', async () => {
  const frozen = await owe()
  const forgotten = await owe()
  const other = await owe()
  await freeze(frozen.sourceId, clock.now())
  await freeze(forgotten.sourceId, clock.now())
  await scheduleAttempts(ctx)
  expect(given).toEqual([other.attemptId])
  await freeze(frozen.sourceId, null)
  await scheduleAttempts(ctx)
  expect(given.slice(1)).toEqual([frozen.attemptId])
  clock.advance(7 * HOUR)
  await scheduleAttempts(ctx)
  expect(given.slice(2)).toEqual([forgotten.attemptId])
})

test('a step that its queue lost is found behind a long line of others that wait', async () => {
  const { alertId } = await owe()
  const lost = await owe()
  await scheduleAttempts(ctx)
  await ctx.pool.query(
    `INSERT INTO alert_attempts (id, alert_id, channel, step, template, due_at, queued_at, position)
     SELECT gen_random_uuid(), $1, 'call', step, 'call.retry', $2::timestamptz - interval '1 hour', $2, 0 FROM generate_series(10, 1200) step`,
    [alertId, clock.now()],
  )
  gone.add(lost.attemptId)
  clock.advance(HOUR)
  expect(await giveAgain(ctx)).toBe(1)
  expect(await ctx.db.alertAttempt.findUnique({ where: { id: lost.attemptId } })).toMatchObject({ queuedAt: null })
})

test('who sleeps takes nobody’s turn: their calls, to be put off to their morning, stand behind all others', async () => {
  clock.set(new Date('2026-11-21T18:00:00Z')) // half past eleven in the night in Kolkata
  const sleeper = await owe()
  const awake = await owe({ timeZone: 'Europe/London' })
  const told = await owe({ quietHours: { from: '22:00', to: '08:00', wakeMe: true } })
  await scheduleAttempts(ctx)
  expect(given.toSorted()).toEqual([sleeper, awake, told].map(({ attemptId }) => attemptId).toSorted())
  expect(behind).toEqual([sleeper.attemptId])
})
