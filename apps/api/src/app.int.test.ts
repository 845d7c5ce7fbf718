import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ErrorBody } from '@marquee/contracts/errors'
import { Health } from '@marquee/contracts/health'
import { readConfig } from '@marquee/core/config'
import { beatWorker } from '@marquee/core/health/beat-worker'
import { newId } from '@marquee/core/ids'
import { captureMessage } from '@marquee/core/notifications/capture-message'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { buildApp } from './app.ts'

/** A machine that is short of everything has kept us still for so long. */
const STALL_MS = 4_000

let ctx: TestContext
let app: FastifyInstance
let base: string
beforeAll(async () => {
  const dist = await mkdtemp(join(tmpdir(), 'web-'))
  await mkdir(join(dist, 'assets'))
  await mkdir(join(dist, 'posters'))
  await writeFile(join(dist, 'index.html'), '<!doctype html><title>Marquee</title>')
  await writeFile(join(dist, 'assets/app-abc123.js'), 'console.log(1)')
  await writeFile(join(dist, 'assets/app-abc123.js.br'), 'not really brotli')
  await writeFile(join(dist, 'posters/film.webp'), 'picture')
  await writeFile(join(dist, '.secret'), 'secret')
  ctx = await testContext({
    env: { WEB_DIST: dist, FRONTEND_ORIGIN: 'https://tickets.example, http://localhost:5173/' },
  })
  app = await buildApp(ctx)
  // Faults that no route of ours has on purpose.
  app.get('/api/test/fault', async () => {
    throw new Error('secret detail of a fault')
  })
  app.get(
    '/api/test/answer',
    { schema: { hide: true, response: { 200: z.object({ n: z.number() }) } } },
    async () => ({ n: 'secret text' }) as never,
  )
  base = await app.listen({ port: 0 })
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})

const call = (path: string, init?: RequestInit) => fetch(base + path, init)
const register = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  call('/api/auth/register', { method: 'POST', headers, body })

async function problem(answer: Response) {
  const { error } = ErrorBody.strict().parse(await answer.json())
  return {
    status: answer.status,
    code: error.code,
    fields: error.details?.fields?.map((f) => f.field),
    message: error.message,
  }
}

describe('errors have one form', () => {
  test('each bad field by its name', async () => {
    const answer = await problem(await register(JSON.stringify({ name: ' ', email: 'asha', password: 7 })))
    expect(answer).toMatchObject({ status: 422, code: 'VALIDATION', fields: ['name', 'email', 'password', 'proof'] })
  })
  test('a body that is no object', async () => {
    expect(await problem(await register('[]'))).toMatchObject({ status: 422, code: 'VALIDATION', fields: ['body'] })
    expect(await problem(await register('null'))).toMatchObject({ status: 422, code: 'VALIDATION' })
  })
  test('malformed, empty and poisoned JSON', async () => {
    for (const body of ['{"name":', '', '{"__proto__":{"role":"admin"}}', '{"constructor":{"prototype":{}}}']) {
      expect(await problem(await register(body))).toMatchObject({ status: 400, code: 'VALIDATION' })
    }
  })
  test('another media type', async () => {
    expect(await problem(await register('<a/>', { 'content-type': 'application/xml' }))).toMatchObject({
      status: 415,
      code: 'VALIDATION',
    })
  })
  test('too large, before it is read', async () => {
    expect(await problem(await register(JSON.stringify({ name: 'x'.repeat(70_000) })))).toMatchObject({
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
    })
  })
  test('deeply nested', async () => {
    expect((await problem(await register('['.repeat(30_000) + ']'.repeat(30_000)))).status).toBe(422)
  })
  test('addresses that are not there, for machines and below /api', async () => {
    expect(await problem(await call('/api/nothing', { headers: { accept: 'text/html' } }))).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    })
    expect(await problem(await call('/nothing'))).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    expect(await problem(await call('/api/auth/me', { method: 'DELETE' }))).toMatchObject({ status: 404 })
    expect(await problem(await call('/api/%zz'))).toMatchObject({ status: 400 })
    expect(await problem(await call(`/api/dev/outbox/${'a'.repeat(200)}/attachments/0`))).toMatchObject({ status: 404 })
  })
  test('a fault of ours tells nothing of itself', async () => {
    for (const path of ['/api/test/fault', '/api/test/answer']) {
      const answer = await problem(await call(path))
      expect(answer).toMatchObject({ status: 500, code: 'INTERNAL' })
      expect(JSON.stringify(answer)).not.toContain('secret')
    }
  })
})

