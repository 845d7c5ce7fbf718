import { randomUUID } from 'node:crypto'
import { MovieWrite } from '@marquee/contracts/movies'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../context.ts'
import { makeCity, makeMovie, makeScreen, makeShowtime, makeTheatre, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { clearCatalogCache } from './clear-catalog-cache.ts'
import { createMovie } from './create-movie.ts'
import { deleteMovie } from './delete-movie.ts'
import { getHome } from './get-home.ts'
import { getMovie } from './get-movie.ts'
import { listMovies } from './list-movies.ts'
import { listPopularMovies } from './list-popular-movies.ts'
import { listShows } from './list-shows.ts'
import { refreshPopularity } from './refresh-popularity.ts'
import { updateMovie } from './update-movie.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

const as = (role: 'customer' | 'host' | 'admin' | 'superadmin'): Actor => ({
  kind: 'user',
  userId: randomUUID(),
  role,
  jti: randomUUID(),
})
const admin = as('admin')
const form = (more: object = {}) =>
  MovieWrite.parse({
    title: `Film ${randomUUID().slice(0, 8)}`,
    synopsis: 'A story.',
    runtimeMinutes: 111,
    certificate: 'U',
    genres: ['Drama'],
    language: 'Tamil',
    releaseDate: '2026-11-27',
    ...more,
  })
/** Titles as each cached list tells them. */
const listed = async () => {
  const all = await listMovies(ctx, { limit: 100, offset: 0 })
  const shows = await listShows(ctx)
  const popular = await listPopularMovies(ctx, { limit: 50 })
  return [all.items, shows, popular.data].map((list) => new Set(list.map((movie) => movie.title)))
}

test('only admins write', async () => {
  const movie = await makeMovie(ctx)
  for (const [actor, code] of [
    [{ kind: 'anonymous' }, 'UNAUTHENTICATED'],
    [as('customer'), 'FORBIDDEN'],
    [as('host'), 'FORBIDDEN'],
  ] as const) {
    await expect(createMovie(ctx, { actor, movie: form() })).rejects.toMatchObject({ code })
    await expect(updateMovie(ctx, { actor, id: movie.id, patch: { title: 'Mine' } })).rejects.toMatchObject({ code })
    await expect(deleteMovie(ctx, { actor, id: movie.id })).rejects.toMatchObject({ code })
    await expect(clearCatalogCache(ctx, { actor })).rejects.toMatchObject({ code })
  }
  expect((await ctx.db.movie.findUniqueOrThrow({ where: { id: movie.id } })).title).toBe(movie.title)
  await createMovie(ctx, { actor: as('superadmin'), movie: form() })
})

test('create, change and delete are seen by every cached list at once', async () => {
  const title = `Brand New ${randomUUID().slice(0, 8)}`
  for (const list of await listed()) expect(list).not.toContain(title)

  const { id, message } = await createMovie(ctx, {
    actor: admin,
    movie: form({ title, trailerUrl: 'https://video.example/x' }),
  })
  expect(message).toBe('Movie created successfully')
  for (const list of await listed()) expect(list).toContain(title)

  expect(await updateMovie(ctx, { actor: admin, id, patch: { title: `${title} 2` } })).toEqual({
    id,
    message: 'Movie updated successfully',
  })
  for (const list of await listed()) {
    expect(list).not.toContain(title)
    expect(list).toContain(`${title} 2`)
  }

  expect(await deleteMovie(ctx, { actor: admin, id })).toEqual({ id, message: 'Movie deleted successfully' })
  for (const list of await listed()) expect(list).not.toContain(`${title} 2`)
})

test('a change reaches the home screen', async () => {
  const city = await makeCity(ctx)
  const screen = await makeScreen(ctx, { theatreId: (await makeTheatre(ctx, { cityId: city.id })).id })
  const movie = await makeMovie(ctx)
  await makeShowtime(ctx, { screen, movieId: movie.id })
  expect((await getHome(ctx, { city: city.slug })).running[0]?.title).toBe(movie.title)
  await updateMovie(ctx, { actor: admin, id: movie.id, patch: { title: 'Renamed' } })
  const home = await getHome(ctx, { city: city.slug })
  expect([home.running[0]?.title, home.feature?.movie.title]).toEqual(['Renamed', 'Renamed'])
})

test('what a patch leaves out stays, the path too', async () => {
  const { id } = await createMovie(ctx, {
    actor: admin,
    movie: form({
      title: 'Patchwork',
      director: 'R. Devi',
      defaultPriceMinor: 12_300,
      cast: [{ name: 'A', role: 'B' }],
    }),
  })
  await updateMovie(ctx, { actor: admin, id, patch: { title: 'Quilt', releaseDate: '2026-12-25', featured: true } })
  expect(await getMovie(ctx, { idOrSlug: 'patchwork' })).toMatchObject({
    id,
    title: 'Quilt',
    releaseDate: '2026-12-25',
    featured: true,
    director: 'R. Devi',
    defaultPriceMinor: 12_300,
    cast: [{ name: 'A', role: 'B' }],
  })
})

test('films of one title, and titles that are paths of ours, get paths of their own', async () => {
  const slug = async (title: string) => {
    const { id } = await createMovie(ctx, { actor: admin, movie: form({ title }) })
    return (await getMovie(ctx, { idOrSlug: id })).slug
  }
  expect([await slug('Twins'), await slug('Twins'), await slug('TWINS!')]).toEqual(['twins', 'twins-2', 'twins-3'])
  expect(await slug('Search')).toBe('search-2')
  expect(await slug('चाँद')).toMatch(/^film/)
})

test('an unknown film: Movie not found', async () => {
  const id = randomUUID()
  const missing = { code: 'NOT_FOUND', message: 'Movie not found' }
  await expect(updateMovie(ctx, { actor: admin, id, patch: { title: 'x' } })).rejects.toMatchObject(missing)
  await expect(deleteMovie(ctx, { actor: admin, id })).rejects.toMatchObject(missing)
  await expect(getMovie(ctx, { idOrSlug: id })).rejects.toMatchObject(missing)
})

test('a film with showtimes is kept, and the answer says what hangs on it', async () => {
  const movie = await makeMovie(ctx)
  await makeShowtime(ctx, { movieId: movie.id })
  await makeShowtime(ctx, { movieId: movie.id, startsIn: -300 })
  await expect(deleteMovie(ctx, { actor: admin, id: movie.id })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringMatching(/2 showtimes \(1 still to come\) and 0 seats sold/),
  })
  expect(await ctx.db.movie.count({ where: { id: movie.id } })).toBe(1)
})

