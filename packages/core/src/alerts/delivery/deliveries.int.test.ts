import { MailError } from '@marquee/providers/mail/mail-sender'
import { SmsError } from '@marquee/providers/sms/sms-sender'
import { VoiceError } from '@marquee/providers/voice/voice-caller'
import { UnrecoverableError, Worker } from 'bullmq'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../../clock.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { listDeadJobs } from '../../jobs/list-dead-jobs.ts'
import { openQueues, QUEUE_PREFIX, type Queues } from '../../jobs/queues.ts'
import { retryDeadJob } from '../../jobs/retry-dead-job.ts'
import { makeUser } from '../../testing/factories.ts'
import { type TestContext, testContext } from '../../testing/services.ts'
import { makeOpening, makeSubscriber } from '../../testing/waiting.ts'
import { noteOptOut } from '../opt-outs/note-opt-out.ts'
import { fanOutOpening } from './fan-out-opening.ts'
import { listDeliveries } from './list-deliveries.ts'
import { placeCall } from './place-call.ts'
import { pressKey } from './press-key.ts'
import { retryDelivery } from './retry-delivery.ts'
import { scheduleAttempts } from './schedule-attempts.ts'
import { sendMessage } from './send-message.ts'
import { sendNotice } from './send-notice.ts'
import { sendTest } from './send-test.ts'
import { sweepAlerts } from './sweep-alerts.ts'

const clock = manualClock('2026-11-21T06:00:00Z')
let ctx: TestContext & { queues: Queues }
let admin: { kind: 'user'; userId: string; role: 'superadmin'; jti: string }
beforeAll(async () => {
  const test_ = await testContext({ clock })
  ctx = { ...test_, queues: openQueues(test_.config, test_.log) }
  await Promise.all(Object.values(ctx.queues.byName).map((queue) => queue.waitUntilReady()))
  const { id: userId } = await makeUser(ctx, { role: 'superadmin' })
  admin = { kind: 'user', userId, role: 'superadmin', jti: '' }
})
afterAll(async () => {
  await ctx.queues.close()
  await ctx.close()
})
beforeEach(() => {
  clock.set(new Date('2026-11-21T06:00:00Z'))
  for (const vendor of [ctx.mail, ctx.sms, ctx.voice]) vendor.failWith(null)
})

async function tell(given: Parameters<typeof makeSubscriber>[2] = {}) {
  const opening = await makeOpening(ctx)
  const subscriber = await makeSubscriber(ctx, opening, given)
  await fanOutOpening(ctx, { openingId: opening.openingId })
  return { opening, ...subscriber }
}
const attemptsOf = (subscriptionId: string) =>
  ctx.db.alertAttempt.findMany({
    where: { alert: { subscriptionId } },
    orderBy: [{ channel: 'asc' }, { step: 'asc' }],
  })
const take = async (subscriptionId: string) => {
  for (const { id, channel, state } of await attemptsOf(subscriptionId))
    if (state === 'PLANNED') await (channel === 'call' ? placeCall : sendMessage)(ctx, { attemptId: id })
}
const list = (query: object) => listDeliveries(ctx, { actor: admin, query: { limit: 20, offset: 0, ...query } })

test('a carrier that is down: tried again and again, then dead, told in writing; sent again by hand', async () => {
  const { id, opening, phone } = await tell({ channels: ['call', 'email'] })
  await ctx.db.alertAttempt.updateMany({
    where: { alert: { subscriptionId: id }, channel: 'email' },
    data: { state: 'FAILED' },
  })
  ctx.voice.failWith(new VoiceError('plivo answered 503 for +919876543210', 'not-sent', { carrier: 'plivo' }))
  for (let tries = 0; tries < 10; tries++) {
    await take(id)
    clock.advance(5 * 60_000)
  }
  const [call, , instead] = await attemptsOf(id)
  expect(call).toMatchObject({ state: 'FAILED', tries: 8, sentAt: null, why: 'plivo answered 503 for +…' })
  expect(instead).toMatchObject({ channel: 'email', step: 2, template: 'email.instead', state: 'ACCEPTED' })
  const { items } = await list({ dead: true, openingId: opening.openingId, channel: 'call' })
  expect(items).toMatchObject([{ id: call?.id, retryable: true, to: expect.stringMatching(/•/) }])
  ctx.voice.failWith(null)
  const warnings: string[] = []
  const warned = ({ message }: Error) => void warnings.push(message)
  process.on('warning', warned)
  const again = await retryDelivery(ctx, { actor: admin, id: call!.id })
  process.off('warning', warned)
  expect(warnings).toEqual([])
  expect(again).toMatchObject({
    state: 'PLANNED',
    retryable: false,
    outcome: expect.stringMatching(/^waits: \d+\w\w in line, about/),
  })
  await take(id)
  expect(ctx.voice.placed.filter(({ to }) => to === phone)).toHaveLength(1)
  await expect(retryDelivery(ctx, { actor: admin, id: call!.id })).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await ctx.db.auditEntry.count({ where: { action: 'alert.retry', subjectId: call!.id } })).toBe(1)
})

