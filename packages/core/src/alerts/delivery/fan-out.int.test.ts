import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../clock.ts'
import type { Ctx } from '../../context.ts'
import type { Queues } from '../../jobs/queues.ts'
import { makeUser } from '../../testing/factories.ts'
import { type TestContext, testContext } from '../../testing/services.ts'
import { type MadeOpening, makeOpening, makeSession, makeSubscriber, phoneEnding } from '../../testing/waiting.ts'
import { acknowledgeAlert } from './acknowledge-alert.ts'
import { fanOutOpening } from './fan-out-opening.ts'
import { placeCall } from './place-call.ts'
import { receiveCallEvent } from './receive-call-event.ts'
import { sendMessage } from './send-message.ts'
import { stopLadders } from './stop-ladders.ts'

const NO_QUEUES = { byName: {}, ready: false, close: async () => {} } as unknown as Queues
const clock = manualClock('2026-11-21T06:00:00Z')
let ctx: TestContext & { queues: Queues }
beforeAll(async () => {
  ctx = { ...(await testContext({ clock })), queues: NO_QUEUES }
})
afterAll(() => ctx.close())

const fanOut = (opening: MadeOpening, as: Partial<Ctx> = {}) =>
  fanOutOpening({ ...ctx, ...as }, { openingId: opening.openingId })
const stateOf = async (id: string) => (await ctx.db.alertSubscription.findUniqueOrThrow({ where: { id } })).state
const alertsOf = (opening: MadeOpening) =>
  ctx.db.alert.findMany({ where: { openingId: opening.openingId }, orderBy: { position: 'asc' } })
const attemptsOf = (subscriptionId: string) =>
  ctx.db.alertAttempt.findMany({ where: { alert: { subscriptionId } }, orderBy: [{ channel: 'asc' }, { step: 'asc' }] })

test('first come, first called; each once, however often it runs', async () => {
  const opening = await makeOpening(ctx)
  const at = (minutesAgo: number) => new Date(clock.now().getTime() - minutesAgo * 60_000)
  const late = await makeSubscriber(ctx, opening, { createdAt: at(1) })
  const early = await makeSubscriber(ctx, opening, { createdAt: at(9), channels: ['email'] })
  const between = await makeSubscriber(ctx, opening, { createdAt: at(5) })
  expect(await fanOut(opening)).toEqual({ told: 3 })
  expect(await fanOut(opening)).toEqual({ told: 0 })
  expect((await alertsOf(opening)).map(({ subscriptionId, position }) => [subscriptionId, position])).toEqual([
    [early.id, 1],
    [between.id, 2],
    [late.id, 3],
  ])
  expect((await attemptsOf(early.id)).map(({ channel }) => channel)).toEqual(['email'])
  expect((await attemptsOf(late.id)).map(({ channel, template }) => [channel, template])).toEqual([
    ['call', 'call.first'],
    ['email', 'alert.email'],
    ['sms', 'alert.sms'],
  ])
  expect(await stateOf(late.id)).toBe('NOTIFIED')
  expect((await ctx.db.opening.findUniqueOrThrow({ where: { id: opening.openingId } })).fannedOutAt).not.toBeNull()
})

test('whoever asked when it was on sale already is told so by one mail, and called by nobody', async () => {
  const opening = await makeOpening(ctx)
  const { id } = await makeSubscriber(ctx, opening, { armed: false })
  expect(await fanOut(opening)).toEqual({ told: 0 })
  expect(await stateOf(id)).toBe('ALREADY_OPEN')
  const notices = await ctx.db.outboxEvent.findMany({ where: { topic: 'alert.notice', key: { contains: id } } })
  expect(notices.map(({ payload }) => payload)).toEqual([{ subscriptionId: id, about: 'already-open' }])
})

