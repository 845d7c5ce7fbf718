// From an opening to a phone that rings: over the carrier's own wire, both ways, on a clock that the tests move.
import { acknowledgeAlert } from '@marquee/core/alerts/delivery/acknowledge-alert'
import { reconcileAttempts } from '@marquee/core/alerts/delivery/reconcile-attempts'
import { newId } from '@marquee/core/ids'
import { checkInvariants } from '@marquee/core/invariants/check-invariants'
import { makeOpening, makeSubscriber, phoneEnding } from '@marquee/core/testing/waiting'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTelephone, type Telephone } from '../../../../scripts/testing/telephone.ts'
import { buildApp } from '../app.ts'

let line: Telephone
beforeAll(async () => {
  line = await openTelephone({ build: buildApp })
})
afterAll(() => line.close())
beforeEach(() => line.clock.set(new Date('2026-11-21T06:00:00Z')))

const attemptsOf = async (subscriptionId: string, channel?: string) =>
  line.ctx.db.alertAttempt.findMany({
    where: { alert: { subscriptionId }, ...(channel && { channel }) },
    orderBy: [{ channel: 'asc' }, { step: 'asc' }],
  })
const alertOf = (subscriptionId: string) => line.ctx.db.alert.findFirstOrThrow({ where: { subscriptionId } })
const callsTo = (to: string) => line.carrier.calls({ to }).items
async function tell(ending: string, given: Parameters<typeof makeSubscriber>[2] = {}) {
  const opening = await makeOpening(line.ctx, { title: 'Tom & <Jerry>' })
  const phone = given.phone ?? phoneEnding(ending)
  const subscriber = await makeSubscriber(line.ctx, opening, { ...given, phone })
  await line.fanOut(opening.openingId)
  return { opening, ...subscriber }
}

