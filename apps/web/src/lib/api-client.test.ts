import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Session } from '@marquee/contracts/auth'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { apiBase } from './api-base.ts'
import { createApiClient } from './api-client.ts'
import { ApiError } from './api-error.ts'
import { useSession } from './session.ts'

const session = (accessToken: string): Session => ({
  accessToken,
  expiresAt: '2026-11-21T10:00:00.000Z',
  user: {
    id: '5a0f4c52-6a0a-4d6e-9a0e-0d3f0f0d1a11',
    name: 'Asha',
    email: 'asha@example.com',
    phone: null,
    username: null,
    emailVerified: true,
    phoneVerified: false,
    role: 'customer',
    mustChangePassword: false,
    createdAt: '2026-11-01T10:00:00.000Z',
  },
})

type Handler = (request: IncomingMessage, response: ServerResponse) => void
let server: Server
let base: string
let handle: Handler

function json(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
const refusal = (code: string, details?: unknown) => ({
  error: { code, message: `no: ${code}`, details, requestId: 'r-1' },
})

beforeEach(async () => {
  server = createServer((request, response) => handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  useSession.setState({ status: 'signed-in', accessToken: 'old', user: session('old').user })
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ApiError)
  return error as ApiError
}

test.each([
  [undefined, ''],
  ['', ''],
  ['/', ''],
  ['/api', ''],
  ['/api/', ''],
  ['https://marquee.example', 'https://marquee.example'],
  ['https://marquee.example/api', 'https://marquee.example'],
  ['https://marquee.example/api/api/', 'https://marquee.example'],
  ['https://marquee.example/tickets/api', 'https://marquee.example/tickets'],
  ['https://marquee.example/myapi', 'https://marquee.example/myapi'],
])('a base of %s becomes %s', (raw, clean) => {
  expect(apiBase(raw)).toBe(clean)
})

test('sends the token of the session', async () => {
  handle = (request, response) => json(response, 200, { got: request.headers.authorization })
  const { data } = await createApiClient(base).api.get('/api/bookings')
  expect(data).toEqual({ got: 'Bearer old' })
})

test('many requests that meet an ended token share one refresh, and each is sent again', async () => {
  let refreshes = 0
  handle = (request, response) => {
    if (request.url === '/api/auth/refresh') {
      refreshes += 1
      json(response, 200, session('new'))
    } else if (request.headers.authorization === 'Bearer new') json(response, 200, { url: request.url })
    else json(response, 401, refusal('UNAUTHENTICATED'))
  }
  const { api } = createApiClient(base)
  const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => api.get(`/api/bookings/${n}`)))
  expect(answers.map(({ data }) => data.url)).toEqual([1, 2, 3, 4, 5].map((n) => `/api/bookings/${n}`))
  expect(refreshes).toBe(1)
  expect(useSession.getState().accessToken).toBe('new')
})

test('keeps the body and the headers of a request that is sent again', async () => {
  const bodies: string[] = []
  handle = (request, response) => {
    if (request.url === '/api/auth/refresh') return json(response, 200, session('new'))
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      bodies.push(`${String(request.headers['idempotency-key'])} ${text}`)
      if (request.headers.authorization === 'Bearer new') json(response, 201, {})
      else json(response, 401, refusal('UNAUTHENTICATED'))
    })
  }
  await createApiClient(base).api.post(
    '/api/bookings',
    { seats: ['F9'] },
    { headers: { 'idempotency-key': 'k-12345678' } },
  )
  expect(bodies).toEqual(['k-12345678 {"seats":["F9"]}', 'k-12345678 {"seats":["F9"]}'])
})

test('a refused refresh signs out and tells the caller, without asking in a circle', async () => {
  let calls = 0
  handle = (_, response) => {
    calls += 1
    json(response, 401, refusal('UNAUTHENTICATED'))
  }
  const error = await failure(createApiClient(base).api.get('/api/bookings'))
  expect(error.code).toBe('UNAUTHENTICATED')
  expect(calls).toBe(2)
  expect(useSession.getState()).toMatchObject({ status: 'signed-out', accessToken: null, user: null })
})

test('a refresh that the server could not answer keeps the session', async () => {
  handle = (request, response) =>
    request.url === '/api/auth/refresh' ? json(response, 503, {}) : json(response, 401, refusal('UNAUTHENTICATED'))
  await failure(createApiClient(base).api.get('/api/bookings'))
  expect(useSession.getState().status).toBe('signed-in')
})

test('a wrong password is an answer, not an ended session', async () => {
  const urls: (string | undefined)[] = []
  handle = (request, response) => {
    urls.push(request.url)
    json(response, 401, refusal('BAD_CREDENTIALS'))
  }
  const error = await failure(createApiClient(base).api.post('/api/auth/login', {}, { skipRefresh: true }))
  expect(error.code).toBe('BAD_CREDENTIALS')
  expect(urls).toEqual(['/api/auth/login'])
})

test('wire errors keep their code, words, fields, seats and reference', async () => {
  handle = (_, response) =>
    json(response, 409, refusal('SEATS_TAKEN', { seatIds: ['F9'], fields: [{ field: 'email', message: 'no' }] }))
  const error = await failure(createApiClient(base).api.post('/api/bookings', {}))
  expect(error).toMatchObject({
    code: 'SEATS_TAKEN',
    status: 409,
    message: 'no: SEATS_TAKEN',
    seatIds: ['F9'],
    fields: [{ field: 'email', message: 'no' }],
    requestId: 'r-1',
    retryable: false,
  })
})

test("a proxy's own error page still becomes one of ours", async () => {
  handle = (_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>')
  const error = await failure(createApiClient(base).api.get('/api/bookings'))
  expect(error).toMatchObject({ code: 'UNAVAILABLE', status: 502, retryable: true })
})

test('a connection that breaks is offline, an aborted request is neither', async () => {
  handle = (request) => request.socket.destroy()
  const { api } = createApiClient(base)
  expect((await failure(api.get('/api/bookings'))).code).toBe('OFFLINE')
  const controller = new AbortController()
  handle = () => controller.abort()
  expect((await failure(api.get('/api/bookings', { signal: controller.signal }))).code).toBe('ABORTED')
})

test('an answer that never comes is a timeout', async () => {
  handle = () => {}
  expect((await failure(createApiClient(base).api.get('/api/bookings', { timeout: 30 }))).code).toBe('TIMEOUT')
  server.closeAllConnections()
})
