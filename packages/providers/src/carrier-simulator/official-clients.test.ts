import plivo from 'plivo'
import twilio from 'twilio'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Listening, listen } from './listen.ts'
import { type CarrierSimulator, createCarrierSimulator } from './simulator.ts'

// The vendors' own clients must be content with our simulator: it speaks as their servers do, not as we imagine.

const clock = { at: Date.parse('2026-11-21T14:00:00Z') }
const accounts = {
  plivo: { authId: 'MAEXAMPLE'.padEnd(20, '0'), authToken: 'plivo-token' },
  twilio: { accountSid: `AC${'e'.repeat(32)}`, authToken: 'twilio-token' },
}
const from = '+14155550100'
let simulator: CarrierSimulator
let carrier: Listening
beforeAll(async () => {
  simulator = createCarrierSimulator({ file: ':memory:', production: false, accounts, now: () => clock.at })
  carrier = await listen(simulator)
})
afterAll(async () => {
  carrier.close()
  await simulator.stop()
})

/** Its client has no setting for the address; the one hook is what sends the request. */
class Elsewhere extends twilio.RequestClient {
  override request<T>(options: { uri: string }) {
    const there = { ...options, uri: options.uri.replace('https://api.twilio.com', carrier.baseUrl) }
    return super.request<T>(there as Parameters<typeof twilio.RequestClient.prototype.request<T>>[0])
  }
}
const theirs = () =>
  twilio(accounts.twilio.accountSid, accounts.twilio.authToken, { httpClient: new Elsewhere({ timeout: 2_000 }) })

test('Twilio: a call is made, fetched, listed and ended', async () => {
  const client = theirs()
  const to = '+919876540003'
  const made = await client.calls.create({
    to,
    from,
    url: 'http://127.0.0.1:9/',
    timeout: 20,
    machineDetection: 'Enable',
  })
  expect(made).toMatchObject({ to, from, status: 'queued', direction: 'outbound-api', endTime: null })
  expect(made.sid).toMatch(/^CA[0-9a-f]{32}$/)
  expect(made.dateCreated.getTime()).toBe(clock.at)
  clock.at += 1_000
  await simulator.runDue()
  expect((await client.calls(made.sid).fetch()).status).toBe('ringing')
  expect((await client.calls.list({ to, limit: 5 })).map(({ sid }) => sid)).toEqual([made.sid])
  expect((await client.calls(made.sid).update({ status: 'completed' })).status).toBe('canceled')
  await expect(client.calls(made.sid).update({ status: 'completed' })).rejects.toMatchObject({
    status: 400,
    code: 21_220,
  })
  await expect(client.calls(`CA${'0'.repeat(32)}`).fetch()).rejects.toMatchObject({ status: 404, code: 20_404 })
})

test('Twilio: a text is sent and fetched; what is wrong has its numbers', async () => {
  const client = theirs()
  const made = await client.messages.create({ to: '+919876540001', from, body: 'Tom & Jerry 🎬' })
  expect(made).toMatchObject({ body: 'Tom & Jerry 🎬', status: 'queued' })
  clock.at += 5_000
  await simulator.runDue()
  clock.at += 5_000
  await simulator.runDue()
  expect((await client.messages(made.sid).fetch()).status).toBe('delivered')
  const call = { from, url: 'http://127.0.0.1:9/' }
  await expect(client.calls.create({ ...call, to: '+919876540005' })).rejects.toMatchObject({
    status: 400,
    code: 21_211,
  })
  const stranger = twilio(accounts.twilio.accountSid, 'wrong', { httpClient: new Elsewhere({ timeout: 2_000 }) })
  await expect(stranger.calls.create({ ...call, to: '+919876540001' })).rejects.toMatchObject({
    status: 401,
    code: 20_003,
  })
})

test('Plivo: a text is sent', async () => {
  const { authId, authToken } = accounts.plivo
  const client = new plivo.Client(authId, authToken, {
    url: `${carrier.baseUrl}/v1/Account/${authId}`,
    timeout: 2_000,
  } as never)
  const made = await client.messages.create(from, '+919876540001', 'Tom & Jerry 🎬')
  expect(made.messageUuid).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)])
  expect(simulator.messages().items[0]).toMatchObject({ carrier: 'plivo', text: 'Tom & Jerry 🎬' })
})
