import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, describe, expect, test } from 'vitest'
import { createCarrierSimulator } from './simulator.ts'
import { openShop } from './test-shop.ts'

// Our own clients speak to it over HTTP, and it calls a server back; only time is ours.

type Shop = Awaited<ReturnType<typeof openShop>>
const open: Shop[] = []
afterEach(async () => {
  for (const shop of open.splice(0)) await shop.close()
})
async function shopOf(...given: Parameters<typeof openShop>) {
  const shop = await openShop(...given)
  open.push(shop)
  return shop
}
const number = (ending: string) => `+9198765400${ending}`
const statuses = ({ events }: Shop) => events.map(({ status }) => status)
const booked = ({ simulator }: Shop) => simulator.calls().items

describe.each(['plivo', 'twilio'] as const)('%s', (wire) => {
  test('somebody answers, listens, and presses 1; nothing more is said', async () => {
    const shop = await shopOf(wire)
    const { carrier, providerCallId } = await shop.call(number('01'))
    expect(carrier).toBe(wire)
    await shop.run()
    expect(shop.refused).toEqual([])
    expect(new Set(shop.events.map((event) => event.providerCallId))).toEqual(new Set([providerCallId]))
    expect(shop.events.find(({ key }) => key)).toMatchObject({ key: '1' })
    expect(statuses(shop).at(-1)).toBe('completed')
    expect(shop.events.at(-1)?.durationSeconds).toBeGreaterThan(1)
    const [call] = booked(shop)
    expect(call).toMatchObject({ to: number('01'), state: 'ended', outcome: 'hung-up-by-script', answeredBy: 'human' })
    expect(call?.said.map(({ text }) => text)).toEqual([
      'This is Marquee. Booking is open for Tom & <Jerry>.',
      'Press 1 to stop, 9 to never call again.',
      'Thank you.',
    ])
    expect(call?.keys).toMatchObject([{ key: '1', taken: true }])
    expect(call?.receipts.every(({ answered }) => answered === 200)).toBe(true)
    expect(await shop.caller.look(providerCallId)).toMatchObject({ to: number('01'), status: 'completed' })
  })

  test.each([
    ['02', 'busy'],
    ['03', 'no-answer'],
  ])('%s: %s, said once, and looked up the same', async (ending, status) => {
    const shop = await shopOf(wire)
    const { providerCallId } = await shop.call(number(ending), 20)
    expect(await shop.caller.look(providerCallId)).toMatchObject({ status: 'queued' })
    await shop.run(shop.clock.at + 1_000)
    expect(await shop.caller.look(providerCallId)).toMatchObject({ status: 'ringing' })
    await shop.run()
    expect(statuses(shop).filter((one) => one === status)).toHaveLength(1)
    expect(statuses(shop)).not.toContain('answered')
    expect(booked(shop)[0]?.said).toEqual([])
    expect(await shop.caller.look(providerCallId)).toMatchObject({ status })
  })

  test('04: a machine is told of, and nobody presses anything', async () => {
    const shop = await shopOf(wire)
    await shop.call(number('04'))
    await shop.run()
    expect(shop.events.some(({ answeredBy }) => answeredBy === 'machine')).toBe(true)
    expect(statuses(shop).at(-1)).toBe('completed')
    expect(booked(shop)[0]).toMatchObject({ answeredBy: 'machine', keys: [] })
    // Plivo was asked to hang up by itself, before a word.
    if (wire === 'plivo') expect(booked(shop)[0]).toMatchObject({ outcome: 'machine', said: [] })
  })

  test('05: refused at once, for good, and in no book', async () => {
    const shop = await shopOf(wire)
    await expect(shop.call(number('05'))).rejects.toMatchObject({ outcome: 'refused', ours: false, carrier: wire })
    expect(booked(shop)).toEqual([])
  })

  test('06: one failure of theirs, of which nobody can say what it did; then fine', async () => {
    const shop = await shopOf(wire)
    const before = new Date(shop.clock.at)
    await expect(shop.call(number('06'))).rejects.toMatchObject({ outcome: 'unknown', carrier: wire })
    expect(await shop.caller.find(number('06'), before, new Date(shop.clock.at + 5_000))).toEqual([])
    await shop.call(number('06'))
    await shop.run()
    expect(booked(shop)).toMatchObject([{ outcome: 'hung-up-by-script' }])
  })

  test('08: taken on, and never heard of again; asked, the carrier knows', async () => {
    const shop = await shopOf(wire)
    const { providerCallId } = await shop.call(number('08'))
    await shop.run()
    expect(shop.events).toEqual([])
    expect(await shop.caller.look(providerCallId)).toMatchObject({ status: 'no-answer' })
  })

  test('09: everything three times, each signed anew', async () => {
    const shop = await shopOf(wire)
    await shop.call(number('09'))
    await shop.run()
    expect(shop.refused).toEqual([])
    const times = Map.groupBy(shop.events, ({ sequence, status, key }) => `${sequence} ${status} ${key}`)
    expect([...times.values()].every((same) => same.length === 3)).toBe(true)
    expect(shop.events.filter(({ key }) => key === '1')).toHaveLength(3)
    expect(booked(shop)).toHaveLength(1)
  })

  test('10: the end is told first, what came before it last', async () => {
    const shop = await shopOf(wire)
    await shop.call(number('10'))
    await shop.run()
    const told = shop.events.filter(({ key, status }) => key === null && status !== 'answered' && status !== null)
    expect(told[0]?.status).toBe('completed')
    expect(told.at(-1)?.status).toBe(wire === 'plivo' ? 'ringing' : 'queued')
  })

  test.each([
    ['11', '9'],
    ['12', '2'],
  ])('%s: presses %s', async (ending, key) => {
    const shop = await shopOf(wire)
    await shop.call(number(ending))
    await shop.run()
    expect(shop.events.find((event) => event.key)).toMatchObject({ key })
  })

  test('a phone somebody holds rings until it is answered, hears, and takes a key', async () => {
    const shop = await shopOf(wire)
    const { providerCallId: id } = await shop.call('+919876543299', 40)
    await shop.run(shop.clock.at + 10_000)
    expect(shop.simulator.call(id)).toMatchObject({ state: 'ringing', ringsUntil: expect.any(Number) })
    expect(shop.simulator.pressKey(id, '1')).toBeUndefined()
    expect(shop.simulator.answerCall(id)).toMatchObject({ state: 'ringing' })
    await shop.run(shop.clock.at + 100)
    expect(shop.simulator.call(id)).toMatchObject({
      state: 'in-progress',
      said: [{ text: expect.stringMatching(/Marquee/) }],
      listensFor: null,
    })
    // Pressed too early: nobody listens yet.
    expect(shop.simulator.pressKey(id, '1')?.keys).toMatchObject([{ key: '1', taken: false }])
    await shop.run(shop.clock.at + 4_000)
    expect(shop.simulator.call(id)?.listensFor).toContain('1')
    shop.simulator.pressKey(id, '1')
    await shop.run()
    expect(shop.events.filter(({ key }) => key === '1')).toHaveLength(1)
    expect(shop.simulator.call(id)).toMatchObject({ outcome: 'hung-up-by-script', answeredBy: 'human' })
    expect(shop.simulator.answerCall(id)).toBeUndefined()
  })

  test('declined, hung up, let ring, and cut at the limit', async () => {
    const shop = await shopOf(wire)
    const held = '+919876543299'
    const declined = (await shop.call(held)).providerCallId
    await shop.run(shop.clock.at + 1_000)
    expect(shop.simulator.declineCall(declined)).toMatchObject({ outcome: 'declined' })
    const left = (await shop.call(held, 15)).providerCallId
    await shop.run()
    const dropped = (await shop.call(held)).providerCallId
    await shop.run(shop.clock.at + 1_000)
    shop.simulator.answerCall(dropped)
    await shop.run(shop.clock.at + 1_000)
    expect(shop.simulator.hangUpByPerson(dropped)).toMatchObject({ outcome: 'hung-up-by-person' })
    const long = (await shop.call(held, 30, 3)).providerCallId
    await shop.run(shop.clock.at + 1_000)
    shop.simulator.answerCall(long)
    await shop.run()
    const became = async (id: string) => (await shop.caller.look(id))?.status
    expect([await became(declined), await became(left), await became(dropped), await became(long)]).toEqual([
      'busy',
      'no-answer',
      'completed',
      'completed',
    ])
    const cut = shop.simulator.call(long)
    expect(cut).toMatchObject({ outcome: 'limit' })
    expect(cut!.endedAt! - cut!.answeredAt!).toBe(3_000)
  })

  test('we hang up: before the answer it is cancelled, after it completed; a second time is fine', async () => {
    const shop = await shopOf(wire)
    const early = (await shop.call('+919876543299')).providerCallId
    await shop.caller.hangUp(early)
    const late = (await shop.call(number('01'))).providerCallId
    await shop.run(shop.clock.at + 3_500)
    await shop.caller.hangUp(late)
    await shop.caller.hangUp(late)
    await shop.run()
    expect(await shop.caller.look(early)).toMatchObject({ status: 'cancelled' })
    expect(await shop.caller.look(late)).toMatchObject({ status: 'completed' })
    expect(shop.events.some(({ key }) => key)).toBe(false)
  })

  test('a key that is never pressed: what follows is said, and it ends', async () => {
    const shop = await shopOf(wire)
    await shop.call(number('07'))
    await shop.run()
    expect(booked(shop)[0]).toMatchObject({ outcome: 'end-of-words', keys: [], said: [{}, {}, { text: 'Goodbye.' }] })
  })

  test.each([
    ['no XML at all', 200, '{"say":"hello"}', 'answer-unreadable'],
    ['a verb there is not', 200, '<Response><Sing>la</Sing></Response>', 'answer-unreadable'],
    ['an ampersand left bare', 200, '<Response><Hangup/>Tom & Jerry</Response>', 'answer-unreadable'],
    ['cut in the middle', 200, '<Response><Hangup/>', 'answer-unreadable'],
    ['a failure of ours', 500, '', 'answer-unreachable'],
  ])('an answer that is %s ends the call as the vendor would', async (_what, status, body, outcome) => {
    const shop = await shopOf(wire)
    shop.shop.answerWith = { status, body }
    await shop.call(number('01'))
    await shop.run()
    expect(booked(shop)[0]).toMatchObject({ outcome, said: [], detail: expect.any(String) })
    expect(statuses(shop).at(-1)).toBe(wire === 'plivo' ? 'failed' : 'completed')
  })

  test('a callback that is not taken comes again', async () => {
    const shop = await shopOf(wire)
    shop.shop.failures = [503, 503]
    await shop.call(number('02'))
    await shop.run()
    const [first] = booked(shop)[0]?.receipts ?? []
    expect(first).toMatchObject({ answered: 200, attempts: 3 })
  })

  test('a lost answer: the call is there, and is found by its number and time', async () => {
    const shop = await shopOf(wire)
    const before = new Date(shop.clock.at)
    shop.simulator.setSwitches({ loseAnswer: true })
    await expect(shop.call(number('01'))).rejects.toMatchObject({ outcome: 'unknown' })
    shop.simulator.setSwitches({ loseAnswer: false })
    const look = () => shop.caller.find(number('01'), before, new Date(shop.clock.at + 1_000))
    expect(await look()).toMatchObject([{ status: 'queued', to: number('01') }])
    await shop.run(shop.clock.at + 1_000)
    expect(await look()).toMatchObject([{ status: 'ringing' }])
    await shop.run()
    expect(await look()).toMatchObject([{ status: 'completed', providerCallId: booked(shop)[0]?.id }])
    const later = new Date(shop.clock.at + 60_000)
    expect(await shop.caller.find(number('01'), later, later)).toEqual([])
    expect(await shop.caller.find(number('02'), before, later)).toEqual([])
  })

  test('down: nobody can know; too quick: certainly not placed; wrong keys: ours to mend', async () => {
    const shop = await shopOf(wire, { perSecond: 1 })
    shop.simulator.setSwitches({ down: true })
    await expect(shop.call(number('01'))).rejects.toMatchObject({ outcome: 'unknown' })
    shop.simulator.setSwitches({ down: false })
    await shop.call(number('01'))
    await shop.call(number('02'))
    await expect(shop.call(number('03'))).rejects.toMatchObject({ outcome: 'not-sent', ours: false })
    shop.clock.at += 1_000
    await shop.call(number('03'))
    expect(shop.simulator.calls().total).toBe(3)
    const stranger = await shopOf(wire, {
      accounts: { plivo: { authId: 'MA-test', authToken: 'x' }, twilio: { accountSid: 'AC-test', authToken: 'x' } },
    })
    await expect(stranger.call(number('01'))).rejects.toMatchObject({ outcome: 'not-sent', ours: true })
  })
})

