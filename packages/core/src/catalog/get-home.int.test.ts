import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listListedTitles } from '../alerts/list-listed-titles.ts'
import { dropCached } from '../cache/cache.ts'
import { manualClock } from '../clock.ts'
import { openRedis } from '../redis.ts'
import { makeCity, makeMovie, makeScreen, makeShowtime, makeTheatre } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { findCity } from './find-city.ts'
import { getHome } from './get-home.ts'
import { getMovieShowtimes } from './get-movie-showtimes.ts'
import { listFeaturedMovies } from './list-featured-movies.ts'
import { listMovies } from './list-movies.ts'

const NOON = '2026-11-21T06:30:00Z' // 12:00 in India
const clock = manualClock(NOON)
let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ clock })
})
afterAll(() => ctx.close())

const day = (date: string) => new Date(`${date}T00:00:00Z`)
const show = async (theatreId: string, movieId: string, startsAt: string) =>
  makeShowtime(ctx, { screen: await makeScreen(ctx, { theatreId }), movieId, startsAt: new Date(startsAt) })

test('running and upcoming', async () => {
  const city = await makeCity(ctx)
  const theatre = await makeTheatre(ctx, { cityId: city.id })
  const film = (title: string, releaseDate: string) => makeMovie(ctx, { title, releaseDate: day(releaseDate) })

  await show(theatre.id, (await film('Out, plays', '2026-11-01')).id, '2026-11-23T10:00:00Z')
  await show(theatre.id, (await film('Released today', '2026-11-21')).id, '2026-11-24T10:00:00Z')
  await show(theatre.id, (await film('Preview today', '2026-11-27')).id, '2026-11-21T14:00:00Z')
  await show(theatre.id, (await film('Preview at 00:20', '2026-11-27')).id, '2026-11-21T18:50:00Z') // tomorrow there
  await show(theatre.id, (await film('On sale early', '2026-11-28')).id, '2026-11-28T10:00:00Z')
  await show(theatre.id, (await film('Plays on the fourteenth day', '2026-11-01')).id, '2026-12-04T18:00:00Z')
  await show(theatre.id, (await film('Plays on the fifteenth', '2026-11-01')).id, '2026-12-04T18:30:00Z')
  await show(theatre.id, (await film('Over', '2026-11-01')).id, '2026-11-21T04:00:00Z')
  const programmed = await film('Programmed, no times', '2026-11-01')
  await ctx.db.programme.create({ data: { movieId: programmed.id, theatreId: theatre.id } })
  await film('Announced', '2027-02-01')
  await makeShowtime(ctx, { movieId: (await film('Plays elsewhere', '2026-11-01')).id })

  const asked = { city: city.slug }
  const [running, upcoming, all] = await Promise.all(
    (['running', 'upcoming', 'all'] as const).map((status) => listListedTitles(ctx, { ...asked, status })),
  )
  expect(running).toEqual(['Out, plays', 'Plays on the fourteenth day', 'Preview today', 'Released today'])
  expect(upcoming).toEqual([
    'Announced',
    'On sale early',
    'Plays on the fifteenth',
    'Preview at 00:20',
    'Programmed, no times',
  ])
  expect(all).toEqual([...(running ?? []), ...(upcoming ?? [])].toSorted((a, b) => a.localeCompare(b, 'en')))

  const home = await getHome(ctx, asked)
  expect(home.date).toBe('2026-11-21')
  expect(home.running.map((m) => m.title).toSorted()).toEqual(running)
  expect(home.upcoming[0]?.title).toBe('Plays on the fifteenth') // soonest release first
  expect(home.upcoming.at(-1)?.title).toBe('Programmed, no times') // released, but nobody knows when it plays
  const { programmedAt } = await getMovieShowtimes(ctx, { idOrSlug: programmed.id, city: city.slug })
  expect(programmedAt.map(({ id }) => id)).toEqual([theatre.id])
  expect(home.upcoming.find((m) => m.title === 'On sale early')?.priceFromMinor).toBe(25_000)
  expect(home.upcoming.find((m) => m.title === 'Announced')?.priceFromMinor).toBeNull()
  await ctx.db.movie.deleteMany({ where: { title: 'Announced' } }) // it is to come in every other test's city, too
})

test('the feature is another featured film each day, with its next showtimes and live seats', async () => {
  const city = await makeCity(ctx)
  const theatre = await makeTheatre(ctx, { cityId: city.id, name: 'Aurora' })
  const [plain, ...featured] = await Promise.all([
    makeMovie(ctx),
    makeMovie(ctx, { featured: true }),
    makeMovie(ctx, { featured: true }),
  ])
  await makeMovie(ctx, { featured: true }) // not here
  const showtimes = new Map<string, { id: string }>()
  for (const movie of [plain, ...featured]) {
    for (let n = 0; n < 8; n += 1) {
      const at = new Date(Date.parse('2026-11-21T14:00:00Z') + n * 86_400_000).toISOString()
      const showtime = await show(theatre.id, movie.id, at)
      if (n === 0) showtimes.set(movie.id, showtime)
    }
  }
  const first = await getHome(ctx, { city: city.slug })
  const chosen = first.feature?.movie.id ?? ''
  expect(featured.map((m) => m.id)).toContain(chosen)
  expect(first.feature?.movie.synopsis).toMatch(/Something happens/)
  expect(first.feature?.showtimes).toHaveLength(6)
  expect(first.feature?.showtimesToday).toBe(1)
  expect(first.feature?.showtimes[0]).toMatchObject({ theatreName: 'Aurora', theatreArea: 'Old Town', seatsLeft: 48 })

  // The list is cached for longer than the seats in it.
  await ctx.pool.query(
    `INSERT INTO seat_claims (showtime_id, seat, state, holder, booking_id) SELECT $1, s, 'SOLD', 'h', $2 FROM generate_series(0, 47) s`,
    [showtimes.get(chosen)?.id, randomUUID()],
  )
  clock.advance(1_000)
  const sold = await getHome(ctx, { city: city.slug })
  expect(sold.feature?.showtimes[0]).toMatchObject({ seatsLeft: 0, status: 'sold_out' })

  try {
    clock.advance(86_400_000)
    const next = await getHome(ctx, { city: city.slug })
    expect(next.date).toBe('2026-11-22')
    expect(featured.map((m) => m.id)).toContain(next.feature?.movie.id)
    expect(next.feature?.movie.id).not.toBe(chosen)
    clock.advance(86_400_000)
    expect((await getHome(ctx, { city: city.slug })).feature?.movie.id).toBe(chosen)
  } finally {
    clock.set(new Date(NOON))
  }
  const list = await listFeaturedMovies(ctx, { city: city.slug, limit: 24, offset: 0 })
  expect(new Set(list.items.map((m) => m.id))).toEqual(new Set(featured.map((m) => m.id)))
})

