import type { ListedFilm } from '@marquee/providers/listings/listing-source'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import { makeMovie } from '../testing/factories.ts'
import { fakeSite, makeSource, makeSubscription } from '../testing/listings.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { ensureWatches } from './ensure-watches.ts'
import { movieFilmKey, titleFilmKey } from './film-keys.ts'
import { findDue } from './find-due.ts'
import { type ReadListingCtx, readListing } from './read-listing.ts'

const HOUR = 3_600_000
const clock = manualClock('2026-12-01T10:00:00Z')
let base: TestContext
let site: ReturnType<typeof fakeSite>
let ctx: ReadListingCtx & TestContext
let source: Awaited<ReturnType<typeof makeSource>>
beforeAll(async () => {
  base = await testContext({ clock })
})
afterAll(() => base.close())
beforeEach(async () => {
  await base.pool.query('TRUNCATE watches, alert_subscriptions, source_films, source_listings, movies CASCADE')
  await base.db.listingSource.deleteMany({ where: { kind: { not: 'catalogue' } } })
  site = fakeSite(base)
  ctx = { ...base, pages: site.pages, listings: site.listings }
  source = await makeSource(ctx)
})

const film = (siteMovieId: string, title: string, more: Partial<ListedFilm> = {}): ListedFilm => ({
  siteMovieId,
  title,
  slug: null,
  list: 'upcoming',
  language: 'Telugu',
  releaseDate: '2026-12-18',
  url: null,
  hints: { host: source.host },
  ...more,
})
/** Both lists, as the schedule would have them read. */
async function readAll() {
  clock.advance(7 * HOUR)
  for (const due of await findDue(ctx)) if (due.kind === 'list') await readListing(ctx, due)
  for (const due of await findDue(ctx)) if (due.kind === 'list') await readListing(ctx, due)
}
const films = () => ctx.db.sourceFilm.findMany({ orderBy: { siteMovieId: 'asc' } })
const wait = (filmKey: string, movieId?: string) =>
  makeSubscription(ctx, { cityId: source.city.id, filmKey, ...(movieId && { movieId }) })
const watches = () => ctx.db.watch.findMany({ include: { subscriptions: true }, orderBy: { siteMovieId: 'asc' } })

test('films are stored by their id, and known as ours by the whole title only', async () => {
  const leo = await makeMovie(ctx, { title: 'Leo', releaseDate: new Date('2026-12-18') })
  const old = await makeMovie(ctx, { title: 'Vikram', releaseDate: new Date('1986-05-29') })
  site.lists([
    film('1', 'LEO (Telugu)'),
    film('2', 'Leo Part 2'),
    film('3', 'Leo', { language: 'Hindi' }),
    film('4', 'Vikram'),
    film('5', 'Vikram', { releaseDate: null }),
  ])
  await readAll()
  expect((await films()).map((one) => one.movieId)).toEqual([leo.id, null, null, null, old.id])
  site.lists([film('1', 'Leo: The Lion', { slug: 'leo-the-lion' })])
  await readAll()
  const after = await films()
  expect(after).toHaveLength(5)
  expect(after[0]).toMatchObject({ title: 'Leo: The Lion', slug: 'leo-the-lion', movieId: leo.id })
  expect(after[0]!.lastSeenAt > after[1]!.lastSeenAt).toBe(true)
})

test('a list that cannot be read is no empty list', async () => {
  site.lists([film('1', 'Leo')])
  await readAll()
  site.answers(() => ({ status: 500 }))
  await readAll()
  expect(await films()).toHaveLength(1)
  const listing = await ctx.db.sourceListing.findFirstOrThrow({ where: { list: 'upcoming' } })
  expect(listing).toMatchObject({ failStreak: 1, lastError: 'outage' })
  expect(listing.nextLookAt.getTime() - clock.now().getTime()).toBeLessThanOrEqual(10 * 60_000)
})

