import { randomInt, randomUUID } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashContact } from '@marquee/core/alerts/contacts/seal'
import { sendCreated } from '@marquee/core/alerts/send-created'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { newSecret } from '@marquee/core/ids'
import { makeCity, makeMovie, makeScreen, makeShowtime, makeTheatre, makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../app.ts'

let ctx: TestContext
let app: FastifyInstance
beforeAll(async () => {
  const dist = await mkdtemp(join(tmpdir(), 'web-'))
  await writeFile(join(dist, 'index.html'), '<!doctype html><title>Marquee</title>')
  ctx = await testContext({ env: { WEB_DIST: dist } })
  app = await buildApp(ctx)
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })
const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload })

async function aShow(title?: string) {
  const city = await makeCity(ctx)
  const theatre = await makeTheatre(ctx, { cityId: city.id })
  const movie = await makeMovie(ctx, { genres: ['Drama', 'Family'], ...(title && { title }) })
  const showtime = await makeShowtime(ctx, {
    screen: await makeScreen(ctx, { theatreId: theatre.id }),
    movieId: movie.id,
  })
  return { city, theatre, movie, showtime }
}

test('egareye: sorted titles of a city, each once', async () => {
  const { city, theatre } = await aShow('Zebra Crossing')
  for (const title of ['Apricot', 'Apricot']) {
    const movie = await makeMovie(ctx, { title })
    await makeShowtime(ctx, { screen: await makeScreen(ctx, { theatreId: theatre.id }), movieId: movie.id })
  }
  const coming = await makeMovie(ctx, { title: 'Monsoon', releaseDate: new Date('2030-01-01') })
  await ctx.db.programme.create({ data: { movieId: coming.id, theatreId: theatre.id } })
  const name = encodeURIComponent(city.name.toUpperCase())
  expect((await get(`/running/${name}`)).json()).toEqual({ running_movies: ['Apricot', 'Zebra Crossing'] })
  expect((await get(`/upcoming/${name}`)).json()).toEqual({ upcoming_movies: ['Monsoon'] })
  expect((await get(`/allmovies/${name}`)).json()).toEqual({ all_movies: ['Apricot', 'Monsoon', 'Zebra Crossing'] })
  expect((await get('/running/atlantis')).statusCode).toBe(404)
})