test('the books outlive the process, and a call goes on where it was', async () => {
  const folder = mkdtempSync(`${tmpdir()}/carrier-`)
  const file = `${folder}/books.sqlite`
  const first = await openShop('plivo', { file })
  const { providerCallId } = await first.call(number('03'), 20)
  await first.run(first.clock.at + 1_000)
  await first.close()
  const second = await shopOf('plivo', { file })
  expect(second.simulator.call(providerCallId)).toMatchObject({ state: 'ringing' })
  await second.run()
  expect(second.simulator.call(providerCallId)).toMatchObject({ outcome: 'no-answer' })
  await second.close()
  open.splice(0)
  rmSync(folder, { recursive: true })
})

test('whoever shares the books acts on its own calls only, and anybody can pick up', async () => {
  const folder = mkdtempSync(`${tmpdir()}/carrier-`)
  const [one, other] = [
    await openShop('plivo', { file: `${folder}/books.sqlite`, home: 'one' }),
    await openShop('plivo', { file: `${folder}/books.sqlite`, home: 'other' }),
  ]
  const { providerCallId: id } = await one.call('+919876543299')
  expect(other.simulator.nextDueAt()).toBeNull()
  await one.run(one.clock.at + 1_000)
  other.clock.at = one.clock.at
  expect(other.simulator.declineCall(id)).toMatchObject({ outcome: 'declined' })
  await other.run()
  expect(one.events.map(({ status }) => status)).toEqual(['ringing'])
  await one.run()
  expect(one.events.map(({ status }) => status)).toEqual(['ringing', 'busy'])
  expect(other.events).toEqual([])
  await one.close()
  await other.close()
  rmSync(folder, { recursive: true })
})

test('with timers of its own it needs nobody to move the clock', async () => {
  const shop = await shopOf('plivo', { now: Date.now, speed: 2_000 })
  const ended = Promise.withResolvers<void>()
  const watching = setInterval(() => {
    if (booked(shop)[0]?.state === 'ended') ended.resolve()
  }, 5)
  shop.simulator.start()
  await shop.call(number('01'))
  await ended.promise
  clearInterval(watching)
  expect(booked(shop)[0]).toMatchObject({ outcome: 'hung-up-by-script', keys: [{ key: '1' }] })
})

test('production has none', () => {
  expect(() => createCarrierSimulator({ file: ':memory:', accounts: {}, production: true })).toThrow(/production/)
})
