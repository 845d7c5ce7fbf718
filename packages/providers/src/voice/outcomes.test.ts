import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createVoice } from './failover.ts'
import { createPlivoVoice } from './plivo.ts'
import { createTwilioVoice } from './twilio.ts'
import { type CallRequest, type VoiceCaller, VoiceError } from './voice-caller.ts'

// The wire is real, the other end is ours: each test says what it answers, and counts how often it was asked.

type Asked = { method: string; url: string; body: string }
const servers: Server[] = []
const callers: VoiceCaller[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
  for (const caller of callers.splice(0)) await caller.close()
})

async function listen(answer: (response: ServerResponse) => void) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString()
    asked.push({ method: request.method ?? '', url: request.url ?? '', body })
    answer(response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { asked, server, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
const json = (status: number, body: object) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

const keys = { authToken: 'token', from: '+15005550006', timeoutMs: 200 }
const make = {
  plivo: (baseUrl: string) => createPlivoVoice({ authId: 'MA1', ...keys, baseUrl }),
  twilio: (baseUrl: string) => createTwilioVoice({ accountSid: 'AC1', ...keys, baseUrl }),
}
const taken = { plivo: { request_uuid: 'u1', message: 'call fired' }, twilio: { sid: 'CA1', status: 'queued' } }
const invalid = {
  plivo: { error: '919876543205 is not a valid phone number' },
  twilio: { code: 21_211, message: 'The phone number is not valid.' },
}
const sender = {
  plivo: { error: 'from parameter is not a number of yours' },
  twilio: { code: 21_210, message: 'not verified for your account' },
}
const open = (name: 'plivo' | 'twilio', baseUrl: string) => {
  const caller = make[name](baseUrl)
  callers.push(caller)
  return caller
}

const call: CallRequest = {
  to: '+919876543210',
  answerUrl: 'https://tickets.example/{carrier}/answer',
  statusUrl: 'https://tickets.example/{carrier}/status',
  ringSeconds: 25,
  limitSeconds: 90,
}
async function failure(placing: Promise<unknown>): Promise<VoiceError> {
  const error = await placing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(VoiceError)
  return error as VoiceError
}

describe.each(['plivo', 'twilio'] as const)('%s', (name) => {
  test('is asked once, and its id is ours', async () => {
    const { asked, baseUrl } = await listen(json(201, taken[name]))
    expect(await open(name, baseUrl).place(call)).toEqual({ providerCallId: name === 'plivo' ? 'u1' : 'CA1' })
    expect(asked).toHaveLength(1)
    expect(asked[0]?.method).toBe('POST')
  })

  test.each([
    ['told to wait', 429, {}, { outcome: 'not-sent', ours: false }],
    ['keys refused', 401, {}, { outcome: 'not-sent', ours: true }],
    ['an empty account', 402, {}, { outcome: 'not-sent', ours: true }],
    ['forbidden', 403, {}, { outcome: 'not-sent', ours: true }],
    ['a number there is not', 400, invalid[name], { outcome: 'refused', ours: false }],
    ['a sender that is not ours', 400, sender[name], { outcome: 'not-sent', ours: true }],
    ['no such account', 404, {}, { outcome: 'not-sent', ours: true }],
    ['it gave up waiting for us', 408, {}, { outcome: 'unknown', ours: false }],
    ['a conflict', 409, {}, { outcome: 'unknown', ours: false }],
    ['a fault of theirs', 500, {}, { outcome: 'unknown', ours: false }],
    ['overloaded', 503, {}, { outcome: 'unknown', ours: false }],
    ['sent elsewhere', 302, {}, { outcome: 'unknown', ours: false }],
    ['taken without an id', 201, { message: 'call fired' }, { outcome: 'unknown', ours: false }],
  ])('%s (%i)', async (_what, status, body, expected) => {
    const { asked, baseUrl } = await listen(json(status, body))
    expect(await failure(open(name, baseUrl).place(call))).toMatchObject({ ...expected, carrier: name })
    expect(asked).toHaveLength(1)
  })

  test('what goes into a log names nobody', async () => {
    for (const body of [invalid[name], { error: '+919876543210?', code: 21_211, message: '+919876543210?' }]) {
      const { baseUrl } = await listen(json(400, body))
      const { message } = await failure(open(name, baseUrl).place(call))
      expect(message).not.toMatch(/\d{6}/)
      expect(message).toMatch(name === 'plivo' ? /valid|…\?/ : /21211: (The phone|…)/)
    }
  })

  test('once it is on its way nobody knows, and nothing repeats it, whatever becomes of the answer', async () => {
    const ends: [string, (response: ServerResponse) => void][] = [
      ['cut off', (response) => void response.destroy()],
      [
        'cut off in the middle',
        (response) => void response.writeHead(201, { 'content-length': 99 }).write('{"sid"', () => response.destroy()),
      ],
      ['unreadable', (response) => void response.writeHead(201).end('<html>')],
      ['too much', (response) => void response.writeHead(201).end('x'.repeat(2_000_000))],
      ['no answer at all', () => {}],
    ]
    for (const [what, answer] of ends) {
      const { asked, baseUrl } = await listen(answer)
      expect(await failure(open(name, baseUrl).place(call)), what).toMatchObject({ outcome: 'unknown', ours: false })
      expect(asked, what).toHaveLength(1)
    }
  })

  test('never reached: certainly not sent', async () => {
    const { server, baseUrl } = await listen(json(201, taken[name]))
    await new Promise((resolve) => server.close(resolve))
    expect(await failure(open(name, baseUrl).place(call))).toMatchObject({ outcome: 'not-sent', ours: false })
    const nowhere = open(name, 'http://carrier.invalid')
    expect(await failure(nowhere.place(call))).toMatchObject({ outcome: 'not-sent' })
  })

  test('a question that fails leaves it unknown; a call it has not heard of is none', async () => {
    const { baseUrl } = await listen(json(503, {}))
    expect(await failure(open(name, baseUrl).look('u1'))).toMatchObject({ outcome: 'unknown' })
    expect(await failure(open(name, baseUrl).find(call.to, new Date(0), new Date()))).toMatchObject({
      outcome: 'unknown',
    })
    const none = await listen(json(404, {}))
    expect(await open(name, none.baseUrl).look('u1')).toBeNull()
    await open(name, none.baseUrl).hangUp('u1')
  })
})

describe('failover', () => {
  const both = async (first: (response: ServerResponse) => void, second = json(201, taken.twilio)) => {
    const [one, other] = [await listen(first), await listen(second)]
    const voice = createVoice([open('plivo', one.baseUrl), open('twilio', other.baseUrl)])
    return { voice, one, other }
  }

  test('the first one that takes it, with addresses of its own', async () => {
    const { voice, one, other } = await both(json(201, taken.plivo))
    expect(await voice.place(call)).toEqual({ carrier: 'plivo', providerCallId: 'u1' })
    expect(JSON.parse(one.asked[0]?.body ?? '')).toMatchObject({ answer_url: 'https://tickets.example/plivo/answer' })
    expect(other.asked).toEqual([])
    expect(voice.carrier('twilio')?.name).toBe('twilio')
    expect(voice.carrier('dev')).toBeUndefined()
  })

  test.each([429, 401, 402])('the next one when the first certainly placed nothing (%i)', async (status) => {
    const { voice, other } = await both(json(status, {}))
    expect(await voice.place(call)).toEqual({ carrier: 'twilio', providerCallId: 'CA1' })
    expect(new URLSearchParams(other.asked[0]?.body).get('Url')).toBe('https://tickets.example/twilio/answer')
  })

  test.each([
    ['it may be ringing', json(500, {}), 'unknown'],
    ['the answer was lost', (response: ServerResponse) => void response.destroy(), 'unknown'],
    ['the number is refused', json(400, invalid.plivo), 'refused'],
  ])('nobody else when %s', async (_what, answer, outcome) => {
    const { voice, other } = await both(answer)
    expect(await failure(voice.place(call))).toMatchObject({ outcome, carrier: 'plivo' })
    expect(other.asked).toEqual([])
  })

  test('none takes it: the last refusal; a fault of our own is never taken for "not sent"', async () => {
    const { voice } = await both(json(429, {}), json(401, {}))
    expect(await failure(voice.place(call))).toMatchObject({ outcome: 'not-sent', ours: true, carrier: 'twilio' })
    const broken = { ...open('plivo', 'http://127.0.0.1:9'), place: () => Promise.reject(new TypeError('x')) }
    expect(await failure(createVoice([broken]).place(call))).toMatchObject({ outcome: 'unknown', carrier: 'plivo' })
    expect(await failure(createVoice([]).place(call))).toMatchObject({ outcome: 'not-sent', ours: true })
  })
})
