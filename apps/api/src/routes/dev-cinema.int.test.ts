import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FetchedPage, FetchPlan, ListingTarget } from '@marquee/providers/listings/listing-source'
import { openListing } from '@marquee/providers/listings/registry'
import { DEMO_CINEMA } from '@marquee/providers/listings/simulator/demo-site'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'

let ctx: TestContext
let app: FastifyInstance
let base: string
beforeAll(async () => {
  ctx = await testContext({ env: { DEV_CINEMA_FILE: ':memory:' } })
  app = await buildApp(ctx)
  base = await app.listen({ port: 0 })
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})

const FILM = DEMO_CINEMA.films[0]
const page = () => `${base}${DEMO_CINEMA.path}${DEMO_CINEMA.filmPath(FILM, 'hyderabad')}`
const press = (form: Record<string, string>) =>
  fetch(base + DEMO_CINEMA.controlPath, {
    method: 'POST',
    body: new URLSearchParams({ city: 'hyderabad', film: FILM.siteMovieId, ...form }),
    redirect: 'manual',
  })

test('a person opens booking in the control room, and the page of the film says so', async () => {
  expect(await (await fetch(page())).text()).toContain('Booking is not open yet')
  const pressed = await press({ action: 'open' })
  expect(pressed.status).toBe(303)
  const room = await fetch(new URL(pressed.headers.get('location')!, base))
  expect(room.headers.get('content-type')).toContain('text/html')
  expect(await room.text()).toContain('booking is open in Hyderabad')
  const answer = await fetch(page())
  expect(answer.headers.get('content-security-policy')).toContain("style-src 'self' 'unsafe-inline'")
  expect(await answer.text()).toContain(`${base}/dev/cinema/book/`)
  const again = await fetch(page(), { headers: { 'if-none-match': answer.headers.get('etag')! } })
  expect(again.status).toBe(304)
  expect((await fetch(`${base}/dev/cinema`)).status).toBe(200)
  expect((await fetch(`${base}/dev/cinema/control/style.css`)).headers.get('content-type')).toContain('text/css')
})

test('its pages are read by the adapter that is named for it, from the list to the seats', async () => {
  const source = openListing(DEMO_CINEMA.kind, { baseUrl: base + DEMO_CINEMA.path, zone: null })!
  const city = { slug: 'chennai', code: 'CHE', name: 'Chennai', zone: 'Asia/Kolkata' }
  const ask = async (plan: FetchPlan): Promise<FetchedPage> => {
    const answer = await fetch(plan.url, { headers: plan.headers })
    const { key, url } = plan
    const headers = Object.fromEntries(answer.headers)
    const rest = { truncated: false, failure: null, fetchedAt: new Date() } as const
    return { key, url, finalUrl: url, status: answer.status, headers, body: await answer.text(), ...rest }
  }
  const pages = await Promise.all(source.planFilms(city, 'upcoming', new Date()).map(ask))
  const list = source.readFilms(city, 'upcoming', pages, new Date())
  if (!list.ok) throw new Error(list.reason)
  expect(list.films.map(({ siteMovieId }) => siteMovieId).sort()).toEqual(
    DEMO_CINEMA.films.map(({ siteMovieId }) => siteMovieId).sort(),
  )
  const { siteMovieId, title, slug, hints } = list.films.find((film) => film.siteMovieId === FILM.siteMovieId)!
  const target: ListingTarget = { siteMovieId, title, slug, hints, city, date: null }
  const look = async () =>
    source.interpret(target, await Promise.all(source.plan(target, new Date()).map(ask)), new Date())
  expect(await look()).toMatchObject({ verdict: 'NOT_OPEN' })
  await press({ action: 'announce', city: 'chennai' })
  expect(await look()).toMatchObject({ verdict: 'ANNOUNCED' })
  await press({ action: 'open', city: 'chennai' })
  const open = await look()
  expect(open.verdict).toBe('OPEN')
  expect(open.sessions[0]?.url).toMatch(`${base}/dev/cinema/book/`)
  await press({ action: 'close', city: 'chennai' })
})

test('its faults reach the wire', async () => {
  await press({ action: 'fault', fault: 'cut-wire', on: '1' })
  await expect(fetch(page()).then((answer) => answer.text())).rejects.toThrow()
  await press({ action: 'fault', fault: 'cut-wire', on: '0' })
  await press({ action: 'fault', fault: 'gzip-lie', on: '1' })
  await expect(fetch(page()).then((answer) => answer.text())).rejects.toThrow()
  await press({ action: 'healthy' })
  expect((await fetch(page())).status).toBe(200)
})

test('in production it is not there', async () => {
  const own = await buildApp({ ...ctx, config: { ...ctx.config, mode: 'production' as const } })
  expect((await own.inject('/dev/cinema')).statusCode).toBe(404)
  expect((await own.inject('/dev/cinema/control')).statusCode).toBe(404)
  await own.close()
})