test('armed by what it asks for: another theatre on sale is no news, and arms; then its own is', async () => {
  const now = clock.now()
  const mine = '0197c1f0-0000-7000-8000-000000000001'
  const opening = await makeOpening(ctx)
  const { id } = await makeSubscriber(ctx, opening, { armed: false, filters: { theatreIds: [mine] } })
  await fanOut(opening)
  expect(await stateOf(id)).toBe('ACTIVE')
  const more = [...opening.sessions, makeSession(now, { cinema: { siteId: mine, name: 'Mine' } })]
  await ctx.db.watch.update({ where: { id: opening.watchId }, data: { sessions: more } })
  expect(await fanOut(opening)).toEqual({ told: 1 })
  expect((await alertsOf(opening))[0]?.session).toMatchObject({ cinema: { name: 'Mine' } })
})

test('a row that cannot be read keeps nobody else waiting, and the opening stays owed', async () => {
  const opening = await makeOpening(ctx)
  const broken = await makeSubscriber(ctx, opening)
  await makeSubscriber(ctx, opening)
  await ctx.db.alertSubscription.update({ where: { id: broken.id }, data: { filters: { theatreIds: 'all' } } })
  expect(await fanOut(opening)).toEqual({ told: 1 })
  const row = () => ctx.db.opening.findUniqueOrThrow({ where: { id: opening.openingId } })
  expect((await row()).fannedOutAt).toBeNull()
  await ctx.db.alertSubscription.update({ where: { id: broken.id }, data: { filters: {} } })
  expect(await fanOut(opening)).toEqual({ told: 1 })
  expect((await row()).fannedOutAt).not.toBeNull()
})

test('of the showings that match, the first one that has not begun and can be booked', async () => {
  const now = clock.now()
  const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString()
  const sessions = [
    makeSession(now, { siteId: 'later', startsAt: at(50) }),
    makeSession(now, { siteId: 'begun', startsAt: at(-1) }),
    makeSession(now, { siteId: 'sold', startsAt: at(5), bookable: false }),
    makeSession(now, { siteId: 'first', startsAt: at(20) }),
  ]
  const opening = await makeOpening(ctx, { sessions })
  await makeSubscriber(ctx, opening)
  await fanOut(opening)
  expect((await alertsOf(opening))[0]?.session).toMatchObject({ siteId: 'first' })
})

test('two sources at the same moment: one alert', async () => {
  const one = await makeOpening(ctx)
  const other = await makeOpening(ctx, { cityId: one.cityId })
  const { id } = await makeSubscriber(ctx, one)
  await ctx.db.subscriptionWatch.create({
    data: { subscriptionId: id, watchId: other.watchId, armedAt: clock.now() },
  })
  const told = await Promise.all([fanOut(one), fanOut(other), fanOut(one), fanOut(other)])
  expect(told.reduce((sum, each) => sum + each.told, 0)).toBe(1)
  expect(await ctx.db.alert.count({ where: { subscriptionId: id } })).toBe(1)
})

test.each(['HELD', 'DISMISSED', 'CLOSED'] as const)('an opening that is %s tells nobody', async (state) => {
  const opening = await makeOpening(ctx, { state })
  const { id } = await makeSubscriber(ctx, opening)
  expect(await fanOut(opening)).toEqual({ told: 0 })
  expect(await stateOf(id)).toBe('ACTIVE')
})

test('the kill switch of a source holds it back, and keeps it owed', async () => {
  const opening = await makeOpening(ctx)
  await makeSubscriber(ctx, opening)
  const source = { where: { id: opening.sourceId } }
  await ctx.db.listingSource.update({ ...source, data: { frozenAt: clock.now() } })
  expect(await fanOut(opening)).toEqual({ told: 0 })
  await ctx.db.listingSource.update({ ...source, data: { frozenAt: null } })
  expect(await fanOut(opening)).toEqual({ told: 1 })
})

test('seats that are back go to whoever asked for that, told before or not, and only to them', async () => {
  const opening = await makeOpening(ctx, { kind: 'SEATS_BACK' })
  const told = await makeSubscriber(ctx, opening, { seatsBack: true, state: 'NOTIFIED' })
  const waits = await makeSubscriber(ctx, opening, { seatsBack: true })
  await makeSubscriber(ctx, opening, { state: 'NOTIFIED' })
  await makeSubscriber(ctx, opening)
  expect(await fanOut(opening)).toEqual({ told: 2 })
  expect((await alertsOf(opening)).map(({ subscriptionId }) => subscriptionId).sort()).toEqual(
    [told.id, waits.id].sort(),
  )
  expect(await stateOf(waits.id)).toBe('ACTIVE')
})

