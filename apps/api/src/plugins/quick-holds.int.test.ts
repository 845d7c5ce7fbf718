// Plain holds are answered before a route is looked for: nobody may be able to tell, except by the clock.
import { once } from 'node:events'
import { connect } from 'node:net'
import type { ErrorBody } from '@marquee/contracts/errors'
import type { SeatHold } from '@marquee/contracts/seats'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { newId, newSecret } from '@marquee/core/ids'
import { makeShowtime, makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../app.ts'

/** A tenth of what production allows: 30 choices of seats a minute. */
const SCALE = '0.1'
type Started = { ctx: TestContext; app: FastifyInstance; port: number; routed(): number; stop(): Promise<void> }
let own: Started
let strict: Started
let elsewhere: Started
beforeAll(async () => {
  own = await start({ TRUST_PROXY: 'true' })
  strict = await start({ TRUST_PROXY: 'true', RATE_LIMIT_SCALE: SCALE })
  elsewhere = await start({ FRONTEND_ORIGIN: 'https://tickets.example' })
})
afterAll(async () => {
  for (const one of [own, strict, elsewhere]) await one.stop()
})

/** `routed`: how many requests a route was looked for. */
async function start(env: Record<string, string>, beforeClose = async () => {}): Promise<Started> {
  const ctx = await testContext({ env })
  const app = await buildApp(ctx)
  app.addHook('preClose', beforeClose)
  let routed = 0
  const [handle] = app.server.listeners('request')
  app.server.removeAllListeners('request')
  app.server.on('request', (request, response) => {
    routed += 1
    handle!.call(app.server, request, response)
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const stop = async () => {
    await app.close()
    await ctx.close()
  }
  return { ctx, app, port, routed: () => routed, stop }
}

type Answer = { status: number; headers: Record<string, string>; text: string }
type Asking = { path: string; headers?: Record<string, string>; body: string }
const wireForm = ({ path, headers = {}, body }: Asking) => {
  const lines = { host: 'localhost', 'content-length': String(Buffer.byteLength(body)), ...JSON_TYPE, ...headers }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
  return `POST ${path} HTTP/1.1\r\n${head.join('')}\r\n${body}`
}
const JSON_TYPE = { 'content-type': 'application/json' }

/** Sends each part in a packet of its own, `count` answers to all of them together. */
async function overTheWire(port: number, parts: string[], count = 1): Promise<Answer[]> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  const answers: Answer[] = []
  let rest = ''
  const done = new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`closed after ${answers.length} answers: ${rest}`)))
    socket.on('data', (chunk) => {
      rest += chunk.toString('utf8')
      for (let answer = firstAnswer(rest); answer; answer = firstAnswer(rest)) {
        answers.push(answer)
        rest = rest.slice(answer.size)
      }
      if (answers.length === count) resolve()
    })
  })
  for (const part of parts) {
    socket.write(part)
    // The other side has read it once it had a turn; nothing it says tells so.
    if (parts.length > 1) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await done.finally(() => socket.destroy())
  return answers
}
function firstAnswer(text: string): (Answer & { size: number }) | null {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return null
  const [first = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) =>
      line
        .toLowerCase()
        .split(/: (.*)/)
        .slice(0, 2),
    ),
  )
  const length = Number(headers['content-length'])
  const body = Buffer.from(text.slice(end + 4), 'utf8')
  if (body.length < length) return null
  const own = body.subarray(0, length).toString('utf8')
  return { status: Number(first.split(' ')[1]), headers, text: own, size: end + 4 + own.length }
}

/** Once past all routes and once through them. */
async function bothWays({ app, port, routed }: Started, asking: Asking) {
  const before = routed()
  const [quick] = await overTheWire(port, [wireForm(asking)])
  const wasRouted = routed() > before
  const { statusCode, headers, body } = await app.inject({
    method: 'POST',
    url: asking.path,
    remoteAddress: '127.0.0.1',
    headers: { ...JSON_TYPE, ...asking.headers },
    payload: asking.body,
  })
  const ordinary: Answer = {
    status: statusCode,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value).toLowerCase()])),
    text: body,
  }
  return { quick: quick!, ordinary, wasRouted }
}
/** Without what differs between any two answers. */
const comparable = ({ status, headers, text }: Answer) => {
  const { date: _, connection: _2, 'keep-alive': _3, 'content-length': _4, ...kept } = headers
  const body = text
    .replace(/"(expiresAt|now|maxExpiresAt)":"[\d-]+T[\d:.]+Z"/g, '"$1":"…"')
    .replace(/"requestId":"[^"]+"/, '"requestId":"…"')
  return { status, headers: kept, body }
}
const at = (showtimeId: string) => `/api/showtimes/${showtimeId}/holds`
const seats = (...seatIds: (string | undefined)[]) => JSON.stringify({ seatIds })
const bearer = async ({ ctx }: Started, more: { mustChangePassword?: boolean } = {}) => {
  const { id, role } = await makeUser(ctx)
  return { authorization: `Bearer ${signAccessToken(ctx, { id, role, ...more }).accessToken}` }
}