test('a call of which nobody knows is no dead letter, whoever asks', async () => {
  const { id } = await tell({ channels: ['call'] })
  ctx.voice.failWith(new VoiceError('no answer', 'unknown', { carrier: 'plivo' }))
  await take(id)
  const [call] = await attemptsOf(id)
  expect(call).toMatchObject({ state: 'UNKNOWN', provider: 'plivo' })
  await expect(retryDelivery(ctx, { actor: admin, id: call!.id })).rejects.toMatchObject({ code: 'CONFLICT' })
  const [row] = (await list({ state: 'UNKNOWN' })).items
  expect(row).toMatchObject({ retryable: false, outcome: 'nobody knows whether it rang: it is not called again' })
})

test('a text: told to wait, it waits; refused, it is dead; of an answer that was lost nobody knows', async () => {
  const said: [SmsError, string][] = [
    [new SmsError('429', true), 'PLANNED'],
    [new SmsError('keys', false, { ours: true }), 'PLANNED'],
    [new SmsError('400', false, { refused: true }), 'FAILED'],
    [new SmsError('no answer', false), 'UNKNOWN'],
  ]
  for (const [error, state] of said) {
    const { id } = await tell({ channels: ['sms'] })
    ctx.sms.failWith(error)
    await take(id)
    expect((await attemptsOf(id))[0]).toMatchObject({ state, tries: 1 })
  }
})

test('a mail server that is down is tried again with the same Message-ID; one that says never is not', async () => {
  const { id, email } = await tell({ channels: ['email'] })
  ctx.mail.failWith(new MailError('451', true))
  await take(id)
  clock.advance(60_000)
  ctx.mail.failWith(null)
  await take(id)
  expect(ctx.mail.sent.filter(({ to }) => to === email)).toHaveLength(1)
  const never = await tell({ channels: ['email'] })
  ctx.mail.failWith(new MailError('550', false))
  await take(never.id)
  expect((await attemptsOf(never.id))[0]).toMatchObject({ state: 'FAILED' })
})

test('the queues are given what is due, in order, once', async () => {
  const { id, opening } = await tell({ channels: ['call', 'email'] })
  const attempts = await attemptsOf(id)
  const jobs = await Promise.all([ctx.queues.byName.calls.getWaiting(), ctx.queues.byName.notify.getWaiting()])
  const given = jobs.flat().map((job) => (job.data as { attemptId: string }).attemptId)
  for (const attempt of attempts) expect(given.filter((one) => one === attempt.id)).toHaveLength(1)
  expect(await scheduleAttempts(ctx)).toBe(0)
  // As if Redis had lost the mail, and the call stood in line for a long time.
  const job = jobs[1].find((one) => (one.data as { attemptId: string }).attemptId === attempts[1]?.id)
  await job?.remove()
  clock.advance(11 * 60_000)
  expect((await sweepAlerts(ctx)).lost).toBe(1)
  expect(await scheduleAttempts(ctx)).toBe(1)
  expect(opening.openingId).toBeDefined()
})

test('a site that cannot be seen: told once by mail and bell; again only after it was seen in between', async () => {
  const user = await makeUser(ctx)
  const opening = await makeOpening(ctx, { sessions: [] })
  const { id, email } = await makeSubscriber(ctx, opening, { channels: ['email', 'in_app'], userId: user.id })
  const watch = (data: object) => ctx.db.watch.update({ where: { id: opening.watchId }, data })
  const sweep = async () => {
    await sweepAlerts(ctx)
    return ctx.db.outboxEvent.count({ where: { topic: 'alert.notice', key: { contains: id } } })
  }
  await watch({ failStreak: 5, intervalSeconds: 600, lastOkAt: new Date(clock.now().getTime() - 3_600_000) })
  expect(await sweep()).toBe(0)
  await watch({ failStreak: 6, blindSince: clock.now() })
  expect([await sweep(), await sweep()]).toEqual([1, 1])
  await sendNotice(ctx, { subscriptionId: id, about: 'blind' })
  await sendNotice(ctx, { subscriptionId: id, about: 'blind' })
  const mails = ctx.mail.sent.filter(({ to }) => to === email)
  expect(mails).toMatchObject([
    {
      subject: 'We cannot see Example Cinemas just now',
      headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    },
  ])
  await watch({ failStreak: 0 })
  expect(await sweep()).toBe(1)
  await sendNotice(ctx, { subscriptionId: id, about: 'blind' })
  expect(ctx.mail.sent.filter(({ to }) => to === email)).toHaveLength(1)
  clock.advance(1_000)
  await watch({ failStreak: 6 })
  expect(await sweep()).toBe(2)
})

