import { VoiceError } from '@marquee/providers/voice/voice-caller'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../../clock.ts'
import { checkInvariants } from '../../invariants/check-invariants.ts'
import type { Queues } from '../../jobs/queues.ts'
import { type TestContext, testContext } from '../../testing/services.ts'
import { type MadeOpening, makeOpening, makeSession, makeSubscriber, phoneEnding } from '../../testing/waiting.ts'
import { findOrCreateContact } from '../contacts/contact-points.ts'
import { hashContact } from '../contacts/seal.ts'
import { deleteAlert } from '../delete-alert.ts'
import { endSubscription } from '../end-subscription.ts'
import { manageToken } from '../links/manage-token.ts'
import { pauseAlert } from '../pause-alert.ts'
import { acknowledgeAlert } from './acknowledge-alert.ts'
import { answerCall } from './answer-call.ts'
import { fanOutOpening } from './fan-out-opening.ts'
import { placeCall } from './place-call.ts'
import { pressKey } from './press-key.ts'
import { receiveCallEvent } from './receive-call-event.ts'
import { receiveInboundSms } from './receive-inbound-sms.ts'
import { receiveSmsReceipt } from './receive-sms-receipt.ts'
import { reconcileAttempts } from './reconcile-attempts.ts'
import { sendMessage } from './send-message.ts'
import { snoozeAlert } from './snooze-alert.ts'

// Between an opening and a step of its ladder the world goes on.

const NO_QUEUES = { byName: {}, ready: false, close: async () => {} } as unknown as Queues
const clock = manualClock('2026-11-21T06:00:00Z')
let ctx: TestContext & { queues: Queues }
beforeAll(async () => {
  ctx = { ...(await testContext({ clock })), queues: NO_QUEUES }
})
afterAll(() => ctx.close())
beforeEach(() => {
  clock.set(new Date('2026-11-21T06:00:00Z'))
  ctx.voice.failWith(null)
})

const fanOut = ({ openingId }: MadeOpening) => fanOutOpening(ctx, { openingId })
const alertsOf = (subscriptionId: string) =>
  ctx.db.alert.findMany({ where: { subscriptionId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
const attemptsOf = (subscriptionId: string) =>
  ctx.db.alertAttempt.findMany({
    where: { alert: { subscriptionId } },
    orderBy: [{ alert: { createdAt: 'asc' } }, { channel: 'asc' }, { step: 'asc' }],
  })
const take = async (subscriptionId: string) => {
  for (const { id, channel, state, dueAt } of await attemptsOf(subscriptionId))
    if (state === 'PLANNED' && dueAt <= clock.now())
      await (channel === 'call' ? placeCall : sendMessage)(ctx, { attemptId: id })
}
const stateOf = async (id: string) => (await ctx.db.alertSubscription.findUniqueOrThrow({ where: { id } })).state
const sell = (opening: MadeOpening, sessions: MadeOpening['sessions']) =>
  ctx.db.watch.update({ where: { id: opening.watchId }, data: { sessions } })
const textsTo = (phone: string) => ctx.sms.sent.filter(({ to }) => to === phone).map(({ text }) => text)
const callsTo = (phone: string) => ctx.voice.placed.filter(({ to }) => to === phone)
const news = { answeredBy: null, key: null, cause: null, invalidNumber: false, durationSeconds: 1 }

const NIGHT = new Date('2026-11-21T17:00:00Z')
const MORNING = new Date('2026-11-22T04:00:00Z')
const named = (name: string) => makeSession(NIGHT, { cinema: { siteId: name, name } })

test('the showing that was told of is gone by the morning: the next one that matches is told of instead', async () => {
  clock.set(NIGHT)
  const [gone, dubbed, next] = [named('Gone'), { ...named('Dubbed'), language: 'Hindi' }, named('Next')]
  const opening = await makeOpening(ctx, { sessions: [gone, dubbed, next] })
  const { id, phone } = await makeSubscriber(ctx, opening, {
    channels: ['sms', 'call'],
    filters: { languages: ['Telugu'] },
  })
  await fanOut(opening)
  await take(id)
  expect(textsTo(phone)).toEqual([])
  await sell(opening, [{ ...gone, bookable: false }, dubbed, next])
  clock.set(MORNING)
  await take(id)
  expect(textsTo(phone)).toEqual([expect.stringContaining(', Next.')])
  expect((await alertsOf(id)).map(({ session }) => session)).toMatchObject([{ siteId: next.siteId }])
})

test('none is left that matches: they wait on, and hear of the next one of the same opening', async () => {
  clock.set(NIGHT)
  const first = named('First')
  const opening = await makeOpening(ctx, { sessions: [first] })
  const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['sms'] })
  await fanOut(opening)
  await take(id)
  await sell(opening, [{ ...first, bookable: false }])
  clock.set(MORNING)
  await take(id)
  expect([await stateOf(id), textsTo(phone)]).toEqual(['ACTIVE', []])
  await sell(opening, [{ ...first, bookable: false }, named('Second')])
  expect(await fanOut(opening)).toEqual({ told: 1 })
  expect(await fanOut(opening)).toEqual({ told: 0 })
  await take(id)
  expect(textsTo(phone)).toEqual([expect.stringContaining(', Second.')])
  expect((await alertsOf(id)).map(({ state }) => state)).toEqual(['SUPPRESSED', 'EXHAUSTED'])
})

test('other filters meanwhile: they hear of what they wait for now', async () => {
  clock.set(NIGHT)
  const [one, other] = [named('One'), { ...named('Other'), language: 'Hindi' }]
  const opening = await makeOpening(ctx, { sessions: [one, other] })
  const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['sms'] })
  await fanOut(opening)
  await take(id)
  await ctx.db.alertSubscription.update({ where: { id }, data: { filters: { languages: ['Hindi'] } } })
  clock.set(MORNING)
  await take(id)
  expect(textsTo(phone)).toEqual([expect.stringContaining(', Other.')])
})