test('dying at any step, the next run tells those that are left', async () => {
  for (const step of ['opening:before-commit', 'opening:after-batch'] as const) {
    const opening = await makeOpening(ctx)
    await makeSubscriber(ctx, opening, { channels: ['email'] })
    const crashPoint = (at: string) => {
      if (at === step) throw new Error('killed')
    }
    await expect(fanOut(opening, { crashPoint })).rejects.toThrow('killed')
    await fanOut(opening)
    expect(await alertsOf(opening)).toHaveLength(1)
  }
})

test('what has to be told again is owed from the same commit on', async () => {
  const opening = await makeOpening(ctx)
  await fanOut(opening)
  await ctx.db.outboxEvent.create({
    data: {
      key: `opening.fan-out:${opening.openingId}:more`,
      topic: 'opening.fan-out',
      payload: { openingId: opening.openingId },
    },
  })
  expect((await ctx.db.opening.findUniqueOrThrow({ where: { id: opening.openingId } })).fannedOutAt).toBeNull()
})

test('a thousand people and more are several batches in one line', async () => {
  const opening = await makeOpening(ctx)
  const many = 2_100
  await ctx.pool.query(
    `WITH made AS (INSERT INTO alert_subscriptions (id, user_id, name, city_id, film_key, title, channels, quiet_hours, time_zone, created_at)
       SELECT gen_random_uuid(), null, 'Asha', $1, 'title:' || n, 'Film', '{email}', '{}', 'Asia/Kolkata', $3::timestamptz + n * interval '1 ms'
         FROM generate_series(1, ${many}) n RETURNING id)
     INSERT INTO subscription_watches (subscription_id, watch_id, armed_at) SELECT id, $2, $3 FROM made`,
    [opening.cityId, opening.watchId, clock.now()],
  )
  expect(await fanOut(opening)).toEqual({ told: many })
  const { rows } = await ctx.pool.query(
    `SELECT count(*)::int AS n, count(DISTINCT position)::int AS places, max(position) AS last,
            bool_and(in_order) AS in_order
       FROM (SELECT position, s.created_at > lag(s.created_at) OVER (ORDER BY position) IS NOT FALSE AS in_order
               FROM alerts a JOIN alert_subscriptions s ON s.id = a.subscription_id WHERE opening_id = $1) x`,
    [opening.openingId],
  )
  expect(rows).toEqual([{ n: many, places: many, last: many, in_order: true }])
})

test('two workers take one step: it goes out once', async () => {
  const opening = await makeOpening(ctx)
  const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['call', 'sms'] })
  await fanOut(opening)
  const attempts = await attemptsOf(id)
  const [call, sms] = [attempts[0]!.id, attempts[1]!.id]
  const five = [1, 2, 3, 4, 5]
  await Promise.all([
    ...five.map(() => placeCall(ctx, { attemptId: call })),
    ...five.map(() => sendMessage(ctx, { attemptId: sms })),
  ])
  expect(ctx.voice.placed.filter(({ to }) => to === phone)).toHaveLength(1)
  expect(ctx.sms.sent.filter(({ to }) => to === phone)).toHaveLength(1)
})

test('a worker that was held up after its intent does not dial any more', async () => {
  const opening = await makeOpening(ctx)
  const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['call'] })
  await fanOut(opening)
  const [attempt] = await attemptsOf(id)
  const crashPoint = (step: string) => {
    if (step === 'alert:after-intent') clock.advance(60_000)
  }
  await placeCall({ ...ctx, crashPoint }, { attemptId: attempt!.id })
  expect(ctx.voice.placed.filter(({ to }) => to === phone)).toEqual([])
  expect(await attemptsOf(id)).toMatchObject([{ state: 'SENDING' }])
})