describe('cross-origin', () => {
  const allowed = async (origin: string, init: RequestInit = {}) => {
    const answer = await call('/api/cors-test', {
      ...init,
      headers: { origin, 'access-control-request-method': 'POST' },
    })
    return [
      answer.status,
      answer.headers.get('access-control-allow-origin'),
      answer.headers.get('access-control-allow-credentials'),
    ]
  }
  test('the listed origins, with credentials', async () => {
    expect(await allowed('https://tickets.example')).toEqual([200, 'https://tickets.example', 'true'])
    expect(await allowed('http://localhost:5173', { method: 'OPTIONS' })).toEqual([
      204,
      'http://localhost:5173',
      'true',
    ])
    const answer = await call('/api/cors-test', { headers: { origin: 'http://localhost:5173' } })
    expect(await answer.json()).toEqual({ message: 'CORS is working', origin: 'http://localhost:5173', allowed: true })
    const pageOrData = await call('/theatres', { headers: { accept: 'application/json' } })
    expect(pageOrData.headers.get('vary')).toBe('Origin, Accept')
  })
  test('no other', async () => {
    expect((await allowed('https://evil.example'))[1]).toBeNull()
    expect((await allowed('https://tickets.example.evil.example', { method: 'OPTIONS' }))[1]).toBeNull()
  })
  test('page and API are one origin, as they come: nobody is given leave', async () => {
    const alone = await testContext()
    const oneOrigin = await buildApp(alone)
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    for (const method of ['GET', 'OPTIONS'] as const) {
      const answer = await oneOrigin.inject({ method, url: '/api/cors-test', headers })
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
      expect(answer.statusCode).toBe(method === 'GET' ? 200 : 404)
    }
    await oneOrigin.close()
    await alone.close()
  })
})

describe('the web app', () => {
  const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const answer = await call(path, { headers, method })
    return {
      status: answer.status,
      cache: answer.headers.get('cache-control'),
      type: answer.headers.get('content-type'),
      answer,
    }
  }
  test('pages of the app, never stale, under a policy', async () => {
    for (const path of ['/', '/films/some-film', '/theatres', '/apiary']) {
      const page = await get(path, { accept: 'text/html' })
      expect([path, page.status, page.cache, page.type]).toEqual([path, 200, 'no-cache', 'text/html; charset=utf-8'])
      expect(page.answer.headers.get('content-security-policy')).toContain("script-src 'self';")
      expect(page.answer.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests')
    }
  })
  test('hashed files for ever, posters for a day', async () => {
    expect(await get('/assets/app-abc123.js', { 'accept-encoding': 'identity' })).toMatchObject({
      status: 200,
      cache: 'public, max-age=31536000, immutable',
    })
    expect(await get('/posters/film.webp')).toMatchObject({ status: 200, cache: 'public, max-age=86400' })
    const ready = await fetchRaw('/assets/app-abc123.js', { 'accept-encoding': 'br' })
    expect(ready).toMatch(/content-encoding: br/i)
    expect(ready).toMatch(/cache-control: public, max-age=31536000, immutable/i)
  })
  test('HEAD; nothing hidden, nothing outside, no other method', async () => {
    expect(await get('/assets/app-abc123.js', {}, 'HEAD')).toMatchObject({ status: 200 })
    expect(await get('/some/page', { accept: 'text/html' }, 'HEAD')).toMatchObject({ status: 200 })
    expect((await get('/.secret')).status).toBe(404)
    expect((await get('/assets/missing.js')).status).toBe(404)
    expect((await get('/some/page', { accept: 'text/html' }, 'POST')).status).toBe(404)
    expect(await fetchRaw('/assets/../../../../etc/passwd')).toMatch(/^HTTP\/1.1 40[034]/)
  })
})