describe('a plain hold', () => {
  test.each([
    ['of somebody without an account', async () => ({})],
    ['of an account', async () => bearer(own)],
  ])('%s is answered as by the route, before it', async (_who, who) => {
    const { id, seatIds } = await makeShowtime(own.ctx)
    const headers = { ...(await who()), 'x-hold-token': newSecret() }
    const { quick, ordinary, wasRouted } = await bothWays(own, {
      path: at(id),
      headers,
      body: seats(...seatIds.slice(0, 3)),
    })
    expect(wasRouted).toBe(false)
    expect(JSON.parse(quick.text)).toMatchObject({ seatIds: seatIds.slice(0, 3), holdToken: headers['x-hold-token'] })
    expect(comparable(quick)).toEqual(comparable(ordinary))
    expect(quick.headers['cache-control']).toBe('no-store')
  })

  test('gets a token when it has none, and that token holds its seats', async () => {
    const { id, seatIds } = await makeShowtime(own.ctx)
    const [answer] = await overTheWire(own.port, [wireForm({ path: at(id), body: seats(seatIds[4]) })])
    const hold = JSON.parse(answer!.text) as SeatHold
    expect(hold.holdToken).toMatch(/^[\w-]{43}$/)
    const held = await own.app.inject({ url: at(id), headers: { 'x-hold-token': hold.holdToken } })
    expect(held.json<SeatHold>().seatIds).toEqual([seatIds[4]])
  })

  test('that the verb refuses is refused as by the route', async () => {
    const { id, seatIds } = await makeShowtime(own.ctx)
    const over = await makeShowtime(own.ctx, { startsIn: -60 })
    await overTheWire(own.port, [wireForm({ path: at(id), body: seats(seatIds[0], seatIds[1]) })])
    const asked: [number, string, Asking][] = [
      [409, 'SEATS_TAKEN', { path: at(id), body: seats(seatIds[1], seatIds[2]) }],
      [422, 'VALIDATION', { path: at(id), body: seats('ZZ99') }],
      [404, 'NOT_FOUND', { path: at(newId()), body: seats('A1') }],
      [409, 'SALES_CLOSED', { path: at(over.id), body: seats(over.seatIds[0]) }],
    ]
    for (const [status, code, asking] of asked) {
      const { quick, ordinary, wasRouted } = await bothWays(own, asking)
      const { error } = JSON.parse(quick.text) as ErrorBody
      expect([wasRouted, quick.status, error.code]).toEqual([false, status, code])
      expect(error.requestId).toMatch(/^[0-9a-f]{8}-\w+$/)
      expect(comparable(quick)).toEqual(comparable(ordinary))
    }
  })

  test('answers of one connection come in the order they were asked for', async () => {
    const { id, seatIds } = await makeShowtime(own.ctx)
    const asked = seatIds.slice(0, 6).map((seatId) => wireForm({ path: at(id), body: seats(seatId) }))
    const answers = await overTheWire(own.port, [asked.join('')], 6)
    expect(answers.map(({ text }) => (JSON.parse(text) as SeatHold).seatIds[0])).toEqual(seatIds.slice(0, 6))
  })
})