test('it rings, speaks, takes 1, and everything stops', async () => {
  const { id, phone, email } = await tell('01')
  await line.run()
  const [call, ...more] = callsTo(phone)
  expect(more).toEqual([])
  expect(call).toMatchObject({ outcome: 'hung-up-by-script', answeredBy: 'human', keys: [{ key: '1', taken: true }] })
  expect(call?.said.map(({ text }) => text).join(' ')).toMatch(
    /^Hello Asha, this is Marquee\. Booking is open for Tom and Jerry in Hyderabad\. First showing Wednesday the twenty fifth of November, seven thirty in the evening, at Sangam 70mm\. Press 1/,
  )
  expect(await alertOf(id)).toMatchObject({ state: 'ACKNOWLEDGED', acknowledgedBy: 'call' })
  expect((await attemptsOf(id)).map(({ channel, state, keys }) => [channel, state, keys])).toEqual([
    ['call', 'DELIVERED', '1'],
    ['email', 'ACCEPTED', ''],
    ['sms', 'DELIVERED', ''],
  ])
  const mail = line.ctx.mail.sent.find(({ to }) => to === email)
  expect(mail?.subject).toBe('Booking is open for Tom & <Jerry> in Hyderabad')
  expect(mail?.html).toContain('Tom &#38; &#60;Jerry&#62;')
  expect(mail?.headers).toMatchObject({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' })
  expect(line.carrier.messages().items.filter(({ to }) => to === phone)).toMatchObject([
    { text: expect.stringMatching(/^Marquee: booking is open for Tom & <Jerry> in Hyderabad\..*STOP/) },
  ])
  expect(await line.ctx.db.alertSubscription.findUnique({ where: { id } })).toMatchObject({ state: 'NOTIFIED' })
})

test('every callback three times, and in the wrong order: the same end, one call', async () => {
  const thrice = await tell('09')
  const shuffled = await tell('10')
  await line.run()
  for (const { id, phone } of [thrice, shuffled]) {
    expect(callsTo(phone)).toHaveLength(1)
    expect(await alertOf(id)).toMatchObject({ state: 'ACKNOWLEDGED', acknowledgedBy: 'call' })
    expect(await attemptsOf(id, 'call')).toMatchObject([{ state: 'DELIVERED', keys: '1' }])
  }
  const receipts = await line.ctx.db.carrierReceipt.findMany({
    where: { attempt: { alert: { subscriptionId: thrice.id }, channel: 'call' } },
    orderBy: { at: 'asc' },
  })
  expect(receipts.map(({ status }) => status)).toEqual(['ringing', 'answered', 'words', 'key', 'completed'])
})

test.each([
  ['busy', '02', 'BUSY'],
  ['does not answer', '03', 'NO_ANSWER'],
])('%s: called once more three minutes after, and not a third time', async (_what, ending, state) => {
  const { id, phone } = await tell(ending)
  await line.run()
  const calls = callsTo(phone).toReversed()
  expect(calls).toHaveLength(2)
  expect((calls[1]?.placedAt ?? 0) - (calls[0]?.endedAt ?? 0)).toBeGreaterThanOrEqual(3 * 60_000)
  expect(await attemptsOf(id, 'call')).toMatchObject([
    { step: 1, state, template: 'call.first' },
    { step: 2, state, template: 'call.retry' },
  ])
  expect(await alertOf(id)).toMatchObject({ state: 'EXHAUSTED' })
})

test('a machine: nothing is said, nobody calls again', async () => {
  const { id, phone } = await tell('04')
  await line.run()
  expect(callsTo(phone)).toMatchObject([{ outcome: 'machine', said: [] }])
  expect(await attemptsOf(id, 'call')).toMatchObject([{ state: 'MACHINE' }])
  expect(await alertOf(id)).toMatchObject({ state: 'EXHAUSTED', acknowledgedBy: null })
})

test('a number that does not exist: marked, told in writing, never dialled again', async () => {
  const { id, phone, opening } = await tell('05', { channels: ['call', 'email'] })
  await line.run()
  expect(callsTo(phone)).toEqual([])
  expect(await attemptsOf(id)).toMatchObject([
    { channel: 'call', state: 'FAILED', why: expect.not.stringMatching(/\d{7}/) },
    { channel: 'email', state: 'ACCEPTED' },
  ])
  const subscription = await line.ctx.db.alertSubscription.findUniqueOrThrow({
    where: { id },
    include: { phoneContact: true },
  })
  expect(subscription.phoneContact?.suspectAt).not.toBeNull()
  const again = await makeOpening(line.ctx, { cityId: opening.cityId })
  const other = await makeSubscriber(line.ctx, again, { phone, channels: ['call'] })
  await line.fanOut(again.openingId)
  await line.run()
  expect(await attemptsOf(other.id)).toMatchObject([{ state: 'SKIPPED', why: 'the carrier knows no such number' }])
  expect(callsTo(phone)).toEqual([])
})

test('the carrier fails once in the middle: it may have dialled, so it is not asked again; they are told in writing', async () => {
  const { id, phone } = await tell('06', { channels: ['call', 'email', 'sms'] })
  await line.run(60_000)
  expect(await attemptsOf(id, 'call')).toMatchObject([{ state: 'UNKNOWN', endedAt: null }])
  await line.run(6 * 60_000)
  await reconcileAttempts(line.ctx)
  expect(callsTo(phone)).toEqual([])
  expect(await attemptsOf(id, 'call')).toMatchObject([{ state: 'UNKNOWN', step: 1 }])
  expect((await attemptsOf(id, 'call'))[0]?.endedAt).not.toBeNull()
  expect(await alertOf(id)).toMatchObject({ state: 'EXHAUSTED' })
})

test('the answer is lost, but it rings: found at the carrier and adopted, not dialled again', async () => {
  const { id, phone } = await tell('03', { channels: ['call'] })
  line.carrier.setSwitches({ loseAnswer: true })
  await line.takeDue()
  line.carrier.setSwitches({ loseAnswer: false })
  expect(await attemptsOf(id, 'call')).toMatchObject([{ state: 'UNKNOWN', providerId: null }])
  await reconcileAttempts(line.ctx)
  await line.run(60_000)
  const [call] = callsTo(phone)
  expect(await attemptsOf(id, 'call')).toMatchObject([
    { state: 'NO_ANSWER', providerId: call?.id },
    { state: 'PLANNED' },
  ])
  await line.run()
  expect(callsTo(phone)).toHaveLength(2)
})

test('a silent carrier is asked what became of it', async () => {
  const { id, phone } = await tell('08', { channels: ['call'] })
  await line.run(2 * 60_000)
  expect(await attemptsOf(id, 'call')).toMatchObject([{ state: 'ACCEPTED' }])
  await line.run(2 * 60_000)
  await reconcileAttempts(line.ctx)
  expect(await attemptsOf(id, 'call')).toMatchObject([
    { state: 'NO_ANSWER' },
    { state: 'PLANNED', template: 'call.retry' },
  ])
  await line.run(10 * 60_000)
  expect(callsTo(phone)).toHaveLength(2)
})

test('9: the number is never called again, whatever it waits for', async () => {
  const { id, phone, opening } = await tell('11', { channels: ['call'] })
  await line.run()
  expect(await alertOf(id)).toMatchObject({ state: 'OPTED_OUT' })
  const again = await makeOpening(line.ctx, { cityId: opening.cityId })
  const other = await makeSubscriber(line.ctx, again, { phone, channels: ['call', 'sms'] })
  await line.fanOut(again.openingId)
  await line.run()
  expect(callsTo(phone)).toHaveLength(1)
  expect(await attemptsOf(other.id, 'call')).toMatchObject([{ state: 'SKIPPED', why: 'opted out' }])
  expect(await attemptsOf(other.id, 'sms')).toMatchObject([{ state: 'DELIVERED' }])
})

test('2: called once more in ten minutes', async () => {
  const { id, phone } = await tell('12', { channels: ['call'] })
  await line.run(5 * 60_000)
  expect(await alertOf(id)).toMatchObject({ state: 'SNOOZED' })
  await line.run()
  const calls = callsTo(phone).toReversed()
  expect(calls).toHaveLength(2)
  expect(await attemptsOf(id, 'call')).toMatchObject([{ keys: '2' }, { keys: '2', template: 'call.snoozed' }])
  // They heard it twice; there is no third call, and no other way was chosen.
  expect(calls[1]?.said.at(-1)?.text).toMatch(/as often as we may/)
  expect(await alertOf(id)).toMatchObject({ state: 'ACKNOWLEDGED', acknowledgedBy: 'call' })
})

test('STOP to a text: no text and no call any more, one confirmation; START undoes it', async () => {
  const { id, phone, opening } = await tell('07', { channels: ['sms'] })
  await line.run()
  const texts = () => line.carrier.messages().items.filter(({ to }) => to === phone)
  expect(texts().map(({ text }) => text)).toEqual([
    expect.stringContaining('you get no more calls and texts'),
    expect.stringContaining('booking is open'),
  ])
  expect(await attemptsOf(id)).toMatchObject([{ state: 'DELIVERED' }])
  const again = await makeOpening(line.ctx, { cityId: opening.cityId })
  const other = await makeSubscriber(line.ctx, again, { phone, channels: ['sms', 'call'] })
  await line.fanOut(again.openingId)
  await line.run()
  expect(await attemptsOf(other.id)).toMatchObject([
    { state: 'SKIPPED', why: 'opted out' },
    { state: 'SKIPPED', why: 'opted out' },
  ])
  line.carrier.replyTo(texts()[0]?.id ?? '', 'Start!')
  await line.carrier.runDue()
  expect(texts()[0]?.text).toContain('alerts on this number again')
  expect(await line.ctx.db.optOut.count()).toBe(1)
})

test('two films due for one number are one call', async () => {
  const phone = phoneEnding('01')
  const one = await tell('01', { phone, channels: ['call'] })
  const other = await tell('01', { phone, channels: ['call'] })
  await line.run()
  expect(callsTo(phone)).toHaveLength(1)
  for (const { id } of [one, other]) expect(await alertOf(id)).toMatchObject({ state: 'ACKNOWLEDGED' })
  const merged = [...(await attemptsOf(one.id)), ...(await attemptsOf(other.id))]
  expect(merged.filter(({ mergedIntoId }) => mergedIntoId)).toHaveLength(1)
})

test('between two calls to one number there is a minute, and four a day are enough', async () => {
  const phone = phoneEnding('02')
  for (let film = 0; film < 4; film++) {
    await tell('02', { phone, channels: ['call', 'email'] })
    await line.run(2 * 60_000)
  }
  await line.run(60 * 60_000)
  const times = callsTo(phone)
    .map(({ placedAt }) => placedAt)
    .toSorted((a, b) => a - b)
  expect(times).toHaveLength(4)
  for (const [i, at] of times.entries()) expect(at - (times[i - 1] ?? 0)).toBeGreaterThanOrEqual(60_000)
})

test('acknowledged in the page while it rings: it is hung up, and nothing follows', async () => {
  const { id, phone } = await tell('99')
  await line.run(10_000)
  expect(callsTo(phone)).toMatchObject([{ state: 'ringing' }])
  await acknowledgeAlert(line.ctx, { alertId: (await alertOf(id)).id, by: 'link' })
  await line.run()
  expect(callsTo(phone)).toMatchObject([{ outcome: 'cancelled' }])
  expect(await alertOf(id)).toMatchObject({ state: 'ACKNOWLEDGED', acknowledgedBy: 'link' })
})

test('at night nobody is called; whoever also reads is told in writing, and texts wait for the morning', async () => {
  line.clock.set(new Date('2026-11-21T17:00:00Z')) // half past ten in the evening
  const { id, phone } = await tell('01')
  await line.run(60_000)
  expect(await attemptsOf(id)).toMatchObject([
    { channel: 'call', state: 'SKIPPED', why: 'quiet hours: told in writing instead' },
    { channel: 'email', state: 'ACCEPTED' },
    { channel: 'sms', state: 'PLANNED', why: 'quiet hours', dueAt: new Date('2026-11-22T03:30:00Z') },
  ])
  await line.run(12 * 3_600_000)
  expect(callsTo(phone)).toEqual([])
  expect(await attemptsOf(id, 'sms')).toMatchObject([{ state: 'DELIVERED' }])
})

test('deferred steps are asked again: closed by the morning, nothing goes out and they wait on', async () => {
  line.clock.set(new Date('2026-11-21T17:00:00Z'))
  const { id, opening } = await tell('01', { channels: ['sms'] })
  await line.run(60_000)
  await line.ctx.db.opening.update({ where: { id: opening.openingId }, data: { state: 'CLOSED' } })
  await line.run(12 * 3_600_000)
  expect(await attemptsOf(id)).toMatchObject([{ state: 'SKIPPED', why: 'booking is no longer open' }])
  expect(await alertOf(id)).toMatchObject({ state: 'SUPPRESSED' })
  expect(await line.ctx.db.alertSubscription.findUnique({ where: { id } })).toMatchObject({ state: 'ACTIVE' })
})

test('what is not signed by the carrier is refused; what is signed and unknown is kept', async () => {
  const { id } = await tell('99', { channels: ['call'] })
  const [attempt] = await attemptsOf(id, 'call')
  const url = `/api/voice/plivo/status/${attempt?.id}`
  const forged = await line.app.inject({ method: 'POST', url, payload: 'CallStatus=completed&RequestUUID=x' })
  expect(forged.statusCode).toBe(400)
  expect((await line.app.inject({ method: 'POST', url: url.replace('plivo', 'twilio') })).statusCode).toBe(404)
  expect(await attemptsOf(id, 'call')).toMatchObject([{ state: 'PLANNED' }])
})

test('and after all of it, every promise holds', async () => {
  expect((await checkInvariants(line.ctx)).violations).toEqual([])
})

test('the auditor sees a call after the answer, one without a receipt, and somebody who was missed', async () => {
  const { id, opening } = await tell('01', { channels: ['call'] })
  await line.run()
  const alert = await alertOf(id)
  await line.ctx.db.alertAttempt.create({
    data: {
      id: newId(),
      alertId: alert.id,
      channel: 'call',
      step: 2,
      state: 'BUSY',
      dueAt: line.clock.now(),
      sentAt: line.clock.now(),
      position: 1,
    },
  })
  const missed = await makeSubscriber(line.ctx, opening)
  await line.ctx.pool.query(
    `UPDATE subscription_watches SET armed_at = now() - interval '2 days' WHERE subscription_id = $1`,
    [missed.id],
  )
  await line.ctx.pool.query(`UPDATE alert_subscriptions SET updated_at = now() - interval '2 days' WHERE id = $1`, [
    missed.id,
  ])
  await line.ctx.pool.query(`UPDATE openings SET fanned_out_at = now() WHERE id = $1`, [opening.openingId])
  const { violations } = await checkInvariants(line.ctx)
  expect(violations.map(({ invariant, detail }) => `${invariant} ${detail.split(':')[0]}`)).toEqual([
    'I21 a call after the alert was answered',
    'I21 a second call without a receipt that says busy or no answer, and without a snooze',
    'I23 somebody who waited was not told',
  ])
})
