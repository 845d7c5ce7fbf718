import { expect, test } from 'vitest'
import { createSms } from './failover.ts'
import { type SmsCarrier, SmsError, type SmsMessage } from './sms-sender.ts'

const message = { to: '+919876543210', text: 'words', idempotencyKey: 'k', statusUrl: 'https://x.example/{carrier}/s' }

function carrier(name: 'plivo' | 'twilio', failure?: Error) {
  const sent: SmsMessage[] = []
  const own: SmsCarrier = {
    name,
    async send(given) {
      sent.push(given)
      if (failure) throw failure
      return { providerMessageId: `${name}-1`, carrier: name }
    },
    carrier: () => own,
    readReceipt: () => ({ providerMessageId: '', status: 'queued', sequence: '', error: null }),
    readInbound: () => ({ from: '', to: '', text: '', id: '' }),
    async close() {},
  }
  return { own, sent }
}

test('the first one that takes it, with an address of its own', async () => {
  const [one, other] = [carrier('plivo'), carrier('twilio')]
  const sms = createSms([one.own, other.own])
  expect(await sms.send(message)).toEqual({ providerMessageId: 'plivo-1', carrier: 'plivo' })
  expect(one.sent).toMatchObject([{ statusUrl: 'https://x.example/plivo/s' }])
  expect(other.sent).toEqual([])
  expect(sms.carrier('twilio')).toBe(other.own)
})

test.each([
  ['told to wait', new SmsError('x', true)],
  ['keys refused', new SmsError('x', false, { ours: true })],
])('%s: the next one', async (_what, failure) => {
  const [one, other] = [carrier('plivo', failure), carrier('twilio')]
  expect(await createSms([one.own, other.own]).send(message)).toMatchObject({ carrier: 'twilio' })
  expect(other.sent).toMatchObject([{ statusUrl: 'https://x.example/twilio/s' }])
})

test.each([
  ['it may have gone out', new SmsError('x', false)],
  ['the text is refused', new SmsError('x', false, { refused: true })],
  ['a fault of our own', new TypeError('x')],
])('%s: nobody else', async (_what, failure) => {
  const [one, other] = [carrier('plivo', failure), carrier('twilio')]
  await expect(createSms([one.own, other.own]).send(message)).rejects.toBe(failure)
  expect(other.sent).toEqual([])
})

test('none takes it: the last refusal', async () => {
  const [first, last] = [new SmsError('first', true), new SmsError('last', true)]
  const sms = createSms([carrier('plivo', first).own, carrier('twilio', last).own])
  await expect(sms.send(message)).rejects.toBe(last)
  await expect(createSms([]).send(message)).rejects.toMatchObject({ ours: true })
})
