import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../../clock.ts'
import type { Queues } from '../../jobs/queues.ts'
import { type TestContext, testContext } from '../../testing/services.ts'
import { type MadeOpening, makeOpening, makeSession, makeSubscriber, phoneEnding } from '../../testing/waiting.ts'
import { deleteAlert } from '../delete-alert.ts'
import { deleteAllAlerts } from '../delete-all-alerts.ts'
import { manageToken } from '../links/manage-token.ts'
import { signLink } from '../links/sign-link.ts'
import { rearmAlert } from '../rearm-alert.ts'
import { unsubscribeAlerts } from '../unsubscribe-alerts.ts'
import { fanOutOpening } from './fan-out-opening.ts'
import { placeCall } from './place-call.ts'
import { receiveCallEvent } from './receive-call-event.ts'
import { reconcileAttempts } from './reconcile-attempts.ts'
import { sendMessage } from './send-message.ts'
import { snoozeAlert } from './snooze-alert.ts'

// The minutes between an opening and a step of its ladder: the site is looked at, people change their minds, we are down.

const NO_QUEUES = { byName: {}, ready: false, close: async () => {} } as unknown as Queues
const MINUTE = 60_000
const clock = manualClock('2026-11-21T06:00:00Z')
let ctx: TestContext & { queues: Queues }
beforeAll(async () => {
  ctx = { ...(await testContext({ clock })), queues: NO_QUEUES }
})
afterAll(() => ctx.close())
beforeEach(() => clock.set(new Date('2026-11-21T06:00:00Z')))

const fanOut = ({ openingId }: MadeOpening) => fanOutOpening(ctx, { openingId })
const attemptsOf = (subscriptionId: string) =>
  ctx.db.alertAttempt.findMany({ where: { alert: { subscriptionId } }, orderBy: [{ channel: 'asc' }, { step: 'asc' }] })
const take = async (subscriptionId: string) => {
  for (const { id, channel, state, dueAt } of await attemptsOf(subscriptionId))
    if (state === 'PLANNED' && dueAt <= clock.now())
      await (channel === 'call' ? placeCall : sendMessage)(ctx, { attemptId: id })
}
const stateOf = async (id: string) => (await ctx.db.alertSubscription.findUniqueOrThrow({ where: { id } })).state
const textsTo = (phone: string) => ctx.sms.sent.filter(({ to }) => to === phone).map(({ text }) => text)
const callsTo = (phone: string) => ctx.voice.placed.filter(({ to }) => to === phone)
const busy = async (id: string, phone: string) => {
  const call = (await attemptsOf(id)).find(({ channel }) => channel === 'call')
  const { providerCallId } = callsTo(phone)[0]!
  const event = { answeredBy: null, key: null, cause: null, invalidNumber: false, durationSeconds: 0, providerCallId }
  await receiveCallEvent(ctx, {
    provider: 'plivo',
    attemptId: call!.id,
    event: { ...event, status: 'busy', sequence: 'busy' },
  })
}
/** One more look at the site, a moment ago. */
const look = (opening: MadeOpening, sessions: MadeOpening['sessions']) =>
  ctx.db.watch.update({ where: { id: opening.watchId }, data: { sessions, lastOkAt: clock.now() } })
const sold = (one: MadeOpening['sessions'][number]) => ({ ...one, bookable: false })

test('sold out minutes after it opened: nobody is called to find nothing, and they go on waiting', async () => {
  const opening = await makeOpening(ctx)
  const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['call'] })
  await fanOut(opening)
  clock.advance(2 * MINUTE)
  await look(opening, opening.sessions.map(sold))
  await take(id)
  expect([callsTo(phone), await stateOf(id)]).toEqual([[], 'ACTIVE'])
})

test('the last look at the site says that nothing is on sale: nobody is called until another one has said so, or not', async () => {
  const opening = await makeOpening(ctx)
  const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['call'] })
  await fanOut(opening)
  const doubt = (lastVerdict: 'NOT_OPEN' | 'OPEN', closingSince: Date | null) =>
    ctx.db.watch.update({ where: { id: opening.watchId }, data: { lastVerdict, closingSince, lastOkAt: clock.now() } })
  clock.advance(MINUTE)
  await doubt('NOT_OPEN', clock.now())
  await take(id)
  clock.advance(MINUTE)
  await take(id)
  expect(callsTo(phone)).toEqual([])
  await doubt('OPEN', null)
  clock.advance(5 * MINUTE)
  await take(id)
  expect(callsTo(phone)).toHaveLength(1)
})

test('another language was chosen minutes after the opening: the text is of that one', async () => {
  const [one, other] = ['Telugu', 'Hindi'].map((language) =>
    makeSession(clock.now(), { language, cinema: { siteId: language, name: language } }),
  )
  const opening = await makeOpening(ctx, { sessions: [one!, other!] })
  const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['sms'] })
  await fanOut(opening)
  await ctx.db.alertSubscription.update({ where: { id }, data: { filters: { languages: ['Hindi'] } } })
  clock.advance(MINUTE)
  await take(id)
  expect(textsTo(phone)).toEqual([expect.stringContaining(', Hindi.')])
})

test('we were down for a night: nobody is called about yesterday’s opening, they are told in writing', async () => {
  const opening = await makeOpening(ctx)
  const both = await makeSubscriber(ctx, opening, { channels: ['call', 'email'] })
  const callOnly = await makeSubscriber(ctx, opening, { channels: ['call'] })
  await fanOut(opening)
  clock.advance(26 * 60 * MINUTE)
  await take(both.id)
  await take(callOnly.id)
  expect(callsTo(both.phone)).toEqual([])
  expect(ctx.mail.sent.filter(({ to }) => to === both.email)).toHaveLength(1)
  expect(callsTo(callOnly.phone)).toHaveLength(1)
})

