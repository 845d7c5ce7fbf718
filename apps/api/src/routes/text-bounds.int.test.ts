// What no column can keep is the asker's mistake, wherever it is asked: 422 (or the old clients' 400), never 500.
import type { ErrorBody } from '@marquee/contracts/errors'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { classifyFault } from '@marquee/core/faults'
import { newId } from '@marquee/core/ids'
import { makeShowtime, makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'

let ctx: TestContext
let app: FastifyInstance
let slug: string
let city: string
let bearer: string
beforeAll(async () => {
  ctx = await testContext()
  app = await buildApp(ctx)
  const showtime = await makeShowtime(ctx)
  const row = await ctx.db.showtime.findUniqueOrThrow({
    where: { id: showtime.id },
    include: { movie: true, screen: { include: { theatre: { include: { city: true } } } } },
  })
  slug = row.movie.slug
  city = row.screen.theatre.city.slug
  bearer = `Bearer ${signAccessToken(ctx, await makeUser(ctx)).accessToken}`
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})

const outcome = (answer: { statusCode: number; json<T>(): T }) => [
  answer.statusCode,
  answer.json<ErrorBody>().error.code,
]
const REFUSED = [422, 'VALIDATION']

test.each(['0000-01-01', '0001-01-01', '1999-12-31', '2101-01-01', '9999-12-31'])('the day %s', async (date) => {
  for (const url of [
    `/api/movies/${slug}/showtimes?date=${date}&city=${city}`,
    `/movies/${slug}/showtimes?date=${date}`,
    `/api/theatres/somewhere/showtimes?date=${date}`,
  ])
    expect(outcome(await app.inject(url)), url).toEqual(REFUSED)
})

test.each(['2000-01-01', '2100-12-31'])('the day %s has no showtimes, and is a day', async (date) => {
  const answer = await app.inject(`/api/movies/${slug}/showtimes?date=${date}&city=${city}`)
  expect(answer.statusCode).toBe(200)
})

test.each([
  '/api/home?city=%00',
  '/api/movies?city=%00',
  '/api/movies?genre=%00',
  '/api/movies/search?q=%00abc',
  '/api/movies/search?title=a%00b',
  '/api/movies/popular?city=a%00',
  '/api/theatres?city=%00',
  '/api/dev/outbox?recipient=%00',
  '/api/tickets/verify?token=%00',
  '/running/a%00b',
  '/movies/search?q=%1b',
])('a character that is no text: %s', async (url) => {
  const answer = await app.inject({ url, headers: { accept: 'application/json' } })
  expect(outcome(answer)).toEqual(url.startsWith('/movies/search') ? [400, 'VALIDATION'] : REFUSED)
})

test.each<[string, object]>([
  ['/api/auth/register', { name: 'a\u0000b', email: 'nul@example.com', password: 'two samosas please' }],
  ['/api/auth/register', { name: 'Asha', email: 'nul@example.com', password: 'two\u0000samosas please' }],
  ['/api/auth/login', { email: 'a\u0000@example.com', password: 'two samosas please' }],
  ['/bookings', { theater: 'a\u0000b', date: '2026-12-31', time: '19:15', num_seats: 1 }],
  ['/bookings', { theater: 'PVR', date: '9999-12-31', time: '19:15', num_seats: 1 }],
])('posted to %s: %j', async (url, payload) => {
  const answer = await app.inject({ method: 'POST', url, headers: { authorization: bearer }, payload })
  expect(outcome(answer)).toEqual(REFUSED)
})

test('what no schema caught is refused for what it is, through Prisma and through the pool', async () => {
  const wrong = await Promise.all([
    ctx.pool.query('select $1::text', ['a\u0000b']).catch((error: unknown) => error),
    ctx.pool.query('select $1::jsonb', ['{"a":"\\u0000"}']).catch((error: unknown) => error),
    ctx.pool.query('select $1::date', ['0000-01-01']).catch((error: unknown) => error),
    ctx.db.city.findFirst({ where: { slug: 'a\u0000b' } }).catch((error: unknown) => error),
    ctx.db.$queryRaw`select ${'0000-01-01'}::text::date`.catch((error: unknown) => error),
  ])
  expect(wrong.map(classifyFault)).toEqual(Array(5).fill('invalid'))
})

test('a signed message of the gateway is kept, whatever is written in it: it would come again for ever', async () => {
  const note = { kind: 'other', type: 'note\u0000', note: 'a\u0000b', half: '\ud800' }
  const { body, signature } = ctx.gateway.sign(note as unknown as Parameters<typeof ctx.gateway.sign>[0])
  const eventId = newId()
  const answer = await app.inject({
    method: 'POST',
    url: '/api/payments/webhooks/fake',
    headers: { 'x-razorpay-signature': signature, 'x-razorpay-event-id': eventId, 'content-type': 'application/json' },
    payload: body,
  })
  expect([answer.statusCode, answer.json()]).toEqual([200, { outcome: 'IGNORED' }])
})