test('seats back on two sites at the same moment are one piece of news', async () => {
  const one = await makeOpening(ctx, { kind: 'SEATS_BACK' })
  const other = await makeOpening(ctx, { kind: 'SEATS_BACK', cityId: one.cityId })
  const { id } = await makeSubscriber(ctx, one, { seatsBack: true })
  await ctx.db.subscriptionWatch.create({
    data: { subscriptionId: id, watchId: other.watchId, armedAt: clock.now() },
  })
  await Promise.all([fanOut(one), fanOut(other)])
  expect(await alertsOf(id)).toHaveLength(1)
  expect((await checkInvariants(ctx)).violations.filter(({ invariant }) => invariant === 'I23')).toEqual([])
  // Later it is news again.
  clock.advance(60 * 60_000)
  const again = await makeOpening(ctx, { kind: 'SEATS_BACK', cityId: one.cityId })
  await ctx.db.subscriptionWatch.create({ data: { subscriptionId: id, watchId: again.watchId, armedAt: clock.now() } })
  await fanOut(again)
  expect(await alertsOf(id)).toHaveLength(2)
})

test('another number meanwhile: the old one is neither called nor texted, the new one is', async () => {
  clock.set(NIGHT)
  const opening = await makeOpening(ctx)
  const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['sms', 'call'] })
  await fanOut(opening)
  await take(id)
  const fresh = phoneEnding('01')
  await ctx.db.$transaction(async (tx) => {
    const contact = await findOrCreateContact(tx, ctx, { kind: 'phone', value: fresh, verifiedAt: clock.now() })
    await tx.alertSubscription.update({ where: { id }, data: { phoneContactId: contact.id } })
    await tx.consent.updateMany({ where: { subscriptionId: id }, data: { contactId: contact.id } })
  })
  clock.set(MORNING)
  await take(id)
  expect([textsTo(phone), callsTo(phone)]).toEqual([[], []])
  expect(textsTo(fresh)).toHaveLength(1)
})

test('put off after a call of which nobody knows: in writing, never dialled again', async () => {
  const opening = await makeOpening(ctx)
  const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['call', 'sms'] })
  await fanOut(opening)
  ctx.voice.failWith(new VoiceError('no answer', 'unknown', { carrier: 'plivo' }))
  ctx.voice.unknownArrives(false)
  const [call] = await attemptsOf(id)
  await placeCall(ctx, { attemptId: call!.id })
  ctx.voice.failWith(null)
  ctx.voice.unknownArrives(true)
  // Put off while the call is being dialled, as far as anybody knows then.
  const [alert] = await alertsOf(id)
  await ctx.db.alertAttempt.update({ where: { id: call!.id }, data: { state: 'SENDING' } })
  await snoozeAlert(ctx, { alertId: alert!.id, until: new Date(clock.now().getTime() + 10 * 60_000) })
  clock.advance(9 * 60_000)
  await reconcileAttempts(ctx)
  clock.advance(2 * 60_000)
  await take(id)
  expect(callsTo(phone)).toEqual([])
  expect(textsTo(phone)).toHaveLength(1)
})

test.each(['busy', 'no-answer'] as const)(
  '%s, said of a call in which our words were fetched: nobody calls again',
  async (status) => {
    for (const late of [true, false]) {
      const opening = await makeOpening(ctx)
      const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['call', 'email'] })
      await fanOut(opening)
      const [call] = await attemptsOf(id)
      await placeCall(ctx, { attemptId: call!.id })
      const { providerCallId } = callsTo(phone)[0]!
      const attemptId = call!.id
      const words = () =>
        answerCall(ctx, {
          provider: 'plivo',
          attemptId,
          event: { ...news, providerCallId, status: 'answered', sequence: 'answered' },
        })
      const said = () =>
        receiveCallEvent(ctx, {
          provider: 'plivo',
          attemptId,
          event: { ...news, providerCallId, status, sequence: status },
        })
      await (late ? words() : said())
      await (late ? said() : words())
      clock.advance(5 * 60_000)
      await take(id)
      expect(callsTo(phone)).toHaveLength(1)
    }
  },
)

