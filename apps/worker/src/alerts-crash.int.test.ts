// The worker dies at every step between an opening and a call. The next one tells whoever is left, and the carrier's own
// books say that no phone rang twice.
import { randomInt } from 'node:crypto'
import { reconcileAttempts } from '@marquee/core/alerts/delivery/reconcile-attempts'
import type { CrashPoint } from '@marquee/core/context'
import { checkInvariants } from '@marquee/core/invariants/check-invariants'
import { openQueues } from '@marquee/core/jobs/queues'
import { makeOpening, makeSubscriber } from '@marquee/core/testing/waiting'
import { listen } from '@marquee/providers/carrier-simulator/listen'
import { createCarrierSimulator } from '@marquee/providers/carrier-simulator/simulator'
import { openVoice } from '@marquee/providers/open-vendors'
import type { Voice } from '@marquee/providers/voice/voice-caller'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { eventually } from '../../../scripts/testing/eventually.ts'
import { type House, openHouse } from '../../../scripts/testing/house.ts'
import { KILLED } from '../../../scripts/testing/sale.ts'

vi.setConfig({ testTimeout: 60_000 })
let house: House
let carrier: ReturnType<typeof createCarrierSimulator>
let voice: Voice
let wire: Awaited<ReturnType<typeof listen>>
beforeAll(async () => {
  house = await openHouse({ VOICE_CALLS_PER_SECOND: '100', JOB_LOCK_MS: '400' })
  const { authId, authToken } = house.ctx.config.devCarrier.keys
  carrier = createCarrierSimulator({
    file: ':memory:',
    production: false,
    accounts: { plivo: { authId, authToken } },
    inboundUrl: `${house.base}/api/sms/{carrier}/inbound`,
    // Twenty seconds of words take a fifth of one.
    speed: 100,
  })
  wire = await listen(carrier)
  const { devCarrier } = house.ctx.config
  voice = openVoice({ voice: { ...house.ctx.config.voice, baseUrl: wire.baseUrl }, devCarrier })
  Object.assign(house.processEnv, { VOICE_BASE_URL: wire.baseUrl, SMS_BASE_URL: wire.baseUrl })
  carrier.start()
  await house.api()
})
afterEach(() => house.running.worker?.kill())
afterAll(async () => {
  await house.close()
  await voice.close()
  await carrier.stop()
  wire.close()
})

/** Where it is about noon now: calls are placed at any hour these tests are run. */
function zoneAtNoon(): string {
  const ahead = 12 - new Date().getUTCHours()
  return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}
const phoneEnding = (ending: string) => `+1202${randomInt(10_000, 100_000)}${ending}`

/** Some who wait, and the commit that opens what they wait for. */
async function open(channels: ('call' | 'sms')[], endings: string[]) {
  const opening = await makeOpening(house.ctx)
  const people = []
  for (const ending of endings)
    people.push(
      await makeSubscriber(house.ctx, opening, { channels, phone: phoneEnding(ending), timeZone: zoneAtNoon() }),
    )
  const { openingId } = opening
  await house.ctx.db.outboxEvent.create({
    data: { key: `opening.fan-out:${openingId}:first`, topic: 'opening.fan-out', payload: { openingId } },
  })
  return { openingId, people }
}
const alertsOf = (openingId: string) =>
  house.ctx.db.alert.findMany({ where: { openingId }, include: { attempts: true } })
const callsTo = (to: string) => carrier.calls({ to }).items
const died = async () => expect(await house.running.worker?.ended).toEqual(KILLED)

/** As the schedule would, so much later. */
const reconcileAfter = (ms: number) =>
  reconcileAttempts({ ...house.ctx, voice, clock: { now: () => new Date(Date.now() + ms) } })

