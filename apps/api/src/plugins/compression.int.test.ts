import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { makeCity, makeMovie, makeScreen, makeShowtime, makeTheatre } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'

let ctx: TestContext
let app: FastifyInstance
let films: string
let showtimeId: string
beforeAll(async () => {
  ctx = await testContext()
  app = await buildApp(ctx)
  const city = await makeCity(ctx)
  const screen = await makeScreen(ctx, { theatreId: (await makeTheatre(ctx, { cityId: city.id })).id })
  showtimeId = (await makeShowtime(ctx, { screen })).id
  const movies = await Promise.all(Array.from({ length: 20 }, () => makeMovie(ctx, { title: 'Lantern' })))
  expect(movies).toHaveLength(20)
  films = '/api/movies/search?q=lantern&limit=50'
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})

const get = (url: string, encoding?: string) =>
  app.inject({ url, headers: encoding ? { 'accept-encoding': encoding } : {} })

test('a long list goes packed to who takes that, and is the same list', async () => {
  const plain = await get(films)
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.rawPayload.length).toBeGreaterThan(4_096)
  const { data } = plain.json<{ data: unknown }>()
  for (const [encoding, unpack] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    const packed = await get(films, encoding)
    expect(packed.headers).toMatchObject({
      'content-encoding': encoding,
      vary: expect.stringMatching(/accept-encoding/i),
      'content-type': plain.headers['content-type'],
    })
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3)
    expect(JSON.parse(unpack(packed.rawPayload).toString())).toMatchObject({ data })
  }
})

test('a short answer, an error and a seat map go as they are', async () => {
  for (const url of [
    '/api/movies/search?q=zzzzzz',
    '/api/movies/none-like-this',
    `/api/showtimes/${showtimeId}/seat-map`,
  ]) {
    const answer = await get(url, 'br, gzip')
    expect([url, answer.headers['content-encoding']]).toEqual([url, undefined])
  }
})

test('outside the catalogue nothing is packed, however long: it would take a hook on every route', async () => {
  const answer = await get('/api/openapi.json', 'br, gzip')
  expect(answer.headers['content-encoding']).toBeUndefined()
  expect(answer.rawPayload.length).toBeGreaterThan(100_000)
})