test('a second call that we owed since yesterday is none any more; one that was put off until now is', async () => {
  const opening = await makeOpening(ctx)
  const owed = await makeSubscriber(ctx, opening, { channels: ['call', 'sms'] })
  const asked = await makeSubscriber(ctx, opening, { channels: ['call', 'sms'] })
  await fanOut(opening)
  await take(owed.id)
  await take(asked.id)
  await busy(owed.id, owed.phone)
  await busy(asked.id, asked.phone)
  const alert = await ctx.db.alert.findFirstOrThrow({ where: { subscriptionId: asked.id } })
  const later = new Date(clock.now().getTime() + 5 * 60 * MINUTE)
  await snoozeAlert(ctx, { alertId: alert.id, until: later })
  clock.set(later)
  await take(owed.id)
  await take(asked.id)
  expect([callsTo(owed.phone).length, callsTo(asked.phone).length]).toEqual([1, 2])
})

test('"watch again" while we still tell: the phone does not ring for what they know', async () => {
  const opening = await makeOpening(ctx)
  const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['call'] })
  await fanOut(opening)
  await take(id)
  await busy(id, phone)
  const { phoneContact } = await ctx.db.alertSubscription.findUniqueOrThrow({
    where: { id },
    include: { phoneContact: true },
  })
  const asker = { actor: { kind: 'anonymous' as const }, token: manageToken(ctx, phoneContact!, clock.now()) }
  await rearmAlert(ctx, { asker, alertId: id })
  clock.advance(5 * MINUTE)
  await take(id)
  expect(callsTo(phone)).toHaveLength(1)
})

test('a carrier that cannot be asked what became of a call: after half an hour it is told in writing', async () => {
  const opening = await makeOpening(ctx)
  const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['call', 'sms'] })
  await fanOut(opening)
  await ctx.db.alertAttempt.updateMany({
    where: { channel: 'sms', alert: { subscriptionId: id } },
    data: { state: 'SKIPPED', endedAt: clock.now() },
  })
  await take(id)
  const carrier = { ...ctx.voice.carrier('plivo')!, look: () => Promise.reject(new Error('the carrier is away')) }
  const away = { ...ctx, voice: { ...ctx.voice, carrier: () => carrier } }
  clock.advance(10 * MINUTE)
  await reconcileAttempts(away)
  expect((await attemptsOf(id)).map(({ state }) => state)).toEqual(['ACCEPTED', 'SKIPPED'])
  clock.advance(21 * MINUTE)
  await reconcileAttempts(away)
  await take(id)
  expect((await attemptsOf(id))[0]).toMatchObject({ state: 'UNKNOWN', endedAt: clock.now() })
  expect([textsTo(phone).length, callsTo(phone).length]).toEqual([1, 1])
})

test('deleted and unsubscribed in the same second: it stays deleted', async () => {
  const opening = await makeOpening(ctx)
  const { id } = await makeSubscriber(ctx, opening, { channels: ['email'] })
  const { emailContact } = await ctx.db.alertSubscription.findUniqueOrThrow({
    where: { id },
    include: { emailContact: true },
  })
  const { id: contactId, linkVersion } = emailContact!
  const expiresAt = new Date(clock.now().getTime() + MINUTE)
  const token = signLink(ctx, { contactId, linkVersion, scope: 'unsubscribe', channel: 'email', expiresAt })
  const client = await ctx.pool.connect()
  await client.query('BEGIN')
  await client.query(`UPDATE alert_subscriptions SET state = 'ENDED', name = '' WHERE id = $1`, [id])
  const clicked = unsubscribeAlerts(ctx, { token })
  await expect
    .poll(async () => {
      const { rows } = await ctx.pool.query(
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
      return rows[0].n
    })
    .toBe(1)
  await client.query('COMMIT')
  client.release()
  await clicked
  expect(await stateOf(id)).toBe('ENDED')
})

test('"forget me" while one of them is deleted in another tab: all the others are gone too', async () => {
  const phone = phoneEnding('01')
  const made = []
  for (let films = 0; films < 4; films++)
    made.push(await makeSubscriber(ctx, await makeOpening(ctx), { channels: ['sms'], phone }))
  const { phoneContact } = await ctx.db.alertSubscription.findUniqueOrThrow({
    where: { id: made[0]!.id },
    include: { phoneContact: true },
  })
  const asker = { actor: { kind: 'anonymous' as const }, token: manageToken(ctx, phoneContact!, clock.now()) }
  const findMany = async (given: Parameters<typeof ctx.db.alertSubscription.findMany>[0]) => {
    const rows = await ctx.db.alertSubscription.findMany(given)
    await deleteAlert(ctx, { asker, alertId: rows[1]!.id })
    return rows
  }
  const table = new Proxy(ctx.db.alertSubscription, {
    get: (target, name) => (name === 'findMany' ? findMany : Reflect.get(target, name)),
  })
  const db = new Proxy(ctx.db, {
    get: (target, name) => (name === 'alertSubscription' ? table : Reflect.get(target, name)),
  })
  expect(await deleteAllAlerts({ ...ctx, db }, { asker })).toEqual({ deleted: 3 })
  expect(await Promise.all(made.map(({ id }) => stateOf(id)))).toEqual(Array(4).fill('ENDED'))
  expect(await ctx.db.contactPoint.count({ where: { id: phoneContact!.id } })).toBe(0)
})
