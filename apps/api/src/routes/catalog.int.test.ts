import { randomUUID } from 'node:crypto'
import type { UserRole } from '@marquee/contracts/auth'
import type { ErrorBody } from '@marquee/contracts/errors'
import type { Movie, MovieList, MovieWritten } from '@marquee/contracts/movies'
import type { SeatLayout } from '@marquee/contracts/seats'
import type { Home, MovieShowtimes, Showtime } from '@marquee/contracts/showtimes'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { makeCity, makeMovie, makeScreen, makeShowtime, makeTheatre } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../app.ts'

let ctx: TestContext
let app: FastifyInstance
beforeAll(async () => {
  ctx = await testContext()
  app = await buildApp(ctx)
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })
const bearer = (role: UserRole) => ({
  authorization: `Bearer ${signAccessToken(ctx, { id: randomUUID(), role }).accessToken}`,
})
const send = (method: 'POST' | 'PUT' | 'DELETE', url: string, role: UserRole, payload?: object) =>
  app.inject({ method, url, headers: bearer(role), ...(payload && { payload }) })
const codeOf = (answer: { json<T>(): T }) => answer.json<ErrorBody>().error.code

async function aShow() {
  const city = await makeCity(ctx)
  const theatre = await makeTheatre(ctx, { cityId: city.id })
  const screen = await makeScreen(ctx, { theatreId: theatre.id })
  const movie = await makeMovie(ctx)
  const showtime = await makeShowtime(ctx, { screen, movieId: movie.id })
  return { city, theatre, screen, movie, showtime }
}