test('whoever waits watches where it is listed, and where it comes to be listed', async () => {
  const leo = await makeMovie(ctx, { title: 'Leo', releaseDate: new Date('2026-12-18') })
  const first = await wait(movieFilmKey(leo.id), leo.id)
  await wait(titleFilmKey('Monsoon', 'Telugu'))
  site.lists([film('9', 'Something else')])
  await readAll()
  expect(await watches()).toEqual([])

  site.lists([film('1', 'Leo'), film('2', 'Leo 2'), film('3', 'Monsoon', { language: null })])
  await readAll()
  const joined = await watches()
  expect(joined.map((watch) => [watch.siteMovieId, watch.subscribers, watch.subscriptions.length])).toEqual([
    ['1', 1, 1],
    ['3', 1, 1],
  ])
  expect(joined[0]!.subscriptions[0]!.subscriptionId).toBe(first.id)
  expect(joined[0]!.nextLookAt).not.toBeNull()
  // Neither list had them after it was asked for: when they are on sale at the first look, that is news.
  expect(joined.map((watch) => watch.subscriptions[0]!.armedAt !== null)).toEqual([true, true])
  expect((await findDue(ctx)).filter((due) => due.kind === 'look').length).toBeGreaterThanOrEqual(1)
})

test('what a site listed before it was asked for is not armed by that', async () => {
  site.lists([film('1', 'Leo')])
  await readAll()
  const subscription = await wait(titleFilmKey('Leo', 'Telugu'))
  const now = clock.now()
  const made = await ctx.db.$transaction((tx) =>
    ensureWatches(tx, {
      cityId: source.city.id,
      filmKey: titleFilmKey('Leo', 'Telugu'),
      movieId: null,
      urgency: 'normal',
      subscriptionId: subscription.id,
      now,
    }),
  )
  expect(made.map((watch) => watch.siteMovieId)).toEqual(['1'])
  await readAll()
  expect((await watches())[0]!.subscriptions[0]!.armedAt).toBeNull()
})

test('an address that changes reaches the watch; the id is what counts', async () => {
  site.lists([film('1', 'Leo')])
  await readAll()
  await wait(titleFilmKey('Leo', 'Telugu'))
  await readAll()
  site.lists([film('1', 'Leo (renamed)', { slug: 'leo-renamed', hints: { host: source.host, url: '/new' } })])
  await readAll()
  expect((await watches())[0]).toMatchObject({
    title: 'Leo (renamed)',
    slug: 'leo-renamed',
    hints: { host: source.host, url: '/new' },
  })
})

test('a list is read by one at a time', async () => {
  site.lists([film('1', 'Leo')])
  const due = (await findDue(ctx)).find((one) => one.kind === 'list')!
  const input = due as { sourceId: string; cityId: string; list: 'running' | 'upcoming' }
  const read = await Promise.all([1, 2, 3].map(() => readListing(ctx, input)))
  expect(read.filter((one) => one !== null)).toHaveLength(1)
})

test('a list whose ETag never changes does not hide a film for ever', async () => {
  const conditional: boolean[] = []
  const lists = (all: ListedFilm[]) =>
    site.answers(() => {
      conditional.push(site.asked.at(-1)!.conditional)
      if (site.asked.at(-1)!.conditional) return { status: 304 }
      return { body: JSON.stringify(all), headers: { etag: '"for ever"' } }
    })
  lists([film('1', 'Leo')])
  await readAll()
  lists([film('1', 'Leo'), film('2', 'Orbit')])
  for (let i = 0; i < 5; i++) await readAll()
  expect((await films()).map((one) => one.siteMovieId)).toEqual(['1', '2'])
  expect(conditional.filter(Boolean).length).toBeGreaterThanOrEqual(4)
})

test('a film that has run for weeks and comes to be listed is not news', async () => {
  const [running, coming] = ['title:leo|telugu', 'title:orbit|telugu']
  site.lists([])
  await readAll()
  const waiting = await Promise.all([wait(running), wait(coming)])
  clock.advance(HOUR)
  await readAll()
  site.lists([
    film('1', 'Leo', { list: 'running', releaseDate: '2026-11-06' }),
    film('2', 'Orbit', { list: 'running', releaseDate: null }),
  ])
  await readAll()
  const links = await ctx.db.subscriptionWatch.findMany({
    where: { subscriptionId: { in: waiting.map(({ id }) => id) } },
    include: { watch: true },
  })
  const armed = Object.fromEntries(links.map((link) => [link.watch.title, link.armedAt !== null]))
  expect(armed).toEqual({ Leo: false, Orbit: true })
})
