// Plain holds are answered before a route is looked for: nobody may be able to tell, except by the clock.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import type { ErrorBody } from '@marquee/contracts/errors'
import type { SeatHold } from '@marquee/contracts/seats'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { type Ctx, createLogger } from '@marquee/core/context'
import { newId, newSecret } from '@marquee/core/ids'
import { makeShowtime, makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../app.ts'

/** A tenth of what production allows: 30 choices of seats a minute. */
const SCALE = '0.1'
type Started = {
  ctx: TestContext
  app: FastifyInstance
  port: number
  /** Where the same routes are asked without the first look. */
  plainPort: number
  /** For how many requests a route was looked for at `port`. */
  routed(): number
  /** Lines of the log from warnings on. */
  logged: Record<string, unknown>[]
  stop(): Promise<void>
}
let own: Started
let strict: Started
let direct: Started
let elsewhere: Started
beforeAll(async () => {
  own = await start({ TRUST_PROXY: 'true' })
  strict = await start({ TRUST_PROXY: 'true', RATE_LIMIT_SCALE: SCALE })
  direct = await start({ RATE_LIMIT_SCALE: SCALE })
  elsewhere = await start({ FRONTEND_ORIGIN: 'https://tickets.example' })
})
afterAll(async () => {
  for (const one of [own, strict, direct, elsewhere]) await one.stop()
})

async function start(
  env: Record<string, string>,
  more: { beforeClose?: () => Promise<void>; db?: (db: Ctx['db']) => Ctx['db'] } = {},
): Promise<Started> {
  const ctx = await testContext({ env })
  const logged: Started['logged'] = []
  const level = env.LOG_LEVEL === 'debug' ? 'debug' : 'warn'
  const log = createLogger({ logLevel: level }, { write: (line) => void logged.push(JSON.parse(line)) })
  const app = await buildApp({ ...ctx, log, db: more.db?.(ctx.db) ?? ctx.db })
  if (more.beforeClose) app.addHook('preClose', more.beforeClose)
  let routed = 0
  const [handle] = app.server.listeners('request')
  app.server.removeAllListeners('request')
  app.server.on('request', (request, response) => {
    routed += 1
    handle!.call(app.server, request, response)
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const plain = createServer((request, response) => app.routing(request, response))
  plain.keepAliveTimeout = app.server.keepAliveTimeout
  plain.listen(0, '127.0.0.1')
  await once(plain, 'listening')
  const stop = async () => {
    plain.closeAllConnections()
    plain.close()
    await app.close()
    await ctx.close()
  }
  return { ctx, app, port: portOf(app.server), plainPort: portOf(plain), routed: () => routed, logged, stop }
}
const portOf = (server: Server) => (server.address() as AddressInfo).port

type Answer = { status: number; headers: Record<string, string>; text: string }
type Asking = { path: string; headers?: Record<string, string>; body: string }
const JSON_TYPE = { 'content-type': 'application/json' }
const wireForm = ({ path, headers = {}, body }: Asking) => {
  const lines = { host: 'localhost', 'content-length': String(Buffer.byteLength(body)), ...JSON_TYPE, ...headers }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
  return `POST ${path} HTTP/1.1\r\n${head.join('')}\r\n${body}`
}
const GOODBYE = 'GET /api/health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n'

/** All answers to what is sent, until the connection ends: one too many is seen, too. `pause` comes between two parts. */
async function overTheWire(port: number, parts: string[], pause?: () => Promise<unknown>): Promise<Answer[]> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = once(socket, 'close')
  for (const [i, part] of parts.entries()) {
    const goOn = i < parts.length - 1 ? pause?.() : undefined
    socket.write(i < parts.length - 1 ? part : part + GOODBYE)
    await goOn
  }
  await ended
  const answers = readAnswers(Buffer.concat(chunks))
  return answers.at(-1)?.text.includes('"status"') ? answers.slice(0, -1) : answers
}
function readAnswers(heard: Buffer): Answer[] {
  const end = heard.indexOf('\r\n\r\n')
  if (end < 0) return []
  const [first = '', ...lines] = heard.toString('latin1', 0, end).split('\r\n')
  const pairs = lines.map((line) => [line.split(': ', 1)[0]!.toLowerCase(), line.slice(line.indexOf(': ') + 2)])
  const headers: Record<string, string> = Object.fromEntries(pairs)
  const size = end + 4 + Number(headers['content-length'])
  const text = heard.toString('utf8', end + 4, size)
  return [{ status: Number(first.split(' ')[1]), headers, text }, ...readAnswers(heard.subarray(size))]
}

/** The one answer to this. */
async function ask(port: number, asking: Asking): Promise<Answer> {
  const answers = await overTheWire(port, [wireForm(asking)])
  expect(answers).toHaveLength(1)
  return answers[0]!
}
/** Once past all routes and once through them. */
async function bothWays({ port, plainPort, routed }: Started, asking: Asking) {
  const before = routed()
  const quick = await ask(port, asking)
  // The health check at the end of each connection goes through the routes.
  const wasRouted = routed() - before > (quick.headers.connection === 'close' ? 0 : 1)
  return { quick, ordinary: await ask(plainPort, asking), wasRouted }
}
/** Without what differs between any two answers. */
const comparable = ({ status, headers, text }: Answer) => {
  const { date: _, 'content-length': _2, ...kept } = headers
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
    const hold = JSON.parse((await ask(own.port, { path: at(id), body: seats(seatIds[4]) })).text) as SeatHold
    expect(hold.holdToken).toMatch(/^[\w-]{43}$/)
    const held = await own.app.inject({ url: at(id), headers: { 'x-hold-token': hold.holdToken } })
    expect(held.json<SeatHold>().seatIds).toEqual([seatIds[4]])
  })

  test('that the verb refuses is refused as by the route', async () => {
    const { id, seatIds } = await makeShowtime(own.ctx)
    const over = await makeShowtime(own.ctx, { startsIn: -60 })
    await ask(own.port, { path: at(id), body: seats(seatIds[0], seatIds[1]) })
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
    const answers = await overTheWire(own.port, [asked.join('')])
    expect(answers.map(({ text }) => (JSON.parse(text) as SeatHold).seatIds[0])).toEqual(seatIds.slice(0, 6))
  })

  test('leaves nothing of itself on its connection', async () => {
    const { id, seatIds } = await makeShowtime(own.ctx)
    const heard = once(own.app.server, 'request') as Promise<[IncomingMessage]>
    await ask(own.port, { path: at(id), body: seats(seatIds[0]) })
    const [request] = await heard
    expect([request.url, request.readableEnded]).toEqual([at(id), true])
  })
})