/** The dead worker's job has come to the next one, which was done with it. */
async function takenAgain(queue: 'calls' | 'notify', attemptId: string) {
  const queues = openQueues(house.ctx.config, house.ctx.log)
  await eventually(() => queues.ready)
  await eventually(async () => {
    const jobs = await queues.byName[queue].getCompleted()
    return jobs.some((job) => (job.data as { attemptId?: string }).attemptId === attemptId)
  }, 10_000)
  await queues.close()
}
const attemptOf = async (openingId: string) => (await alertsOf(openingId))[0]!.attempts[0]!

test('killed in the middle of telling, and again before the line is marked as given out: everybody is called, once', async () => {
  const steps: CrashPoint[] = ['opening:before-commit', 'alert:before-queue']
  house.worker(steps[0])
  const { openingId, people } = await open(['call'], ['01', '01', '01'])
  await died()
  house.worker(steps[1])
  await died()
  house.worker()
  await eventually(async () => {
    const alerts = await alertsOf(openingId)
    expect(alerts.map(({ state }) => state)).toEqual(['ACKNOWLEDGED', 'ACKNOWLEDGED', 'ACKNOWLEDGED'])
  }, 20_000)
  for (const { phone } of people) expect(callsTo(phone)).toHaveLength(1)
  const opening = await house.ctx.db.opening.findUniqueOrThrow({ where: { id: openingId } })
  expect(opening.fannedOutAt).not.toBeNull()
})

test.each(['opening:after-batch', 'alert:after-accepted'] satisfies CrashPoint[])(
  'at %s: called once',
  async (point) => {
    house.worker(point)
    const { openingId, people } = await open(['call'], ['01'])
    await died()
    house.worker()
    await eventually(async () => expect((await alertsOf(openingId))[0]?.state).toBe('ACKNOWLEDGED'), 20_000)
    expect(callsTo(people[0]!.phone)).toHaveLength(1)
  },
)

test('at alert:after-intent: nobody knows whether it rings, so nobody dials; the carrier is asked, then it is unknown', async () => {
  house.worker('alert:after-intent')
  const { openingId, people } = await open(['call'], ['01'])
  await died()
  house.worker()
  await takenAgain('calls', (await attemptOf(openingId)).id)
  expect(await attemptOf(openingId)).toMatchObject({ state: 'SENDING', providerId: null })
  await reconcileAfter(70_000)
  expect(await attemptOf(openingId)).toMatchObject({ state: 'SENDING', endedAt: null })
  await reconcileAfter(6 * 60_000)
  expect((await alertsOf(openingId))[0]).toMatchObject({ state: 'EXHAUSTED', attempts: [{ state: 'UNKNOWN' }] })
  expect(callsTo(people[0]!.phone)).toEqual([])
})

test('at alert:after-vendor: the call that rings is found at the carrier, and not dialled again', async () => {
  house.worker('alert:after-vendor')
  // The carrier says nothing by itself: only asking finds what became of it.
  const { openingId, people } = await open(['call'], ['08'])
  await died()
  house.worker()
  await takenAgain('calls', (await attemptOf(openingId)).id)
  const { phone } = people[0]!
  await eventually(() => callsTo(phone)[0]?.state === 'ended')
  await reconcileAfter(70_000)
  expect(await attemptOf(openingId)).toMatchObject({ state: 'NO_ANSWER', providerId: callsTo(phone)[0]?.id })
  expect(callsTo(phone)).toHaveLength(1)
})

test('a text whose worker died stays unknown, or is known by its receipt: it is not sent twice', async () => {
  house.worker('alert:after-vendor')
  const { openingId, people } = await open(['sms'], ['99'])
  await died()
  house.worker()
  await takenAgain('notify', (await attemptOf(openingId)).id)
  await reconcileAfter(70_000)
  expect(['UNKNOWN', 'ACCEPTED', 'DELIVERED']).toContain((await attemptOf(openingId)).state)
  const { phone } = people[0]!
  expect(carrier.messages({ limit: 500 }).items.filter(({ to }) => to === phone)).toHaveLength(1)
})

test('after all of it every promise holds', async () => {
  expect((await checkInvariants(house.ctx)).violations).toEqual([])
})
