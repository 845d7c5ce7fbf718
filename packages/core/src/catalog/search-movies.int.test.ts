import { MovieSearchQuery } from '@marquee/contracts/movies'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCity, makeMovie, makeScreen, makeShowtime, makeTheatre } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { searchMovies } from './search-movies.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
  const film = async (title: string, more: Parameters<typeof makeMovie>[1] = {}, data: object = {}) => {
    const movie = await makeMovie(ctx, { title, ...more })
    await ctx.db.movie.update({ where: { id: movie.id }, data })
  }
  await film('Lantern Makers', { genres: ['Drama'], ratingAverage: 8.2, language: 'Tamil' })
  await film('The Lantern', { genres: ['Thriller'], ratingAverage: 6.5 })
  await film('Jack o’Lanternfish', { genres: ['Comedy'], ratingAverage: 4 })
  await film('Paper Moon', { genres: ['Drama', 'Family'], ratingAverage: 9 }, { nativeTitle: 'காகித நிலா' })
  await film(
    'Night Bus',
    {},
    { cast: [{ name: 'Lantern Kumar', role: 'Driver' }], director: 'Anjali Rao', popularity: 9 },
  )
  await film('100 % Kaadhal', { ratingAverage: 7 })
  await film('Spider-Man of Madurai', {})
})
afterAll(() => ctx.close())

const titles = async (query: Record<string, unknown>) => {
  const { data, total } = await searchMovies(ctx, MovieSearchQuery.parse(query))
  expect(total).toBeGreaterThanOrEqual(data.length)
  return data.map((movie) => movie.title)
}

test('title prefix, then title word, then part of a word, then cast, however popular', async () => {
  expect(await titles({ q: 'lantern' })).toEqual(['Lantern Makers', 'The Lantern', 'Jack o’Lanternfish', 'Night Bus'])
})

test.each([
  ['LANTERN makers', ['Lantern Makers']],
  ['makers lantern', ['Lantern Makers']],
  ['anjali', ['Night Bus']],
  ['lantern tamil', ['Lantern Makers']],
  ['நிலா', ['Paper Moon']],
  ['spider man', ['Spider-Man of Madurai']],
  ['spiderman', ['Spider-Man of Madurai']], // by likeness
  ['lantrn makrs', ['Lantern Makers']],
  ['100 %', ['100 % Kaadhal']],
  ['%', []], // not a pattern
  ['_', []],
  ['zzzzzz', []],
  [`'; DROP TABLE movies; --`, []],
])('%s', async (q, expected) => {
  const found = await titles({ q })
  expect(found.slice(0, Math.max(1, expected.length))).toEqual(expected)
})

test('filters, alone and together', async () => {
  expect(await titles({ title: 'lantern' })).toHaveLength(3)
  expect((await titles({ genre: 'drama', minRating: '8' })).toSorted()).toEqual(['Lantern Makers', 'Paper Moon'])
  expect(await titles({ genre: 'drama', minRating: '8', maxRating: '8.5' })).toEqual(['Lantern Makers'])
  expect(await titles({ language: 'TAMIL' })).toEqual(['Lantern Makers'])
  expect(await titles({ q: 'lantern', genre: 'Thriller' })).toEqual(['The Lantern'])
  expect(await titles({ maxRating: '4', minRating: '4' })).toEqual(['Jack o’Lanternfish'])
  expect(await titles({ title: 'lantrn' })).toEqual([]) // a filter means what it says
})

test('pages, with the total of all', async () => {
  const page = await searchMovies(ctx, MovieSearchQuery.parse({ q: 'lantern', limit: '2', offset: '1' }))
  expect(page.data.map((movie) => movie.title)).toEqual(['The Lantern', 'Jack o’Lanternfish'])
  expect(page.total).toBe(4)
})

test('says where the answer came from', async () => {
  const query = MovieSearchQuery.parse({ q: 'paper moon' })
  expect((await searchMovies(ctx, query)).message).toBe('Results retrieved from database')
  expect((await searchMovies(ctx, query)).message).toBe('Results retrieved from cache')
})

test('bounds the wrong way round are refused', async () => {
  await expect(titles({ minRating: '8', maxRating: '7' })).rejects.toMatchObject({ code: 'VALIDATION' })
  expect(MovieSearchQuery.safeParse({ minRating: 'good' }).success).toBe(false)
  expect(MovieSearchQuery.safeParse({ maxRating: '11' }).success).toBe(false)
})

test('none of them in the city asked for: the cities that have them, the one with most films first', async () => {
  const [here, one, both] = await Promise.all(['Aaru', 'Beru', 'Ceru'].map((name) => makeCity(ctx, { name })))
  const [moth, flame] = await Promise.all(['Moth at Night', 'Moth and Flame'].map((title) => makeMovie(ctx, { title })))
  if (!here || !one || !both || !moth || !flame) throw new Error('the stage is not set')
  const show = async (cityId: string, movieId: string, startsIn = 180) => {
    const screen = await makeScreen(ctx, { theatreId: (await makeTheatre(ctx, { cityId })).id })
    await makeShowtime(ctx, { screen, movieId, startsIn })
  }
  await Promise.all([
    show(one.id, moth.id),
    show(both.id, moth.id),
    show(both.id, flame.id),
    show(here.id, moth.id, -600), // over
  ])
  const elsewhere = async (q: string, city?: string) =>
    (await searchMovies(ctx, MovieSearchQuery.parse({ q, city }))).elsewhere
  expect(await elsewhere('moth', here.slug)).toEqual([
    { slug: both.slug, name: 'Ceru', films: 2 },
    { slug: one.slug, name: 'Beru', films: 1 },
  ])
  expect(await elsewhere('moth', one.slug)).toBeUndefined() // one of the two is here
  expect(await elsewhere('flame', one.slug)).toEqual([{ slug: both.slug, name: 'Ceru', films: 1 }])
  expect(await elsewhere('moth')).toBeUndefined()
  expect(await elsewhere('zzzzzz', here.slug)).toBeUndefined()
})
