import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import type { City } from '../generated/prisma/client.ts'
import { newId } from '../ids.ts'
import { foldTitle } from '../listings/film-keys.ts'
import { makeCity, makeMovie, makeScreen, makeShowtime, makeTheatre } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { getAlertOptions } from './get-alert-options.ts'
import { listAlertFilms } from './list-alert-films.ts'
import { listListedTitles } from './list-listed-titles.ts'
import { findFilmByTitle, resolveFilm } from './resolve-film.ts'

const clock = manualClock('2026-11-21T10:00:00Z')
let ctx: TestContext
let city: City
beforeAll(async () => {
  ctx = await testContext({ clock })
  for (const [id, enabled, frozenAt] of [
    ['lists', true, null],
    ['other', true, null],
    ['off', false, null],
    ['frozen', true, clock.now()],
  ] as const)
    await ctx.db.listingSource.create({
      data: {
        id,
        name: `Site ${id}`,
        kind: 'jsonld',
        baseUrl: `https://${id}.example`,
        hosts: [],
        enabled,
        frozenAt,
        permission: 'a test of ours',
      },
    })
})
afterAll(() => ctx.close())
beforeEach(async () => {
  clock.advance(60_000)
  await ctx.db.movie.deleteMany({ where: { showtimes: { none: {} } } })
  city = await makeCity(ctx)
})

const listed = (sourceId: string, title: string, given: object = {}) =>
  ctx.db.sourceFilm.create({
    data: {
      id: newId(),
      sourceId,
      cityId: city.id,
      siteMovieId: newId(),
      title,
      titleKey: foldTitle(title),
      list: 'upcoming',
      lastSeenAt: clock.now(),
      ...given,
    },
  })
const watched = (sourceId: string, siteMovieId: string, given: object) =>
  ctx.db.watch.create({
    data: { id: newId(), sourceId, siteMovieId, cityId: city.id, title: 'x', verdict: 'OPEN', ...given },
  })
const films = async (given: { q?: string; limit?: number; offset?: number } = {}) =>
  (await listAlertFilms(ctx, { city: city.slug, limit: 100, offset: 0, ...given })).items
const titles = async (given: { q?: string; limit?: number; offset?: number } = {}) =>
  (await films(given)).map(({ title }) => title)