describe('reading', () => {
  test('from the home screen to the hall', async () => {
    const { city, theatre, screen, movie, showtime } = await aShow()
    const home = await get(`/api/home?city=${encodeURIComponent(city.name)}`)
    expect(home.statusCode).toBe(200)
    expect(home.json<Home>()).toMatchObject({
      city: { id: city.id },
      running: [{ id: movie.id, priceFromMinor: 25_000 }],
    })

    expect((await get(`/api/movies/${movie.slug}?city=${city.slug}`)).json<Movie>()).toMatchObject({
      id: movie.id,
      cast: [],
    })
    const day = (await get(`/api/movies/${movie.id}/showtimes?city=${city.slug}`)).json<MovieShowtimes>()
    expect(day.theatres).toMatchObject([
      { theatre: { id: theatre.id }, showtimes: [{ id: showtime.id, seatsLeft: 48 }] },
    ])
    expect((await get(`/api/theatres/${theatre.slug}/showtimes`)).json()).toMatchObject({
      movies: [{ movie: { id: movie.id } }],
    })
    expect((await get(`/api/theatres/${theatre.id}/movies`)).json<MovieList>().total).toBe(1)
    expect((await get(`/api/theatres/${theatre.id}`)).json()).toMatchObject({
      screens: [{ id: screen.id, seatCount: 48 }],
    })
    expect((await get(`/api/theatres?city=${city.slug}`)).json()).toMatchObject({
      total: 1,
      items: [{ id: theatre.id }],
    })

    const one = (await get(`/api/showtimes/${showtime.id}`)).json<Showtime>()
    const layout = await get(`/api/seat-layouts/${one.seatLayoutId}`)
    expect(layout.json<SeatLayout>()).toMatchObject({ id: screen.seatLayout.id, seatCount: 48 })
  })

  test('a layout is kept for ever, and asked for again it is not sent', async () => {
    const { screen } = await aShow()
    const url = `/api/seat-layouts/${screen.seatLayout.id}`
    const first = await get(url)
    expect(first.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    const again = await get(url, { 'if-none-match': String(first.headers.etag) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    expect(again.headers.etag).toBe(first.headers.etag)
    const unknown = await get(`/api/seat-layouts/${randomUUID()}`)
    expect(unknown.statusCode).toBe(404)
    expect(unknown.headers['cache-control'] ?? '').not.toContain('immutable')
  })

  test.each([
    ['/api/home?city=atlantis', 404],
    ['/api/movies?city=atlantis', 404],
    ['/api/movies/no-such-film', 404],
    ['/api/movies/Not_a_Slug', 422],
    ['/api/movies/no-such-film/showtimes', 404],
    ['/api/movies/some-film/showtimes?date=21-11-2026', 422],
    ['/api/movies/some-film/showtimes?date=2026-02-30', 422],
    ['/api/movies?limit=101', 422],
    ['/api/movies?offset=-1', 422],
    ['/api/movies/search?minRating=good', 422],
    ['/api/movies/search?minRating=8&maxRating=7', 422],
    [`/api/movies/search?q=${'x'.repeat(101)}`, 422],
    ['/api/movies/popular?limit=51', 422],
    ['/api/theatres/no-such-theatre', 404],
    ['/api/showtimes/not-an-id', 422],
    [`/api/showtimes/${randomUUID()}`, 404],
    [`/api/seat-layouts/${randomUUID()}`, 404],
  ])('%s: %i', async (url, status) => {
    await makeCity(ctx)
    expect((await get(url)).statusCode).toBe(status)
  })

  test('popular says whether it came from the cache', async () => {
    await app.inject({ method: 'DELETE', url: '/api/movies/cache/clear', headers: bearer('admin') })
    const messages = [await get('/api/movies/popular'), await get('/api/movies/popular')].map((a) => a.json().message)
    expect(messages).toEqual(['Results retrieved from database', 'Results retrieved from cache'])
  })

  test('every address of the catalogue is documented, with its answers', async () => {
    const { paths } = (await get('/api/openapi.json')).json<{
      paths: Record<string, Record<string, { summary?: string }>>
    }>()
    const documented = Object.entries(paths).filter(([path]) =>
      /^\/api\/(home|cities|movies|theatres|seat-layouts)/.test(path),
    )
    expect(documented.length).toBeGreaterThanOrEqual(12)
    const silent = documented.filter(([, methods]) => Object.values(methods).some((method) => !method.summary))
    expect(silent).toEqual([])
    expect(Object.keys(paths).filter((path) => !path.startsWith('/api/'))).toEqual([])
  })
})

describe('writing', () => {
  const film = {
    title: 'The Long Queue',
    synopsis: 'Everybody waits.',
    runtimeMinutes: 99,
    certificate: 'U',
    genres: ['Drama'],
    language: 'Tamil',
    releaseDate: '2026-12-01',
  }

  test('201 with the id, then changed, then gone', async () => {
    const created = await send('POST', '/api/movies', 'admin', film)
    expect(created.statusCode).toBe(201)
    const { id, message } = created.json<MovieWritten>()
    expect(message).toBe('Movie created successfully')
    const changed = await send('PUT', `/api/movies/${id}`, 'superadmin', { title: 'The Longer Queue' })
    expect(changed.json()).toEqual({ id, message: 'Movie updated successfully' })
    expect((await get('/api/movies?limit=100')).json<MovieList>().items.map((m) => m.title)).toContain(
      'The Longer Queue',
    )
    expect((await send('DELETE', `/api/movies/${id}`, 'admin')).json()).toEqual({
      id,
      message: 'Movie deleted successfully',
    })
    const gone = await send('DELETE', `/api/movies/${id}`, 'admin')
    expect([gone.statusCode, gone.json<ErrorBody>().error.message]).toEqual([404, 'Movie not found'])
  })

  test('a film with showtimes: 409 with the impact', async () => {
    const { movie } = await aShow()
    const answer = await send('DELETE', `/api/movies/${movie.id}`, 'admin')
    expect(answer.statusCode).toBe(409)
    expect(answer.json<ErrorBody>().error.message).toMatch(/1 showtime \(1 still to come\)/)
  })

  test('nobody but admins; nothing half-filled', async () => {
    const { movie } = await aShow()
    expect((await app.inject({ method: 'POST', url: '/api/movies', payload: film })).statusCode).toBe(401)
    for (const answer of [
      await send('POST', '/api/movies', 'customer', film),
      await send('PUT', `/api/movies/${movie.id}`, 'customer', { title: 'x' }),
      await send('DELETE', `/api/movies/${movie.id}`, 'host'),
      await send('DELETE', '/api/movies/cache/clear', 'customer'),
    ]) {
      expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'FORBIDDEN'])
    }
    const half = await send('POST', '/api/movies', 'admin', { title: 'x', trailerUrl: 'javascript:alert(1)' })
    expect(half.statusCode).toBe(422)
  })

  test('clearing the cache leaves seat locks and queued jobs', async () => {
    const planted = { [`${ctx.config.holds.prefix}:seat_lock:show:F9`]: 'holder', 'bull:critical:42': 'job' }
    await ctx.redis.client.mset(planted)
    await get('/api/movies')
    const answer = await send('DELETE', '/api/movies/cache/clear', 'admin')
    expect(answer.json()).toMatchObject({ message: 'Cache cleared successfully', cleared: expect.any(Number) })
    expect(answer.json().cleared).toBeGreaterThan(0)
    expect(await ctx.redis.client.mget(Object.keys(planted))).toEqual(['holder', 'job'])
  })
})