describe('egareye: POST /monitor', () => {
  const monitor = (given: object) => app.inject({ method: 'POST', url: '/monitor', payload: given })
  const number = () => `98${String(randomInt(1e8)).padStart(8, '0')}`
  const waiting = () =>
    ctx.db.alertSubscription.findFirst({
      orderBy: { createdAt: 'desc' },
      include: { phoneContact: true, consents: true },
    })
  const toConfirm = async () => {
    const row = await ctx.db.outboxEvent.findFirst({ where: { topic: 'alert.created' }, orderBy: { id: 'desc' } })
    return row?.payload as { subscriptionId: string; about: 'confirm' } | undefined
  }

  test('calls nobody who has not said yes: a text with a link asks the number first', async () => {
    const { city, movie } = await aShow('Amber Monsoon')
    const phoneNumber = number()
    const answer = await monitor({ name: 'Asha', phoneNumber, movie: 'amber monsoon', city: city.name })
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      { message: expect.stringMatching(/gets a text with a link.+Amber Monsoon.+nobody is called before/) },
    ])
    const pending = await waiting()
    expect(pending).toMatchObject({
      movieId: movie.id,
      state: 'PAUSED',
      consents: [],
      phoneContact: { verifiedAt: null },
    })
    const job = await toConfirm()
    expect(job).toEqual({ subscriptionId: pending?.id, about: 'confirm' })
    await sendCreated(ctx, job ?? { subscriptionId: '', about: 'confirm' })
    const [text] = ctx.sms.sent.filter(({ to }) => to === `+91${phoneNumber}`)
    const token = /t=([\w-]{55})/.exec(text?.text ?? '')?.[1] ?? ''
    const alert = (
      what = '',
      method: 'GET' | 'POST' = 'GET',
      headers: Record<string, string> = { 'x-alert-token': token },
    ) => app.inject({ method, url: `/api/alerts/${pending?.id}${what}`, headers })
    expect((await alert()).json()).toMatchObject({
      state: 'PAUSED',
      promise: expect.stringMatching(/^Not confirmed yet/),
    })
    expect((await alert('/resume', 'POST', {})).statusCode).toBe(401)
    const resumed = await alert('/resume', 'POST')
    expect(resumed.json()).toMatchObject({ consents: [{ channel: 'call' }, { channel: 'sms' }] })
    expect(['ACTIVE', 'ALREADY_OPEN']).toContain(resumed.json<{ state: string }>().state)
    expect((await waiting())?.phoneContact?.verifiedAt).not.toBeNull()
  })

  test('a title is meant whole: no sequel, no beginning, no other city', async () => {
    const { city } = await aShow('Leo Part 2')
    const asked = { name: 'Asha', phoneNumber: number() }
    for (const [movie, where] of [
      ['Leo', city.name],
      ['Leo Part', city.name],
      ['Leo Part 2', 'atlantis'],
    ]) {
      const answer = await monitor({ ...asked, movie, city: where })
      expect([answer.statusCode, answer.json()]).toEqual([404, { error: expect.any(String) }])
    }
    expect((await monitor({ ...asked, movie: 'LEO  PART-2', city: city.name })).statusCode).toBe(200)
  })

  test.each([
    ['12345', 'phoneNumber'],
    ['+1 555', 'phoneNumber'],
    ['+2349012345678', 'phoneNumber'],
    ['5876543210', 'phoneNumber'],
    ['+91 98765 43210; rm -rf /', 'phoneNumber'],
    ['', 'phoneNumber'],
  ])('refuses %j with a sentence', async (phoneNumber, field) => {
    const { city, movie } = await aShow()
    const answer = await monitor({ name: 'Asha', phoneNumber, movie: movie.title, city: city.slug })
    expect([answer.statusCode, answer.json()]).toEqual([422, { error: expect.stringContaining(field) }])
  })

  test('does not change what a number has, nor text one that wants none, and says the same', async () => {
    const { city, movie } = await aShow()
    const phoneNumber = number()
    const asked = { name: 'Mallory', phoneNumber: `+91${phoneNumber}`, movie: movie.title, city: city.slug }
    await ctx.db.optOut.create({
      data: { hash: hashContact(ctx, 'phone', `+91${phoneNumber}`), channel: 'sms', how: 'stop-word', at: new Date() },
    })
    const before = await ctx.db.outboxEvent.count()
    const first = await monitor(asked)
    expect(first.statusCode).toBe(200)
    expect(await ctx.db.outboxEvent.count()).toBe(before)
    // Within the minute no second text is sent, whoever asks.
    expect((await monitor(asked)).statusCode).toBe(429)
  })
})

test('ticket platform: shows, theaters and their relation under both spellings', async () => {
  const { theatre, movie, city } = await aShow()
  const find = async (url: string, key: string, id: string) =>
    (await get(url)).json<Record<string, { id: string }[]>>()[key]?.find((row) => row.id === id)
  await app.inject({
    method: 'DELETE',
    url: '/movies/cache/clear',
    headers: { authorization: `Bearer ${signAccessToken(ctx, { id: randomUUID(), role: 'admin' }).accessToken}` },
  })
  expect(await find('/shows', 'shows', movie.id)).toEqual({
    id: movie.id,
    name: movie.title,
    rating: 0,
    tag: 'Drama, Family',
    duration: 120,
    price: 250,
  })
  expect(await find('/theaters', 'theaters', theatre.id)).toEqual({
    id: theatre.id,
    name: theatre.name,
    place: city.name,
    capacity: 48,
    capacity_booked: 0,
    rating: 0,
  })
  const { relations, realtions } = (await get('/relation')).json()
  expect(relations).toContainEqual({ show_id: movie.id, theater_id: theatre.id })
  expect(realtions).toEqual(relations)
})