describe('what is not plain goes the ordinary way, untouched', () => {
  const unusual: [string, number, (first: string) => Partial<Asking> | Promise<Partial<Asking>>][] = [
    ['spaces in the body', 200, (first) => ({ body: `{ "seatIds": ["${first}"] }` })],
    ['more than seats', 200, (first) => ({ body: JSON.stringify({ seatIds: [first], note: 'hé' }) })],
    ['a body that is no JSON', 400, () => ({ body: '{"seatIds":["A1"' })],
    [
      'a body that would change every object',
      400,
      (first) => ({ body: `{"__proto__":{"a":1},"seatIds":["${first}"]}` }),
    ],
    ['an empty body', 400, () => ({ body: '' })],
    ['one seat twice', 422, (first) => ({ body: seats(first, first) })],
    ['no seat', 422, () => ({ body: seats() })],
    ['a longer body', 422, () => ({ body: seats(...Array.from({ length: 51 }, (_, i) => `A${i + 1}`)) })],
    ['another type', 415, (first) => ({ headers: { 'content-type': 'text/xml' }, body: seats(first) })],
    ['a hold token that is none', 422, (first) => ({ headers: { 'x-hold-token': 'mine' }, body: seats(first) })],
    ['a showtime that is none', 422, (first) => ({ path: at('mine'), body: seats(first) })],
    ['a token of nobody', 401, (first) => ({ headers: { authorization: 'Bearer mine' }, body: seats(first) })],
    ['a scheme of its own', 401, (first) => ({ headers: { authorization: 'Basic bTp5' }, body: seats(first) })],
    [
      'somebody who has to choose a password first',
      403,
      async (first) => ({ headers: await bearer(own, { mustChangePassword: true }), body: seats(first) }),
    ],
  ]
  test.each(unusual)('%s: %i', async (_what, status, form) => {
    const { id, seatIds } = await makeShowtime(own.ctx)
    const holdToken = { 'x-hold-token': newSecret() }
    const { headers, ...asking } = { body: '', path: at(id), ...(await form(seatIds[0] ?? '')) }
    const { quick, ordinary, wasRouted } = await bothWays(own, { ...asking, headers: { ...holdToken, ...headers } })
    expect([wasRouted, quick.status]).toEqual([true, status])
    expect(comparable(quick)).toEqual(comparable(ordinary))
  })

  test('a body that comes after its head, or in pieces', async () => {
    const { id, seatIds } = await makeShowtime(own.ctx)
    for (const [i, cut] of [-18, -5].entries()) {
      const whole = wireForm({ path: at(id), body: seats(seatIds[i]) })
      const before = own.routed()
      const [answer] = await overTheWire(own.port, [whole.slice(0, cut), whole.slice(cut)])
      expect([answer!.status, own.routed() - before]).toEqual([200, 1])
      expect((JSON.parse(answer!.text) as SeatHold).seatIds).toEqual([seatIds[i]])
    }
  })

  test('a guest who leaves in the middle of the body holds nothing and disturbs nobody', async () => {
    const { id, seatIds } = await makeShowtime(own.ctx)
    const asking = wireForm({ path: at(id), body: seats(seatIds[0]) })
    const socket = connect({ port: own.port, host: '127.0.0.1' })
    await once(socket, 'connect')
    socket.end(asking.slice(0, -5))
    await once(socket.resume(), 'close')
    const [answer] = await overTheWire(own.port, [asking])
    expect(answer!.status).toBe(200)
  })

  test('where pages of another origin may ask, each answer says so', async () => {
    const { id, seatIds } = await makeShowtime(elsewhere.ctx)
    const before = elsewhere.routed()
    const headers = { origin: 'https://tickets.example' }
    const [answer] = await overTheWire(elsewhere.port, [wireForm({ path: at(id), headers, body: seats(seatIds[0]) })])
    expect([answer!.status, answer!.headers['access-control-allow-origin']]).toEqual([200, 'https://tickets.example'])
    expect(elsewhere.routed() - before).toBe(1)
  })
})

describe('choices are counted, whichever way they come', () => {
  test('thirty a minute from one address, then 429 and when to come back; others go on', async () => {
    const { id, seatIds } = await makeShowtime(strict.ctx)
    const from = (address: string) => ({ 'x-forwarded-for': `10.0.0.1, ${address}` })
    // The same hold again and again: only the choices are too many.
    const mine = { ...from('198.18.9.1'), 'x-hold-token': newSecret() }
    const asking = wireForm({ path: at(id), headers: mine, body: seats(seatIds[0]) })
    const loose = wireForm({ path: at(id), headers: mine, body: `${seats(seatIds[0])} ` })
    const answers = await overTheWire(strict.port, [(asking + loose).repeat(16)], 32)
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 30 }, () => 200), 429, 429])
    expect(Number(answers.at(-2)!.headers['retry-after'])).toBeGreaterThan(50)
    const [other] = await overTheWire(strict.port, [
      wireForm({ path: at(id), headers: from('198.18.9.2'), body: seats(seatIds[1]) }),
    ])
    expect(other!.status).toBe(200)
  })

  test('an account is counted for itself, not for its network', async () => {
    const { id, seatIds } = await makeShowtime(strict.ctx)
    const from = { 'x-forwarded-for': '198.18.9.3' }
    const [one, two] = [await bearer(strict), await bearer(strict)]
    const ask = (who: object) =>
      wireForm({ path: at(id), headers: { ...from, 'x-hold-token': newSecret(), ...who }, body: seats(seatIds[0]) })
    const answers = await overTheWire(strict.port, [ask(one).repeat(31)], 31)
    expect(answers.map(({ status }) => status).slice(-2)).toEqual([200, 429])
    const [next] = await overTheWire(strict.port, [ask(two)])
    expect(next!.status).toBe(409)
  })
})

test('a server that is closing takes no more holds', async () => {
  const gate = Promise.withResolvers<void>()
  const closing = await start({}, () => gate.promise)
  const { id, seatIds } = await makeShowtime(closing.ctx)
  const stopped = closing.stop()
  const [answer] = await overTheWire(closing.port, [wireForm({ path: at(id), body: seats(seatIds[0]) })])
  expect([answer!.status, answer!.headers.connection]).toEqual([503, 'close'])
  gate.resolve()
  await stopped
})