test('on sale already, seen late, and nobody gave an address: a text, once, in the morning, and no call', async () => {
  clock.set(new Date('2026-11-21T17:00:00Z'))
  const { id, phone } = await tell({ channels: ['sms', 'call'], armed: false })
  const notice = (text?: true) => sendNotice(ctx, { subscriptionId: id, about: 'already-open', text })
  await notice()
  expect(ctx.sms.sent.filter(({ to }) => to === phone)).toEqual([])
  const waits = (await ctx.queues.byName.notify.getDelayed()).filter(({ data }) => data.subscriptionId === id)
  expect(waits.map(({ data, delay }) => [data.text, delay])).toEqual([[true, 9.5 * 3_600_000]])
  clock.advance(9.5 * 3_600_000)
  await Promise.all([notice(true), notice(true)])
  await notice(true)
  expect(ctx.sms.sent.filter(({ to }) => to === phone).map(({ text }) => text)).toEqual([
    expect.stringContaining('can be booked. We could not see it before now'),
  ])
  expect(ctx.voice.placed.filter(({ to }) => to === phone)).toEqual([])
})

test('on sale already, after more than a day of waiting: by mail and by text', async () => {
  const createdAt = new Date(clock.now().getTime() - 25 * 3_600_000)
  const { id, phone, email } = await tell({ channels: ['sms', 'email', 'call'], armed: false, createdAt })
  await sendNotice(ctx, { subscriptionId: id, about: 'already-open' })
  expect([
    ctx.mail.sent.filter(({ to }) => to === email).length,
    ctx.sms.sent.filter(({ to }) => to === phone).length,
  ]).toEqual([1, 1])
  const soon = await tell({ channels: ['sms', 'email'], armed: false })
  await sendNotice(ctx, { subscriptionId: soon.id, about: 'already-open' })
  expect(ctx.sms.sent.filter(({ to }) => to === soon.phone)).toEqual([])
})

test('an opening that is owed is told by the sweep', async () => {
  const opening = await makeOpening(ctx)
  await makeSubscriber(ctx, opening)
  clock.advance(61_000)
  expect((await sweepAlerts(ctx)).late).toBeGreaterThanOrEqual(1)
  const jobs = await ctx.queues.byName.critical.getWaiting()
  expect(jobs.map((job) => job.data as object)).toContainEqual({ openingId: opening.openingId })
})

test('tests really go out, three a day, to whoever did not opt out', async () => {
  const user = await makeUser(ctx)
  const opening = await makeOpening(ctx)
  const channels = ['in_app', 'push', 'sms', 'email', 'call'] as const
  const { id, phone, email } = await makeSubscriber(ctx, opening, { channels: [...channels], userId: user.id })
  const subscription = await ctx.db.alertSubscription.findUniqueOrThrow({
    where: { id },
    include: { phoneContact: true },
  })
  const ask = (channel: (typeof channels)[number]) => sendTest(ctx, { subscription, channel })
  expect(await ask('email')).toEqual({ outcome: expect.stringContaining('A mail is on its way to a•••@') })
  expect(ctx.mail.sent.filter(({ to }) => to === email)).toHaveLength(1)
  expect(await ask('in_app')).toEqual({ outcome: expect.stringContaining('bell') })
  await expect(ask('push')).rejects.toMatchObject({ code: 'CONFLICT' })
  for (const _time of [1, 2, 3]) await ask('sms')
  await expect(ask('sms')).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  expect(ctx.sms.sent.filter(({ to }) => to === phone)).toHaveLength(3)
  await ask('call')
  expect(ctx.voice.placed.find(({ to }) => to === phone)?.answerUrl).toContain(`/answer/${id}`)
  const event = { providerCallId: 'x', status: null, answeredBy: null, key: '9', sequence: 'key-9', cause: null }
  await pressKey(ctx, {
    provider: 'plivo',
    attemptId: id,
    event: { ...event, invalidNumber: false, durationSeconds: null },
  })
  await expect(ask('call')).rejects.toMatchObject({ code: 'CONFLICT' })
  const hash = subscription.phoneContact?.hash ?? ''
  await ctx.db.$transaction((tx) => noteOptOut(tx, { hash, channels: ['sms'], how: 'admin', at: clock.now() }))
  await expect(ask('sms')).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('jobs that gave up are listed, and run again by hand', async () => {
  await enqueue(ctx, [{ name: 'alert.message', payload: { attemptId: 'nonsense' }, key: 'dead:1' }])
  const connection = { url: ctx.config.redis.url, maxRetriesPerRequest: null }
  const worker = new Worker(
    'notify',
    async () => {
      throw new UnrecoverableError('no such attempt of asha@example.com')
    },
    { connection, prefix: QUEUE_PREFIX },
  )
  await expect
    .poll(async () => (await ctx.queues.byName.notify.getJob('dead/1'))?.isFailed(), { timeout: 5_000 })
    .toBe(true)
  await worker.close()
  const dead = await listDeadJobs(ctx, { actor: admin, limit: 50, offset: 0 })
  expect(dead.items.find((job) => job.id === 'dead/1')).toMatchObject({
    queue: 'notify',
    name: 'alert.message',
    error: 'no such attempt of …@…',
  })
  await retryDeadJob(ctx, { actor: admin, queue: 'notify', jobId: 'dead/1' })
  expect(await (await ctx.queues.byName.notify.getJob('dead/1'))?.getState()).toBe('waiting')
  await expect(retryDeadJob(ctx, { actor: admin, queue: 'notify', jobId: 'dead/1' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})