describe('review platform', () => {
  const admin = () => ({
    authorization: `Bearer ${signAccessToken(ctx, { id: randomUUID(), role: 'admin' }).accessToken}`,
  })
  const form = {
    title: 'Old Form',
    description: 'As ever.',
    rating: 9.9,
    genre: 'Drama, Comedy',
    release_date: '2026-12-01',
  }

  test('status', async () => {
    expect((await get('/movies/status')).json()).toEqual({ status: 'OK', database: 'Connected' })
  })

  test('create, read, change, delete with its fields and messages', async () => {
    const headers = admin()
    const created = await app.inject({
      method: 'POST',
      url: '/movies',
      headers,
      payload: { ...form, poster_url: 'http://x/y.jpg' },
    })
    expect([created.statusCode, created.json().message]).toEqual([201, 'Movie created successfully'])
    const { id } = created.json()
    const read = (await get(`/movies/${id}`)).json()
    // The rating is the reviewers' to give.
    expect(read).toMatchObject({
      id,
      title: 'Old Form',
      description: 'As ever.',
      rating: 0,
      genre: 'Drama, Comedy',
      poster_url: null,
      release_date: '2026-12-01',
      certificate: 'A',
    })
    const changed = await app.inject({ method: 'PUT', url: `/movies/${id}`, headers, payload: { genre: 'War' } })
    expect(changed.json().message).toBe('Movie updated successfully')
    expect((await get(`/movies/${id}`)).json()).toMatchObject({
      title: 'Old Form',
      genre: 'War',
      description: 'As ever.',
    })
    expect((await get('/movies?limit=100')).json().items).toContainEqual(expect.objectContaining({ id, genre: 'War' }))
    expect((await app.inject({ method: 'DELETE', url: `/movies/${id}`, headers })).json().message).toBe(
      'Movie deleted successfully',
    )
    const gone = await app.inject({ method: 'PUT', url: `/movies/${id}`, headers, payload: { title: 'x' } })
    expect([gone.statusCode, gone.json().error.message]).toEqual([404, 'Movie not found'])
    expect((await app.inject({ method: 'POST', url: '/movies', payload: form })).statusCode).toBe(401)
  })

  test('search by its names; a bad number is 400', async () => {
    const [low, high] = [
      await makeMovie(ctx, { title: 'Kestrel One', ratingAverage: 3 }),
      await makeMovie(ctx, { title: 'Kestrel Two', ratingAverage: 8 }),
    ]
    const found = async (query: string) =>
      (await get(`/movies/search?title=kestrel&${query}`)).json().data.map((m: { id: string }) => m.id)
    expect(await found('min_rating=5')).toEqual([high.id])
    expect(await found('max_rating=5')).toEqual([low.id])
    expect(await found('minRating=5&maxRating=9')).toEqual([high.id])
    const bad = ['min_rating=good', 'max_rating=11', 'min_rating=8&max_rating=7', 'minRating=x']
    const answers = await Promise.all(bad.map((query) => get(`/movies/search?${query}`)))
    expect(answers.map((answer) => answer.statusCode)).toEqual([400, 400, 400, 400])
  })

  test('popular, and the guarded clear', async () => {
    expect((await get('/movies/popular')).json().message).toMatch(/^Results retrieved from/)
    expect((await app.inject({ method: 'DELETE', url: '/movies/cache/clear' })).statusCode).toBe(401)
  })
})