/** A database that does this before it reads a showtime. */
const withShowtimes = (db: Ctx['db'], before: () => Promise<void>) => {
  const findUnique = async (args: Parameters<typeof db.showtime.findUnique>[0]) => {
    await before()
    return db.showtime.findUnique(args)
  }
  return new Proxy(db, { get: (to, name) => (name === 'showtime' ? { findUnique } : Reflect.get(to, name)) })
}

describe('when something is wrong on our side', () => {
  const slowly = (db: Ctx['db']) => withShowtimes(db, () => wait(1_050))

  test.each([
    [503, 'UNAVAILABLE', Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })],
    [500, 'INTERNAL', new Error('a fault of ours')],
  ])('%i is said as by the route, and logged under the id the guest is told', async (status, code, cause) => {
    const broken = await start({}, { db: (db) => withShowtimes(db, () => Promise.reject(cause)) })
    const { quick, ordinary, wasRouted } = await bothWays(broken, { path: at(newId()), body: seats('A1') })
    const { error } = JSON.parse(quick.text) as ErrorBody
    expect([wasRouted, quick.status, error.code]).toEqual([false, status, code])
    expect(quick.headers['retry-after']).toBe(status === 503 ? '2' : undefined)
    expect(comparable(quick)).toEqual(comparable(ordinary))
    expect(broken.logged[0]).toMatchObject({ level: 50, code, reqId: error.requestId })
    await broken.stop()
  })

  test("a slow answer is a line in the log, with an id and without anybody's token", async () => {
    const slow = await start({}, { db: slowly })
    const { id, seatIds } = await makeShowtime(slow.ctx)
    const token = newSecret()
    await ask(slow.port, { path: at(id), headers: { 'x-hold-token': token }, body: seats(seatIds[0]) })
    expect(slow.logged[0]).toMatchObject({ msg: 'slow request', method: 'POST', path: at(id), status: 200 })
    expect(slow.logged[0]).toHaveProperty('reqId', expect.stringMatching(/^[0-9a-f]{8}-\w+$/))
    expect(JSON.stringify(slow.logged)).not.toContain(token)
    await slow.stop()
  })

  test('a log that wants every request gets this one', async () => {
    const wordy = await start({ LOG_LEVEL: 'debug' })
    const { id, seatIds } = await makeShowtime(wordy.ctx)
    await ask(wordy.port, { path: at(id), body: seats(seatIds[0]) })
    expect(wordy.logged).toContainEqual(expect.objectContaining({ msg: 'request', path: at(id), status: 200 }))
    await wordy.stop()
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

  test('a token that was ended', async () => {
    const { id, seatIds } = await makeShowtime(own.ctx)
    const user = await makeUser(own.ctx)
    const { accessToken, expiresAt } = signAccessToken(own.ctx, user)
    const asking = { path: at(id), headers: { authorization: `Bearer ${accessToken}` }, body: seats(seatIds[0]) }
    expect((await ask(own.port, asking)).status).toBe(200)
    const { jti } = own.app.actorOf(`Bearer ${accessToken}`) as { jti: string }
    await own.app.tokens.revocations.announce(jti, expiresAt)
    const { quick, ordinary } = await bothWays(own, asking)
    expect([quick.status, comparable(quick)]).toEqual([401, comparable(ordinary)])
  })

  test('a body that comes after its head, in pieces, or looks whole before it is', async () => {
    const { id, seatIds } = await makeShowtime(own.ctx)
    const cuts: [string, number][] = [
      [seats(seatIds[0]), -seats(seatIds[0]).length],
      [seats(seatIds[1]), -5],
      [`${seats(seatIds[2])}   `, -3],
    ]
    for (const [i, [body, cut]] of cuts.entries()) {
      const whole = wireForm({ path: at(id), body })
      const before = own.routed()
      const taken = async () => {
        await once(own.app.server, 'request')
        await nextTurn()
      }
      const answers = await overTheWire(own.port, [whole.slice(0, cut), whole.slice(cut)], taken)
      expect([answers.length, answers[0]?.status, own.routed() - before]).toEqual([1, 200, 2])
      expect((JSON.parse(answers[0]!.text) as SeatHold).seatIds).toEqual([seatIds[i]])
    }
  })

  test('a guest who leaves in the middle of the body holds nothing and disturbs nobody', async () => {
    const { id, seatIds } = await makeShowtime(own.ctx)
    const asking = { path: at(id), body: seats(seatIds[0]) }
    const socket = connect({ port: own.port, host: '127.0.0.1' })
    await once(socket, 'connect')
    socket.end(wireForm(asking).slice(0, -5))
    await once(socket.resume(), 'close')
    expect((await ask(own.port, asking)).status).toBe(200)
  })

  test('a guest who is gone before we look is no fault of ours', async () => {
    const { id, seatIds } = await makeShowtime(direct.ctx)
    const asked = wireForm({ path: at(id), body: seats(seatIds[0]) })
    for (const sent of [asked, GOODBYE.replace('close', 'keep-alive').replace('health', 'cities')]) {
      const socket = connect({ port: direct.port, host: '127.0.0.1' })
      await once(socket, 'connect')
      const arrived = once(direct.app.server, 'request') as Promise<[IncomingMessage]>
      socket.write(sent.repeat(5))
      socket.resetAndDestroy()
      const [request] = await arrived
      if (!request.socket.destroyed) await new Promise((resolve) => request.socket.once('close', resolve))
    }
    await nextTurn()
    expect(direct.logged).toEqual([])
  })

  test('where pages of another origin may ask, each answer says so', async () => {
    const { id, seatIds } = await makeShowtime(elsewhere.ctx)
    const headers = { origin: 'https://tickets.example' }
    const { quick, wasRouted } = await bothWays(elsewhere, { path: at(id), headers, body: seats(seatIds[0]) })
    expect([quick.status, quick.headers['access-control-allow-origin'], wasRouted]).toEqual([200, headers.origin, true])
  })
})

