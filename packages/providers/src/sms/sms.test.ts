import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createConsoleSms } from './console.ts'
import { createPlivoSms } from './plivo.ts'
import { SmsError, type SmsSender } from './sms-sender.ts'
import { createTwilioSms } from './twilio.ts'

// The wire is real, the other end is ours: each test says what it answers.

const text = 'Marquee: 204816 is your code. Don’t share it.'
const message = { to: '+919876543210', text, idempotencyKey: '0197c1f0-0000-7000-8000-000000000001' }

type Asked = { method: string; url: string; headers: IncomingMessage['headers']; body: string }
let server: Server | undefined
const open: SmsSender[] = []
afterEach(async () => {
  server?.closeAllConnections()
  server?.close()
  for (const sender of open.splice(0)) await sender.close()
})

async function listen(answer: (response: ServerResponse) => void) {
  const calls: Asked[] = []
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    calls.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
    answer(response)
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return { calls, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
const json = (status: number, body: object) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

const timeoutMs = 300
const twilio = (baseUrl: string, from = '+15550100') =>
  keep(createTwilioSms({ accountSid: 'AC1', authToken: 'token', from, baseUrl, timeoutMs }))
const plivo = (baseUrl: string) =>
  keep(createPlivoSms({ authId: 'MA1', authToken: 'token', from: 'MARQUE', baseUrl, timeoutMs }))
const keep = <T extends SmsSender>(sender: T) => {
  open.push(sender)
  return sender
}
async function refusal(sending: Promise<unknown>) {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(SmsError)
  return error as SmsError
}

test('Twilio: one form with our keys, text and number whole', async () => {
  const { calls, baseUrl } = await listen(json(201, { sid: 'SM1', status: 'queued' }))
  expect(await twilio(baseUrl).send(message)).toEqual({ providerMessageId: 'SM1', carrier: 'twilio' })
  expect(calls).toHaveLength(1)
  expect(calls[0]).toMatchObject({ method: 'POST', url: '/2010-04-01/Accounts/AC1/Messages.json' })
  expect(calls[0]?.headers.authorization).toBe(`Basic ${Buffer.from('AC1:token').toString('base64')}`)
  expect(Object.fromEntries(new URLSearchParams(calls[0]?.body))).toEqual({
    To: '+919876543210',
    From: '+15550100',
    Body: text,
  })
})

test('Twilio: a messaging service is named as one', async () => {
  const { calls, baseUrl } = await listen(json(201, { sid: 'SM1' }))
  await twilio(baseUrl, 'MG7').send(message)
  expect(new URLSearchParams(calls[0]?.body).get('MessagingServiceSid')).toBe('MG7')
  expect(new URLSearchParams(calls[0]?.body).has('From')).toBe(false)
})

test('Plivo: one JSON body with our keys', async () => {
  const { calls, baseUrl } = await listen(json(202, { message: 'message(s) queued', message_uuid: ['u1'] }))
  expect(await plivo(baseUrl).send(message)).toEqual({ providerMessageId: 'u1', carrier: 'plivo' })
  expect(calls[0]).toMatchObject({ method: 'POST', url: '/v1/Account/MA1/Message/' })
  expect(JSON.parse(calls[0]?.body ?? '')).toEqual({ src: 'MARQUE', dst: '+919876543210', text })
  expect(calls[0]?.headers.authorization).toBe(`Basic ${Buffer.from('MA1:token').toString('base64')}`)
})

const both = [
  ['Twilio', twilio],
  ['Plivo', plivo],
] as const

test.each(both)(
  '%s: a number refused is final, keys refused are ours to mend, told to wait is worth it',
  async (_n, make) => {
    const told = { code: 21_211, message: 'not a number', error: 'not a number' }
    for (const [status, expected] of [
      [400, { retry: false, ours: false }],
      [401, { retry: false, ours: true }],
      [429, { retry: true, ours: false }],
    ] as const) {
      const { baseUrl } = await listen(json(status, told))
      const error = await refusal(make(baseUrl).send(message))
      expect(error).toMatchObject(expected)
      expect(error.message).toMatch(/not a number/)
      expect(error.message).not.toContain('204816')
      server?.close()
    }
  },
)

test.each(both)('%s: once it is on its way nothing repeats it, whatever becomes of the answer', async (_n, make) => {
  const ends: [string, (response: ServerResponse) => void][] = [
    ['cut off', (response) => void response.destroy()],
    ['a fault of theirs', json(503, {})],
    ['unreadable', (response) => void response.writeHead(200).end('<html>')],
    ['no answer at all', () => {}],
  ]
  for (const [what, answer] of ends) {
    const { calls, baseUrl } = await listen(answer)
    expect(await refusal(make(baseUrl).send(message)), what).toMatchObject({ retry: false })
    expect(calls, what).toHaveLength(1)
    server?.closeAllConnections()
    server?.close()
  }
})

test.each(both)('%s: never reached, it is worth another try', async (_n, make) => {
  const { baseUrl } = await listen(json(200, {}))
  await new Promise((resolve) => server?.close(resolve))
  expect(await refusal(make(baseUrl).send(message))).toMatchObject({ retry: true })
})

test('the console captures, and says so when it cannot', async () => {
  const captured: object[] = []
  const sender = createConsoleSms(async (sms) => {
    captured.push(sms)
    return { id: 'one' }
  })
  expect(await sender.send(message)).toEqual({ providerMessageId: 'console-one', carrier: null })
  expect(captured).toEqual([{ channel: 'sms', recipient: message.to, text, idempotencyKey: message.idempotencyKey }])
  const broken = createConsoleSms(() => Promise.reject(new Error('no database')))
  expect(await refusal(broken.send(message))).toMatchObject({ retry: true })
})