describe('CineVerse', () => {
  const mine = () => `client-${randomUUID()}`

  test('reads without /api', async () => {
    const { theatre, movie, showtime, city } = await aShow()
    expect((await get('/theatres')).json().items.length).toBeGreaterThan(0)
    expect((await get(`/theatres/${theatre.id}`)).json().id).toBe(theatre.id)
    expect((await get(`/theatres/${theatre.id}/movies`)).json().items[0].id).toBe(movie.id)
    expect((await get(`/movies/${movie.id}/showtimes?city=${city.slug}`)).json().theatres).toHaveLength(1)
    expect((await get(`/showtimes/${showtime.id}`)).json().id).toBe(showtime.id)
    expect((await get(`/showtimes/${showtime.id}/seats`)).json().showtimeId).toBe(showtime.id)
    expect((await get('/movies/featured')).statusCode).toBe(200)
  })

  test('a browser at an address that is a page here gets the page', async () => {
    const { theatre, showtime } = await aShow()
    const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
    for (const url of ['/theatres', `/theatres/${theatre.slug}`, `/showtimes/${showtime.id}/seats`]) {
      const page = await get(url, browser)
      expect([url, page.statusCode, page.headers['content-type'], page.body]).toEqual([
        url,
        200,
        'text/html; charset=utf-8',
        '<!doctype html><title>Marquee</title>',
      ])
      const data = await get(url, { accept: 'application/json, text/plain, */*' })
      expect(data.headers['content-type']).toMatch(/json/)
      expect(data.headers.vary).toBe('Accept')
    }
  })

  test('lock, again by the same, conflict for another, unlock', async () => {
    const { showtime } = await aShow()
    const url = (verb: string) => `/api/showtimes/${showtime.id}/redis-${verb}`
    const owner = mine()
    const locked = await post(url('lock-seats'), { seat_ids: ['A1', 'A2'], owner, ttl_ms: 999_999_999 })
    expect(locked.json()).toMatchObject({ success: true, locked: ['A1', 'A2'], conflicts: [] })
    expect(locked.json().ttl_ms).toBeLessThanOrEqual(180_000) // the server's time, not the client's
    expect((await post(url('lock-seats'), { seat_ids: ['A2'], owner })).json()).toMatchObject({ success: true })

    const refused = await post(url('lock-seats'), { seat_ids: ['A2', 'A3'], owner: mine() })
    expect(refused.statusCode).toBe(409)
    expect(refused.json()).toEqual({
      success: false,
      locked: [],
      conflicts: ['A2'],
      ttl_ms: 0,
      expires_at: null,
      owner: null,
    })

    const inspected = await get(`${url('inspect-locks')}?seat_ids=A1,A3`)
    expect(inspected.json().locks).toMatchObject({ A1: { locked: true }, A3: { locked: false, ttl_ms: 0 } })
    expect(inspected.json().locks.A1.ttl_ms).toBeGreaterThan(0)
    expect(inspected.body).not.toContain(owner)

    expect((await post(url('unlock-seats'), { owner: mine() })).json()).toEqual({ success: true, unlocked: [] }) // not theirs
    expect((await post(url('unlock-seats'), { owner, seat_ids: ['A1'] })).json()).toEqual({
      success: true,
      unlocked: ['A1'],
    })
    expect((await post(url('unlock-seats'), { owner })).json()).toEqual({ success: true, unlocked: ['A2'] })
    expect((await post(url('unlock-seats'), { owner })).json()).toEqual({ success: true, unlocked: [] })
  })

  test('extend says which seats are yours', async () => {
    const { showtime } = await aShow()
    const url = (verb: string) => `/api/showtimes/${showtime.id}/redis-${verb}`
    const owner = mine()
    await post(url('lock-seats'), { seat_ids: ['B1'], owner })
    expect((await post(url('extend-locks'), { owner, seat_ids: ['B1', 'B2'] })).json()).toMatchObject({
      success: true,
      extended: ['B1'],
      not_owned: ['B2'],
    })
    expect((await post(url('extend-locks'), { owner: mine(), seat_ids: ['B1'] })).json()).toMatchObject({
      success: false,
      extended: [],
      not_owned: ['B1'],
    })
  })

  test('without an owner the server makes one; a hold token is taken as it is; a guessable one is refused', async () => {
    const { showtime } = await aShow()
    const lock = `/api/showtimes/${showtime.id}/redis-lock-seats`
    const made = (await post(lock, { seat_ids: ['C1'] })).json().owner
    const held = await get(`/api/showtimes/${showtime.id}/holds`, { 'x-hold-token': made })
    expect(held.json()).toMatchObject({ seatIds: ['C1'] })
    const token = newSecret()
    expect((await post(lock, { seat_ids: ['C2'], owner: token })).json().owner).toBe(token)
    expect((await post(lock, { seat_ids: ['C3'], owner: 'asha' })).statusCode).toBe(422)
  })
})