describe('choices are counted, whichever way they come', () => {
  test('thirty a minute from one address, then 429 and when to come back; others go on', async () => {
    const { id, seatIds } = await makeShowtime(strict.ctx)
    const from = (address: string) => ({ 'x-forwarded-for': `10.0.0.1, ${address}` })
    // The same hold again and again: only the choices are too many.
    const mine = { ...from('198.18.9.1'), 'x-hold-token': newSecret() }
    const plain = wireForm({ path: at(id), headers: mine, body: seats(seatIds[0]) })
    const loose = wireForm({ path: at(id), headers: mine, body: `${seats(seatIds[0])} ` })
    const answers = await overTheWire(strict.port, [(plain + loose).repeat(16)])
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 30 }, () => 200), 429, 429])
    expect(Number(answers.at(-2)!.headers['retry-after'])).toBeGreaterThan(50)
    const other = await ask(strict.port, { path: at(id), headers: from('198.18.9.2'), body: seats(seatIds[1]) })
    expect(other.status).toBe(200)
  })

  test('an account is counted for itself, not for its network', async () => {
    const { id, seatIds } = await makeShowtime(strict.ctx)
    const asking = (who: object, seatId: string | undefined) => {
      const headers = { 'x-forwarded-for': '198.18.9.3', 'x-hold-token': newSecret(), ...who }
      return { path: at(id), headers, body: seats(seatId) }
    }
    const one = await bearer(strict)
    const answers = await overTheWire(strict.port, [wireForm(asking(one, seatIds[0])).repeat(31)])
    expect(answers.map(({ status }) => status).slice(-2)).toEqual([200, 429])
    expect((await ask(strict.port, asking(await bearer(strict), seatIds[1]))).status).toBe(200)
  })

  test('what a guest says of their address is not believed where no proxy says it', async () => {
    const { id, seatIds } = await makeShowtime(direct.ctx)
    const token = newSecret()
    const asked = Array.from({ length: 31 }, (_, i) =>
      wireForm({
        path: at(id),
        headers: { 'x-forwarded-for': `198.18.10.${i}`, 'x-hold-token': token },
        body: seats(seatIds[0]),
      }),
    )
    expect((await overTheWire(direct.port, [asked.join('')])).at(-1)!.status).toBe(429)
  })

  test('one place begins three holds, an account three of its own', async () => {
    const { id, seatIds } = await makeShowtime(strict.ctx)
    const begin = async (seatId: string | undefined, headers: Record<string, string>) =>
      (await ask(strict.port, { path: at(id), headers, body: seats(seatId) })).status
    const statuses = async (own: Record<string, string>, from: number) => {
      const got: number[] = []
      for (let i = 0; i < 4; i++) got.push(await begin(seatIds[from + i], own))
      return got
    }
    const network = { 'x-forwarded-for': '198.18.11.1' }
    expect(await statuses(network, 0)).toEqual([200, 200, 200, 429])
    expect(await statuses({ ...network, ...(await bearer(strict)) }, 4)).toEqual([200, 200, 200, 429])
    expect(await begin(seatIds[8], { 'x-forwarded-for': '198.18.11.2' })).toBe(200)
  })
})

describe('a server that is closing', () => {
  test('takes no more holds', async () => {
    const gate = Promise.withResolvers<void>()
    const closing = await start({}, { beforeClose: () => gate.promise })
    const { id, seatIds } = await makeShowtime(closing.ctx)
    const stopped = closing.stop()
    const answer = await ask(closing.port, { path: at(id), body: seats(seatIds[0]) })
    expect([answer.status, answer.headers.connection]).toEqual([503, 'close'])
    gate.resolve()
    await stopped
  })

  test('answers what is under way and then ends the connection, instead of waiting for its guest', async () => {
    const asked = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const db = (real: Ctx['db']) =>
      withShowtimes(real, () => {
        asked.resolve()
        return goOn.promise
      })
    const closing = await start({}, { db })
    const { id, seatIds } = await makeShowtime(closing.ctx)
    const socket = connect({ port: closing.port, host: '127.0.0.1' })
    const ended = once(socket, 'close')
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk.toString()
    })
    socket.write(wireForm({ path: at(id), body: seats(seatIds[0]) }))
    await asked.promise
    const stopped = closing.stop()
    await nextTurn()
    goOn.resolve()
    await ended
    expect(heard).toMatch(/^HTTP\/1.1 200 /)
    await stopped
  })
})
