import { makeOpening, makeSubscriber, phoneEnding } from '@marquee/core/testing/waiting'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTelephone, type Telephone } from '../../../../scripts/testing/telephone.ts'
import { buildApp } from '../app.ts'

// The same way as through Plivo, in Twilio's protocol: what differs is the words, the signature, and who hangs up.

let line: Telephone
beforeAll(async () => {
  const keys = { TWILIO_ACCOUNT_SID: 'AC-test', TWILIO_AUTH_TOKEN: 'a token of the test', TWILIO_FROM: '+15005550006' }
  const env = { ...keys, TWILIO_VOICE_FROM: '+15005550006', VOICE_PROVIDERS: 'twilio', SMS_PROVIDER: 'twilio' }
  line = await openTelephone({ build: buildApp, env })
})
afterAll(() => line.close())

async function tell(ending: string, phone = phoneEnding(ending)) {
  const opening = await makeOpening(line.ctx, { title: 'Tom & <Jerry>' })
  const { id } = await makeSubscriber(line.ctx, opening, { phone })
  await line.fanOut(opening.openingId)
  await line.run()
  return { id, phone, calls: line.carrier.calls({ to: phone }).items }
}
const attemptsOf = (subscriptionId: string, channel: string) =>
  line.ctx.db.alertAttempt.findMany({ where: { alert: { subscriptionId }, channel }, orderBy: { step: 'asc' } })

test('it rings, speaks, takes 1, and everything stops; the text is delivered', async () => {
  const { id, calls } = await tell('01')
  expect(calls).toMatchObject([{ carrier: 'twilio', outcome: 'hung-up-by-script', keys: [{ key: '1', taken: true }] }])
  expect(calls[0]?.receipts.every(({ answered }) => answered === 204)).toBe(true)
  expect(await line.ctx.db.alert.findFirst({ where: { subscriptionId: id } })).toMatchObject({ state: 'ACKNOWLEDGED' })
  expect(await attemptsOf(id, 'call')).toMatchObject([{ provider: 'twilio', state: 'DELIVERED', keys: '1' }])
  expect(await attemptsOf(id, 'sms')).toMatchObject([{ provider: 'twilio', state: 'DELIVERED' }])
})

test('a machine is hung up on by us, and is not called again', async () => {
  const { calls } = await tell('04')
  expect(calls).toMatchObject([{ outcome: 'hung-up-by-request', answeredBy: 'machine' }])
})

test('busy: once more, and not a third time', async () => {
  const { calls } = await tell('02')
  expect(calls.map(({ outcome }) => outcome)).toEqual(['busy', 'busy'])
})

test('somebody who writes STOP is not called or texted again', async () => {
  const first = await tell('07')
  expect(first.calls).toHaveLength(1)
  const again = await tell('07', first.phone)
  expect(again.calls).toHaveLength(1)
  expect(await attemptsOf(again.id, 'sms')).toMatchObject([{ state: 'SKIPPED', why: 'opted out' }])
})
