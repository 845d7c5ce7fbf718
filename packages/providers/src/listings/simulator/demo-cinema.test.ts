import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createDemoCinema } from './demo-cinema.ts'
import { DEMO_CINEMA } from './demo-site.ts'

const cleanUp: (() => unknown)[] = []
afterEach(() => {
  for (const step of cleanUp.splice(0).reverse()) step()
})

const FILM = DEMO_CINEMA.films[0]
const PAGE = DEMO_CINEMA.filmPath(FILM, 'hyderabad')

function openCinema(file = ':memory:', clock = { at: new Date('2026-11-21T06:30:00Z') }) {
  const cinema = createDemoCinema({ file, basePath: DEMO_CINEMA.path, now: () => clock.at })
  cleanUp.push(() => cinema.close())
  const ask = (method: string, path: string, form: Record<string, string> = {}, headers = {}) => {
    const url = new URL(path, 'http://shop.example')
    return cinema.handle({
      method,
      path: url.pathname,
      query: url.searchParams,
      headers,
      body: new URLSearchParams(form).toString(),
      origin: 'http://shop.example',
    })
  }
  const press = (action: string, more: Record<string, string> = {}) =>
    ask('POST', '/control', { action, film: FILM.siteMovieId, city: 'hyderabad', ...more })
  return { cinema, clock, ask, press }
}

test('nothing is on sale until somebody opens it, and then it is, there only', () => {
  const { ask, press } = openCinema()
  expect(ask('GET', PAGE).body).toContain('Booking is not open yet')
  const done = press('open')
  expect(done).toMatchObject({
    status: 303,
    headers: { location: expect.stringMatching(/^\/dev\/cinema\/control\?city=hyderabad&done=/) },
  })
  const page = ask('GET', PAGE).body
  expect(page).toContain('https://schema.org/InStock')
  expect(page).toContain('href="/dev/cinema/book/')
  expect(page).toContain('"url":"http://shop.example/dev/cinema/book/')
  expect(ask('GET', DEMO_CINEMA.filmPath(FILM, 'chennai')).body).toContain('Booking is not open yet')
  expect(ask('GET', new URL(done.headers.location!, 'http://x').href.slice(20)).body).toContain('booking is open in')
  press('sell-out')
  expect(ask('GET', PAGE).body).toContain('https://schema.org/SoldOut')
  press('close')
  expect(ask('GET', PAGE).body).toContain('Booking is not open yet')
})

test('announced for in ten minutes it opens by itself, unless it is closed before', () => {
  const { cinema, clock, ask, press } = openCinema()
  press('announce')
  expect(ask('GET', PAGE).body).toContain('"validFrom":"2026-11-21T06:40:00.000Z"')
  clock.at = new Date('2026-11-21T06:41:00Z')
  expect(cinema.site().truth(FILM.siteMovieId, 'hyderabad').state).toBe('OPEN')
  press('close')
  press('announce')
  press('open')
  expect(cinema.site().truth(FILM.siteMovieId, 'hyderabad').state).toBe('OPEN')
  press('close')
  press('announce')
  press('close')
  clock.at = new Date('2026-11-21T07:41:00Z')
  expect(cinema.site().truth(FILM.siteMovieId, 'hyderabad').state).toBe('NOT_OPEN')
})

test('what was opened and what was broken outlives the process, and another process sees it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cinema-'))
  cleanUp.push(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'demo.sqlite')
  const one = openCinema(file)
  const other = openCinema(file)
  expect(other.ask('GET', PAGE).body).toContain('not open yet')
  one.press('open')
  expect(other.ask('GET', PAGE).body).toContain('InStock')
  other.press('fault', { fault: 'maintenance', on: '1' })
  expect(one.ask('GET', PAGE).body).toContain('We will be right back')
  one.cinema.close()
  const again = openCinema(file)
  expect(again.ask('GET', PAGE).body).toContain('We will be right back')
  again.press('healthy')
  expect(again.ask('GET', PAGE).body).toContain('InStock')
})

test('the control room names every film with its state, and takes no press from elsewhere', () => {
  const { ask, press } = openCinema()
  press('open')
  const room = ask('GET', '/control?city=hyderabad').body
  for (const film of DEMO_CINEMA.films) expect(room).toContain(film.siteMovieId)
  expect(room).toContain('Monsoon &#38; &#60;Co&#62;')
  expect(room).toContain('aria-label="Sell out: Orbit Nine"')
  const foreign = ask('POST', '/control', { action: 'healthy' }, { 'sec-fetch-site': 'cross-site' })
  expect(foreign.status).toBe(400)
  expect(press('demolish').status).toBe(400)
  expect(press('open', { film: 'x' }).status).toBe(400)
  expect(ask('GET', '/book/12345').body).toContain('Nothing is sold here')
  expect(ask('GET', '').body).toContain('/dev/cinema/hyderabad/films')
})