test.each([pauseAlert, deleteAlert])('paused or deleted while it rings: the phone stops (%#)', async (verb) => {
  const opening = await makeOpening(ctx)
  const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['call'] })
  await fanOut(opening)
  await take(id)
  const { phoneContact } = await ctx.db.alertSubscription.findUniqueOrThrow({
    where: { id },
    select: { phoneContact: true },
  })
  const token = manageToken(ctx, phoneContact!, clock.now())
  await verb(ctx, { asker: { actor: { kind: 'anonymous' }, token }, alertId: id })
  expect(ctx.voice.hungUp).toContain(callsTo(phone)[0]?.providerCallId)
})

test('answered in another way while the carrier is being asked: what it then rings is hung up', async () => {
  const opening = await makeOpening(ctx)
  const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['call'] })
  await fanOut(opening)
  const [call] = await attemptsOf(id)
  const place: typeof ctx.voice.place = async (request) => {
    await acknowledgeAlert(ctx, { alertId: call!.alertId, by: 'link' })
    return ctx.voice.place(request)
  }
  await placeCall({ ...ctx, voice: { ...ctx.voice, place } }, { attemptId: call!.id })
  expect(ctx.voice.hungUp).toContain(callsTo(phone)[0]?.providerCallId)
})

test('a receipt that names another attempt, or one that was never sent, moves nothing', async () => {
  const opening = await makeOpening(ctx)
  const [sent, waits] = [
    await makeSubscriber(ctx, opening, { channels: ['sms'] }),
    await makeSubscriber(ctx, opening, { channels: ['sms'] }),
  ]
  await fanOut(opening)
  await take(sent.id)
  const [known] = await attemptsOf(sent.id)
  const [other] = await attemptsOf(waits.id)
  const say = (providerMessageId: string) =>
    receiveSmsReceipt(ctx, {
      provider: known!.provider!,
      attemptId: other!.id,
      receipt: { providerMessageId, status: 'failed', sequence: '', error: '30003' },
    })
  await say(known!.providerId!)
  await say('never-heard-of')
  expect((await attemptsOf(sent.id))[0]).toMatchObject({ state: 'FAILED' })
  expect((await attemptsOf(waits.id))[0]).toMatchObject({ state: 'PLANNED', providerId: null })
})

test('deleted while it rings, and 9 is pressed all the same: never again holds', async () => {
  const opening = await makeOpening(ctx)
  const { id, phone } = await makeSubscriber(ctx, opening, { channels: ['call'] })
  await fanOut(opening)
  await take(id)
  const [call] = await attemptsOf(id)
  const subscription = await ctx.db.alertSubscription.findUniqueOrThrow({ where: { id } })
  await ctx.db.$transaction((tx) => endSubscription(tx, subscription, { why: 'deleted', now: clock.now() }))
  const { providerCallId } = callsTo(phone)[0]!
  const event = { ...news, providerCallId, status: null, key: '9', sequence: 'key-9' }
  await pressKey(ctx, { provider: 'plivo', attemptId: call!.id, event })
  const where = { hash: hashContact(ctx, 'phone', phone), channel: 'call' }
  expect(await ctx.db.optOut.count({ where })).toBe(1)
})

test('STOP and START in turns are obeyed each time, and answered a few times a day', async () => {
  const from = phoneEnding('01')
  const hash = hashContact(ctx, 'phone', from)
  for (let turn = 0; turn < 8; turn++) {
    const text = turn % 2 === 0 ? 'STOP' : 'START'
    await receiveInboundSms(ctx, { provider: 'plivo', message: { id: `turn-${turn}`, from, to: '+10', text } })
    expect(await ctx.db.optOut.count({ where: { hash } })).toBe(turn % 2 === 0 ? 2 : 0)
  }
  expect(textsTo(from)).toHaveLength(4)
})

test('a signature that covers no word of the message is good for one message', async () => {
  const from = phoneEnding('01')
  const hash = hashContact(ctx, 'phone', from)
  const say = (id: string, text: string, nonce: string) =>
    receiveInboundSms(ctx, { provider: 'plivo', message: { id, from, to: '+10', text, nonce } })
  await say('stop', 'STOP', 'n1')
  await say('start', 'START', 'n1')
  await say('stop', 'STOP', 'n1')
  expect(await ctx.db.optOut.count({ where: { hash } })).toBe(2)
  await say('start', 'START', 'n2')
  expect(await ctx.db.optOut.count({ where: { hash } })).toBe(0)
})