describe('CineVerse payments', () => {
  const signedIn = async () => {
    const user = await makeUser(ctx)
    const { accessToken } = signAccessToken(ctx, user)
    return { authorization: `Bearer ${accessToken}` }
  }

  test('locks are validated, an order is the server’s price whatever the body says, and twice is one order', async () => {
    const { showtime } = await aShow()
    const owner = newSecret()
    await post(`/api/showtimes/${showtime.id}/redis-lock-seats`, { seat_ids: ['A1', 'A2'], owner })
    const asked = { showtime_id: showtime.id, seat_ids: ['A1', 'A2'], owner }
    expect((await post('/api/payments/validate-locks', asked)).json()).toMatchObject({ valid: true, missing: [] })
    const more = { ...asked, seat_ids: ['A1', 'A3'] }
    expect((await post('/api/payments/validate-locks', more)).json()).toMatchObject({ valid: false, missing: ['A3'] })
    const stranger = { ...asked, owner: newSecret() }
    expect((await post('/api/payments/validate-locks', stranger)).json()).toMatchObject({ valid: false, ttl_ms: 0 })

    expect((await post('/api/payments/create-order', asked)).statusCode).toBe(401)
    const headers = await signedIn()
    const order = () =>
      app.inject({ method: 'POST', url: '/api/payments/create-order', headers, payload: { ...asked, amount: 100 } })
    const first = (await order()).json<{ order_id: string; booking_id: string }>()
    expect(first).toMatchObject({
      amount: 53_540,
      currency: 'INR',
      breakdown: { baseAmount: 50_000, convenienceFee: 3_000, tax: 540 },
      notes: { seat_ids: 'A1,A2' },
    })
    expect((await order()).json()).toMatchObject({ order_id: first.order_id, booking_id: first.booking_id })
  })

  test('given up or at another price, the same seats of the same hold are a new order', async () => {
    const { showtime } = await aShow()
    const payload = { showtime_id: showtime.id, seat_ids: ['A1'], owner: newSecret() }
    const headers = await signedIn()
    const order = async () => {
      const answer = await app.inject({ method: 'POST', url: '/api/payments/create-order', headers, payload })
      expect(answer.statusCode).toBe(200)
      return answer.json<{ order_id: string; booking_id: string; amount: number }>()
    }
    const first = await order()
    await app.inject({ method: 'POST', url: `/api/bookings/${first.booking_id}/abandon`, headers, payload: {} })
    const [second, third] = await Promise.all([order(), order()])
    expect(second.booking_id).not.toBe(first.booking_id)
    expect(third).toMatchObject({ order_id: second.order_id, booking_id: second.booking_id })
    expect((await order()).booking_id).toBe(second.booking_id)
  })

  test('its webhook wants the signature, and books when it is there', async () => {
    const { showtime } = await aShow()
    const owner = newSecret()
    const payload = { showtime_id: showtime.id, seat_ids: ['A1'], owner }
    const headers = await signedIn()
    const order = await app.inject({ method: 'POST', url: '/api/payments/create-order', headers, payload })
    const { order_id, booking_id } = order.json<{ order_id: string; booking_id: string }>()
    const { webhook } = ctx.gateway.pay(order_id)
    const send = (signature?: string) =>
      app.inject({
        method: 'POST',
        url: '/api/payments/webhook',
        payload: webhook.body,
        headers: { 'content-type': 'application/json', ...(signature && { 'x-razorpay-signature': signature }) },
      })
    expect((await send()).statusCode).toBe(400)
    expect((await send('0'.repeat(64))).statusCode).toBe(400)
    expect((await send(webhook.signature)).json()).toEqual({ outcome: 'BOOKED' })
    const ticket = `/api/payments/bookings/${booking_id}/ticket.pdf`
    expect((await get(ticket, await signedIn())).statusCode).toBe(404)
  })
})

describe('ticket platform: booking by number of seats', () => {
  test('the best seats together at the server’s price, at the cinema’s own time', async () => {
    const { theatre, movie, showtime } = await aShow()
    const there = Temporal.Instant.from(showtime.startsAt.toISOString()).toZonedDateTimeISO('Asia/Kolkata')
    const at = showtime.startsAt
    at.setUTCSeconds(0, 0) // people name whole minutes
    await ctx.db.showtime.update({ where: { id: showtime.id }, data: { startsAt: at } })
    const payload = {
      theater: theatre.name,
      show: movie.title,
      date: there.toPlainDate().toString(),
      time: there.toPlainTime().toString().slice(0, 5),
      num_seats: 3,
      total: 1,
    }
    expect((await post('/bookings', payload)).statusCode).toBe(401)
    const user = await makeUser(ctx)
    const headers = { authorization: `Bearer ${signAccessToken(ctx, user).accessToken}` }
    const book = (change: object = {}) =>
      app.inject({ method: 'POST', url: '/bookings', headers, payload: { ...payload, ...change } })
    const booked = await book()
    expect(booked.statusCode).toBe(201)
    expect(booked.json()).toMatchObject({ total: 1_124.34, seats: ['D3', 'D4', 'D5'] })
    expect((await book()).json<{ seats: string[] }>().seats).not.toContain('D3')
    expect((await book({ time: '04:04' })).statusCode).toBe(404)
    expect((await book({ num_seats: 11 })).statusCode).toBe(422)
  })
})
