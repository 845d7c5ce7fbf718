import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../clock.ts'
import type { Queues } from '../jobs/queues.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { makeOpening, makeSession, makeSubscriber } from '../testing/waiting.ts'
import { armSubscription } from './arm-subscription.ts'
import { fanOutOpening } from './delivery/fan-out-opening.ts'

const NO_QUEUES = { byName: {}, ready: false, close: async () => {} } as unknown as Queues
let ctx: TestContext & { queues: Queues }
beforeAll(async () => {
  ctx = { ...(await testContext({ clock: systemClock })), queues: NO_QUEUES }
})
afterAll(() => ctx.close())

const later = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString()

/** A film on sale at a site that shows one day at a time, and sells another one besides. */
async function oneDayShown() {
  const session = makeSession(ctx.clock.now())
  const opening = await makeOpening(ctx, { sessions: [session] })
  const other = later(session.localDate, 3)
  const now = ctx.clock.now()
  await ctx.db.watch.update({
    where: { id: opening.watchId },
    data: {
      verdict: 'OPEN',
      openDates: [session.localDate, other],
      lastOkAt: now,
      lastLookAt: new Date(now.getTime() - 600_000),
      nextLookAt: new Date(now.getTime() + 6 * 3_600_000),
      intervalSeconds: 21_600,
    },
  })
  return { opening, other, shown: session.localDate }
}
const armedAt = async (subscriptionId: string) =>
  (await ctx.db.subscriptionWatch.findFirstOrThrow({ where: { subscriptionId } })).armedAt

test('who wants a day that is sold and was never read is not armed: it may be on sale already', async () => {
  const { opening, other, shown } = await oneDayShown()
  const wants = (day: string) => makeSubscriber(ctx, opening, { armed: false, filters: { dateFrom: day, dateTo: day } })
  const [unread, notSold] = [await wants(other), await wants(later(shown, 1))]
  await fanOutOpening(ctx, { openingId: opening.openingId })
  expect([await armedAt(unread.id), await armedAt(notSold.id)]).toEqual([null, expect.any(Date)])

  const arm = async (id: string) => {
    const subscription = await ctx.db.alertSubscription.findUniqueOrThrow({ where: { id } })
    const watches = await ctx.db.watch.findMany({ where: { id: opening.watchId }, include: { source: true } })
    const input = { subscription, watches, now: ctx.clock.now(), keep: false }
    return ctx.db.$transaction((tx) => armSubscription(tx, ctx, input))
  }
  expect(await arm(unread.id)).toBe(false)
  expect(await armedAt(unread.id)).toBeNull()
  const { nextLookAt } = await ctx.db.watch.findUniqueOrThrow({ where: { id: opening.watchId } })
  expect(nextLookAt!.getTime()).toBeLessThanOrEqual(ctx.clock.now().getTime())
  await arm(notSold.id)
  expect(await armedAt(notSold.id)).not.toBeNull()
})

test('a day that cannot be read for hours keeps nobody from being told of the next', async () => {
  const { opening, other } = await oneDayShown()
  const { id } = await makeSubscriber(ctx, opening, { armed: false, filters: { dateFrom: other, dateTo: other } })
  await ctx.pool.query(`UPDATE alert_subscriptions SET updated_at = now() - interval '3 hours' WHERE id = $1`, [id])
  await fanOutOpening(ctx, { openingId: opening.openingId })
  expect(await armedAt(id)).not.toBeNull()
})