test('without a featured film the most popular one; nothing at all in an empty city', async () => {
  const city = await makeCity(ctx)
  expect(await getHome(ctx, { city: city.slug })).toMatchObject({ feature: null, running: [] })
  const theatre = await makeTheatre(ctx, { cityId: city.id })
  const [small, big] = await Promise.all([makeMovie(ctx), makeMovie(ctx)])
  await ctx.db.movie.update({ where: { id: big.id }, data: { popularity: 3 } })
  for (const movie of [small, big]) await show(theatre.id, movie.id, '2026-11-21T14:00:00Z')
  await dropCached(ctx, ['showtimes'])
  const home = await getHome(ctx, { city: city.slug })
  expect(home.feature?.movie.id).toBe(big.id)
  expect(home.running.map((m) => m.id)).toEqual([big.id, small.id])
})

test('a showtime that begins while the list is cached leaves the feature', async () => {
  const city = await makeCity(ctx)
  const theatre = await makeTheatre(ctx, { cityId: city.id })
  const movie = await makeMovie(ctx)
  const soon = await show(theatre.id, movie.id, '2026-11-21T06:15:10Z') // the film begins in ten seconds
  await show(theatre.id, movie.id, '2026-11-21T14:00:00Z')
  expect((await getHome(ctx, { city: city.slug })).feature?.showtimes.map((s) => s.id)).toContain(soon.id)
  try {
    clock.advance(10_000)
    expect((await getHome(ctx, { city: city.slug })).feature?.showtimes.map((s) => s.id)).not.toContain(soon.id)
  } finally {
    clock.set(new Date(NOON))
  }
})

test('works the same while Redis is away', async () => {
  const city = await makeCity(ctx)
  const theatre = await makeTheatre(ctx, { cityId: city.id })
  await show(theatre.id, (await makeMovie(ctx)).id, '2026-11-21T14:00:00Z')
  const away = { ...ctx, redis: openRedis('redis://127.0.0.1:1', ctx.log) }
  try {
    const answer = await getHome(away, { city: city.slug })
    expect(answer.feature?.showtimes).toHaveLength(1)
    expect(answer).toEqual(await getHome(ctx, { city: city.slug }))
  } finally {
    await away.redis.close()
  }
})

test('films of a city by language and genre, a page at a time', async () => {
  const city = await makeCity(ctx)
  const theatre = await makeTheatre(ctx, { cityId: city.id })
  const tamil = await makeMovie(ctx, { language: 'Tamil', genres: ['Action', 'Masala'] })
  const hindi = await makeMovie(ctx, { language: 'Hindi', genres: ['Masala'] })
  for (const movie of [tamil, hindi]) await show(theatre.id, movie.id, '2026-11-21T14:00:00Z')
  const list = async (query: object) => {
    const { items, total } = await listMovies(ctx, { city: city.name, genre: 'masala', limit: 24, offset: 0, ...query })
    return { ids: items.map((m) => m.id), total }
  }
  expect((await list({})).total).toBe(2)
  expect(await list({ language: 'tamil' })).toEqual({ ids: [tamil.id], total: 1 })
  expect(await list({ genre: 'ACTION' })).toEqual({ ids: [tamil.id], total: 1 })
  expect(await list({ status: 'upcoming' })).toEqual({ ids: [], total: 0 })
  const pages = [await list({ limit: 1 }), await list({ limit: 1, offset: 1 })]
  expect(pages.map((page) => page.total)).toEqual([2, 2])
  expect(new Set(pages.flatMap((page) => page.ids))).toEqual(new Set([tamil.id, hindi.id]))
})

test('a city by slug, name or alias in any case; a new one at once; none asked for is the first', async () => {
  const city = await makeCity(ctx, { name: 'New Kochi', slug: 'new-kochi', aliases: ['Cochin', 'കൊച്ചി'] })
  for (const asked of ['new-kochi', 'NEW KOCHI', 'new  kochi', 'cochin', 'കൊച്ചി']) {
    expect((await findCity(ctx, asked)).id).toBe(city.id)
  }
  await expect(findCity(ctx, 'kochi')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await ctx.db.city.update({ where: { id: city.id }, data: { position: -1 } })
  await dropCached(ctx, ['cities'])
  expect((await findCity(ctx)).id).toBe(city.id)
})