test('an unknown city is not found; another city has another list', async () => {
  await expect(listAlertFilms(ctx, { city: 'atlantis', limit: 10, offset: 0 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await expect(getAlertOptions(ctx, { city: 'atlantis' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await listed('lists', 'Only here')
  expect(await titles()).toEqual(['Only here'])
  city = await makeCity(ctx)
  expect(await titles()).toEqual([])
})

test('a film is one row, of our catalogue and of every site that means it by its whole title and language', async () => {
  const movie = await makeMovie(ctx, { title: 'Leo', language: 'Telugu', releaseDate: new Date('2026-12-18') })
  await listed('lists', 'LEO (Telugu)', { language: 'te' })
  await listed('other', 'Leo', { language: null })
  await listed('lists', 'Leo', { language: 'Tamil' })
  await listed('lists', 'Leo Part 2', { language: 'Telugu' })
  await listed('off', 'Switched off')
  await listed('lists', 'Gone', { lastSeenAt: new Date('2026-11-01') })
  const rows = await films()
  expect(rows.map(({ title, language, sources }) => [title, language, sources.map(({ id }) => id)])).toEqual([
    ['Leo', 'Telugu', ['marquee', 'lists', 'other']],
    ['Leo', 'Tamil', ['lists']],
    ['Leo Part 2', 'Telugu', ['lists']],
  ])
  expect(rows[0]).toMatchObject({
    key: `movie:${movie.id}`,
    movieSlug: movie.slug,
    releaseDate: '2026-12-18',
    status: 'upcoming',
  })
  expect(rows[1]).toMatchObject({ key: 'title:leo|tamil', movieSlug: null, poster: null })
  // What is chosen there is known here; never the beginning of a title.
  for (const { key, title } of rows) expect(await resolveFilm(ctx, { city, film: key })).toMatchObject({ key, title })
  expect(await findFilmByTitle(ctx, { city, title: 'LEO part-2' })).toBe('title:leo part 2|telugu')
  for (const title of ['Leo Part', 'Le', '', 'Gone']) expect(await findFilmByTitle(ctx, { city, title })).toBeNull()
})

test('upcoming first and soonest first, also what nobody programmed here; then what runs', async () => {
  const theatre = await makeTheatre(ctx, { cityId: city.id })
  const screen = await makeScreen(ctx, { theatreId: theatre.id })
  const runs = await makeMovie(ctx, { title: 'Runs', releaseDate: new Date('2026-11-01') })
  await makeShowtime(ctx, { screen, movieId: runs.id })
  await makeMovie(ctx, { title: 'Later', releaseDate: new Date('2027-03-01') })
  await makeMovie(ctx, { title: 'Sooner', releaseDate: new Date('2026-12-01') })
  await listed('lists', 'Undated')
  await listed('other', 'Running there', { list: 'running' })
  expect(await titles()).toEqual(['Sooner', 'Later', 'Undated', 'Running there', 'Runs'])
  expect(await titles({ q: 'RUN' })).toEqual(['Running there', 'Runs'])
  expect(await titles({ q: 'there run' })).toEqual(['Running there'])
  expect(await titles({ limit: 2, offset: 1 })).toEqual(['Later', 'Undated'])
  expect((await listAlertFilms(ctx, { city: city.slug, limit: 1, offset: 0 })).total).toBe(5)
  expect(await listListedTitles(ctx, { city: city.slug, status: 'running' })).toEqual(['Running there', 'Runs'])
  expect((await getAlertOptions(ctx, { city: city.slug })).theatres).toMatchObject([{ id: theatre.id }])
})

test('on sale is what can be booked: not a full house, not what a site said before it went blind', async () => {
  const theatre = await makeTheatre(ctx, { cityId: city.id })
  const show = async (title: string) => {
    const movie = await makeMovie(ctx, { title })
    const screen = await makeScreen(ctx, { theatreId: theatre.id })
    return makeShowtime(ctx, { movieId: movie.id, screen })
  }
  await show('A, seats')
  const full = await show('B, full')
  await ctx.db.showtimeSeat.updateMany({ where: { showtimeId: full.id }, data: { blocked: true } })
  for (const [title, sourceId, given] of [
    ['C, seen open', 'lists', {}],
    ['D, blind', 'lists', { blindSince: clock.now() }],
    ['E, frozen', 'frozen', {}],
    ['F, not open', 'lists', { verdict: 'NOT_OPEN' }],
  ] as const)
    await watched(sourceId, (await listed(sourceId, title, { list: 'running' })).siteMovieId, given)
  const open = (await films()).map(({ title, onSaleAt }) => [title, ...onSaleAt])
  expect(open).toEqual([
    ['A, seats', 'Marquee'],
    ['B, full'],
    ['C, seen open', 'Site lists'],
    ['D, blind'],
    ['E, frozen'],
    ['F, not open'],
  ])
})

test('the form learns which countries are called, our own first, and the words that are agreed to', async () => {
  const { countries, consent, timeZone, pushKey } = await getAlertOptions(ctx, { city: city.slug })
  expect(countries).toEqual([
    { code: '+91', name: 'India' },
    { code: '+65', name: 'Singapore' },
    { code: '+971', name: 'United Arab Emirates' },
    { code: '+44', name: 'United Kingdom' },
  ])
  expect(Object.keys(consent.texts).sort()).toEqual(['call', 'email', 'in_app', 'push', 'sms'])
  for (const text of Object.values(consent.texts)) expect(text).toMatch(/To stop: /)
  expect([timeZone, pushKey]).toEqual(['Asia/Kolkata', null])
})