test('acknowledging races with the second call: whichever is first, nothing is dialled after', async () => {
  for (let round = 0; round < 5; round++) {
    const opening = await makeOpening(ctx)
    const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['call'] })
    await fanOut(opening)
    const [attempt] = await attemptsOf(id)
    const alertId = attempt!.alertId
    await Promise.all([placeCall(ctx, { attemptId: attempt!.id }), acknowledgeAlert(ctx, { alertId, by: 'link' })])
    const calls = ctx.voice.placed.filter(({ to }) => to === phone)
    const [after] = await attemptsOf(id)
    expect(after?.state).toBe(calls.length === 0 ? 'SKIPPED' : 'ACCEPTED')
    await placeCall(ctx, { attemptId: attempt!.id })
    expect(ctx.voice.placed.filter(({ to }) => to === phone)).toHaveLength(calls.length)
  }
})

test('a call that ended without our words being fetched told nobody: in writing then, and not called again', async () => {
  const opening = await makeOpening(ctx)
  const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['call', 'email'] })
  await fanOut(opening)
  const [call, mail] = await attemptsOf(id)
  await placeCall(ctx, { attemptId: call!.id })
  await ctx.db.alertAttempt.update({ where: { id: mail!.id }, data: { state: 'FAILED' } })
  const providerCallId = ctx.voice.placed.find(({ to }) => to === phone)!.providerCallId
  const news = { providerCallId, answeredBy: null, key: null, cause: null, invalidNumber: false, durationSeconds: 1 }
  const event = { ...news, status: 'completed' as const, sequence: 'completed' }
  await receiveCallEvent(ctx, { provider: 'plivo', attemptId: call!.id, event })
  expect(await ctx.db.alert.findFirst({ where: { subscriptionId: id } })).toMatchObject({ state: 'RINGING' })
  expect((await attemptsOf(id)).map(({ template, state }) => [template, state])).toEqual([
    ['call.first', 'DELIVERED'],
    ['alert.email', 'FAILED'],
    ['email.instead', 'PLANNED'],
  ])
})

test('paused with its ladder under way: what is left does not go out; whom nothing reached waits on, armed', async () => {
  const opening = await makeOpening(ctx)
  const { id } = await makeSubscriber(ctx, opening, { channels: ['call'] })
  await fanOut(opening)
  await ctx.db.$transaction((tx) => stopLadders(tx, { subscriptionId: id, why: 'changed' }))
  expect(await attemptsOf(id)).toMatchObject([{ state: 'SKIPPED', why: 'changed' }])
  expect(await stateOf(id)).toBe('ACTIVE')
  expect(await ctx.db.alert.findFirst({ where: { subscriptionId: id } })).toMatchObject({ state: 'SUPPRESSED' })
})

test('in the page: a line under the bell, once; push is left out where nobody set it up', async () => {
  const opening = await makeOpening(ctx)
  const user = await makeUser(ctx)
  const { id } = await makeSubscriber(ctx, opening, { channels: ['in_app', 'push'], userId: user.id })
  await fanOut(opening)
  for (const { id: attemptId } of await attemptsOf(id)) await sendMessage(ctx, { attemptId })
  expect(await attemptsOf(id)).toMatchObject([
    { channel: 'in_app', state: 'DELIVERED' },
    { channel: 'push', state: 'SKIPPED', why: 'web push is not set up here' },
  ])
  expect(await ctx.db.notification.findMany({ where: { userId: user.id } })).toMatchObject([
    { kind: 'opening', title: expect.stringContaining('Booking is open') },
  ])
})

test('numbers and addresses stand in no row of a ladder', async () => {
  const opening = await makeOpening(ctx)
  const phone = phoneEnding('01')
  const { id, email } = await makeSubscriber(ctx, opening, { phone })
  await fanOut(opening)
  for (const { id: attemptId, channel } of await attemptsOf(id))
    await (channel === 'call' ? placeCall : sendMessage)(ctx, { attemptId })
  const { rows } = await ctx.pool.query<{ dump: string }>(
    `SELECT (SELECT string_agg(t::text, ' ') FROM alert_attempts t) || (SELECT string_agg(a::text, ' ') FROM alerts a)
         || coalesce((SELECT string_agg(r::text, ' ') FROM carrier_receipts r), '') AS dump`,
  )
  expect(rows[0]?.dump).not.toContain(phone.slice(1))
  expect(rows[0]?.dump).not.toContain(email)
})