test('popularity: seats of confirmed bookings, newer ones more, damped; none of the old or unpaid', async () => {
  const user = await makeUser(ctx)
  const book = async (
    movieId: string,
    seats: number,
    daysAgo: number,
    status: 'CONFIRMED' | 'EXPIRED' = 'CONFIRMED',
  ) => {
    const showtime = await makeShowtime(ctx, { movieId })
    const at = new Date(ctx.clock.now().getTime() - daysAgo * 86_400_000)
    await ctx.db.booking.create({
      data: {
        id: randomUUID(),
        code: randomUUID().slice(0, 8),
        userId: user.id,
        showtimeId: showtime.id,
        holder: randomUUID(),
        status,
        baseMinor: 0,
        convenienceFeeMinor: 0,
        taxMinor: 0,
        totalMinor: 0,
        email: 'a@example.com',
        payBy: at,
        confirmedAt: at,
        seats: {
          create: Array.from({ length: seats }, (_, seat) => ({
            seat,
            label: `A${seat + 1}`,
            section: 'regular',
            priceMinor: 0,
          })),
        },
      },
    })
  }
  const films = await Promise.all(Array.from({ length: 5 }, () => makeMovie(ctx)))
  const [fresh, older, ancient, unpaid, crowd] = films.map((film) => film.id) as [
    string,
    string,
    string,
    string,
    string,
  ]
  await book(fresh, 4, 1)
  await book(older, 4, 20)
  await book(ancient, 40, 31)
  await book(unpaid, 40, 1, 'EXPIRED')
  await book(crowd, 40, 1)
  // Nothing computed yet: the first reader does it.
  expect(await ctx.db.movie.count({ where: { popularity: { gt: 0 } } })).toBe(0)
  await clearCatalogCache(ctx, { actor: admin })
  const first = await listPopularMovies(ctx, { limit: 3 })
  expect(first.message).toBe('Results retrieved from database')
  expect(first.data.map((movie) => movie.id)).toEqual([crowd, fresh, older])
  expect((await listPopularMovies(ctx, { limit: 3 })).message).toBe('Results retrieved from cache')

  const scores = await ctx.db.movie.findMany({
    where: { id: { in: films.map((f) => f.id) } },
    select: { id: true, popularity: true },
  })
  const score = new Map(scores.map((row) => [row.id, row.popularity]))
  expect([score.get(ancient), score.get(unpaid)]).toEqual([0, 0])
  expect((score.get(crowd) ?? 0) / (score.get(fresh) ?? 1)).toBeLessThan(3) // ten times the seats

  await book(older, 48, 0)
  expect(await refreshPopularity(ctx)).toBeGreaterThan(0)
  const next = await listPopularMovies(ctx, { limit: 1 })
  expect(next.message).toBe('Results retrieved from database')
  expect(next.data[0]?.id).toBe(older)
})

test('clearing tells how many keys went, and lists are read afresh', async () => {
  await listShows(ctx)
  const { message, cleared } = await clearCatalogCache(ctx, { actor: admin })
  expect(message).toBe('Cache cleared successfully')
  expect(cleared).toBeGreaterThan(0)
})

test('every write lands in the audit log with what it changed, and a refused one does not', async () => {
  const actor = as('superadmin')
  const origin = { network: '203.0.113.0', requestId: 'r-1' }
  const { id } = await createMovie(ctx, { actor, movie: form({ title: 'Ledger' }), origin })
  await updateMovie(ctx, { actor, id, patch: { title: 'Ledger II', featured: false }, origin })
  await expect(updateMovie(ctx, { actor: as('host'), id, patch: { title: 'Mine' } })).rejects.toThrow('may not')
  await deleteMovie(ctx, { actor, id, origin })
  await expect(deleteMovie(ctx, { actor, id, origin })).rejects.toThrow('not found')
  await clearCatalogCache(ctx, { actor, origin })
  if (actor.kind !== 'user') throw new Error('a user was expected')
  const written = await ctx.db.auditEntry.findMany({ where: { actorId: actor.userId }, orderBy: { id: 'asc' } })
  expect(written.map((entry) => [entry.action, entry.subjectId])).toEqual([
    ['movie.create', id],
    ['movie.update', id],
    ['movie.delete', id],
    ['cache.clear', 'catalogue'],
  ])
  // What did not change is not said to have.
  expect(written[1]).toMatchObject({
    actorRole: 'superadmin',
    before: { title: 'Ledger' },
    after: { title: 'Ledger II' },
    network: '203.0.113.0',
    requestId: 'r-1',
  })
  expect(written[2]?.before).toMatchObject({ title: 'Ledger II', slug: 'ledger' })
})