describe('health', () => {
  test('degraded without a worker, ok with one', async () => {
    const read = async () => Health.parse(await (await call('/api/health')).json())
    expect(await read()).toMatchObject({
      status: 'degraded',
      database: 'connected',
      redis: 'connected',
      worker: 'away',
    })
    await beatWorker(ctx)
    expect(await read()).toMatchObject({ status: 'ok', worker: 'running' })
  })
  test('aliases', async () => {
    expect(await (await call('/health/redis')).json()).toMatchObject({
      status: 'connected',
      latencyMs: expect.any(Number),
    })
    expect((await call('/health')).status).toBe(200)
    expect(await (await call('/test')).json()).toEqual({ status: 'ok' })
  })
  test('down when the database is, and no more is said', async () => {
    const broken = await testContext({ database: ctx.database })
    const own = await buildApp(broken)
    await broken.pool.end()
    const answer = await own.inject('/api/health')
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ status: 'down', database: 'down' })
    expect((await own.inject('/api/auth/status')).statusCode).toBe(503)
    await own.close()
  })
})

test('too many requests: 429, when to come back, and others go on', async () => {
  const strict = await testContext({ database: ctx.database, env: { RATE_LIMIT_SCALE: '0.1', TRUST_PROXY: 'true' } })
  const own = await buildApp(strict)
  const at = await own.listen({ port: 0 })
  let guesses = 0
  const guess = (from: string) =>
    fetch(`${at}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': `9.9.9.9, ${from}` },
      // Each at another account: one account at a time has a limit of its own.
      body: JSON.stringify({ email: `guess${++guesses}@example.com`, password: 'guess' }),
    })
  expect([(await guess('10.0.0.1')).status, (await guess('10.0.0.1')).status]).toEqual([401, 401])
  const refused = await guess('10.0.0.1')
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await problem(refused)).toMatchObject({ status: 429, code: 'RATE_LIMITED' })
  expect((await guess('10.0.0.2')).status).toBe(401)

  // A second process counts the same guesses.
  const second = await buildApp(strict)
  const there = await second.inject({
    method: 'POST',
    url: '/api/auth/login',
    headers: { 'x-forwarded-for': '10.0.0.1' },
    payload: { email: 'a@example.com', password: 'guess' },
  })
  expect(there.statusCode).toBe(429)
  await second.close()
  await own.close()
  await strict.close()
})

test('choosing seats is limited like everything else, and apart from it', async () => {
  const strict = await testContext({ database: ctx.database, env: { RATE_LIMIT_SCALE: '0.01', TRUST_PROXY: 'true' } })
  const own = await buildApp(strict)
  const ask = (from: string) =>
    own.inject({ url: `/api/showtimes/${newId()}/best-seats?count=2`, headers: { 'x-forwarded-for': from } })
  for (let nth = 0; nth < 3; nth++) expect((await ask('10.0.0.1')).statusCode).toBe(404)
  const refused = await ask('10.0.0.1')
  expect(refused.json()).toMatchObject({ error: { code: 'RATE_LIMITED' } })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50)
  expect((await ask('10.0.0.2')).statusCode).toBe(404)
  const read = await own.inject({ url: '/api/cities', headers: { 'x-forwarded-for': '10.0.0.1' } })
  expect(read.statusCode).toBe(200)
  await own.close()
  await strict.close()
})

test('a guest who comes just before this process stalls is answered after it, not turned away as slow', async () => {
  const { port } = new URL(base)
  const socket = connect({ port: Number(port), host: 'localhost' })
  const answered = new Promise<string>((resolve) => {
    socket.once('data', (chunk) => resolve(chunk.toString('latin1', 0, 12)))
  })
  // Taken, but not yet read: then nothing here happens for some seconds.
  app.server.once('connection', () => {
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STALL_MS))
  })
  socket.once('connect', () => socket.write('GET /api/health HTTP/1.1\r\nhost: localhost\r\n\r\n'))
  expect(await answered).toBe('HTTP/1.1 200')
  socket.destroy()
})

test('the outbox shows what would have been sent, with its files', async () => {
  const mail = {
    channel: 'email' as const,
    recipient: 'asha@example.com',
    subject: 'Your tickets',
    text: 'Here they are',
    html: '<p>Here they are</p>',
    attachments: [{ filename: 'ticket "1".pdf', contentType: 'application/pdf', content: Buffer.from('%PDF-1.7') }],
    idempotencyKey: 'booking 1',
  }
  const { id } = await captureMessage(ctx, mail)
  const list = await (await call('/api/dev/outbox?recipient=asha@example.com')).json()
  expect(list).toMatchObject({ total: 1, items: [{ id, subject: 'Your tickets', attachments: [{ sizeBytes: 8 }] }] })
  const file = await call(`/api/dev/outbox/${id}/attachments/0`)
  expect([file.headers.get('content-type'), await file.text()]).toEqual(['application/pdf', '%PDF-1.7'])
  expect((await call(`/api/dev/outbox/${id}/attachments/1`)).status).toBe(404)
})

test('demo accounts are told only where they exist', async () => {
  const told = async () =>
    ((await (await call('/api/dev/demo-accounts')).json()) as { items: { email: string }[] }).items
  expect(await told()).toEqual([])
  const email = 'asha@demo.marquee.example'
  await ctx.db.user.create({ data: { id: newId(), email, name: 'Asha Reddy' } })
  expect((await told()).map((account) => account.email)).toEqual([email])
})

test('in production nothing below /api/dev exists', async () => {
  const production = { ...ctx, config: { ...ctx.config, mode: 'production' as const } }
  const own = await buildApp(production)
  expect((await own.inject('/api/dev/outbox')).statusCode).toBe(404)
  expect((await own.inject('/api/dev/demo-accounts')).statusCode).toBe(404)
  await own.close()
})

test('captured mail is shown where mail goes nowhere else, demo accounts where money is play money', async () => {
  const statuses = async (env: Record<string, string>) => {
    const own = await buildApp({ ...ctx, config: readConfig({ ...ctx.env, ...env }) })
    const answers = [await own.inject('/api/dev/outbox'), await own.inject('/api/dev/demo-accounts')]
    await own.close()
    return answers.map((answer) => answer.statusCode)
  }
  expect(await statuses({})).toEqual([200, 200])
  const mail = { MAIL_PROVIDER: 'smtp', SMTP_URL: 'smtp://127.0.0.1:1' }
  const money = { PAYMENT_GATEWAY: 'razorpay', PAYMENT_KEY_ID: 'rzp_test_x' }
  expect(await statuses(mail)).toEqual([404, 200])
  expect(await statuses(money)).toEqual([200, 404])
  expect(await statuses({ ...mail, ...money })).toEqual([404, 404])
})

test('the API describes itself, without a host outside', async () => {
  const document = (await (await call('/api/openapi.json')).json()) as {
    paths: Record<string, object>
    components: { schemas: object }
  }
  expect(document.paths['/api/auth/login']).toMatchObject({ post: { responses: { 200: {}, default: {} } } })
  expect(document.components.schemas).toHaveProperty('Session')
  const silent = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations as Record<string, { summary?: string }>)
      .filter(([, operation]) => !operation.summary)
      .map(([method]) => `${method} ${path}`),
  )
  expect(silent).toEqual([])
  expect(await (await call('/docs')).text()).not.toMatch(/https?:\/\//)
})

/** fetch tidies paths and picks its own encodings; this sends what it is told. */
function fetchRaw(path: string, headers: Record<string, string> = {}): Promise<string> {
  const { hostname, port } = new URL(base)
  const lines = Object.entries({ host: 'x', connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(Number(port), hostname, () => socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`))
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.on('end', () => resolve(text)).on('error', reject)
  })
}
