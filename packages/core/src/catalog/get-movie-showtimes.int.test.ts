import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import { makeCity, makeMovie, makeScreen, makeShowtime, makeTheatre, plainLayout } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { getMovieShowtimes } from './get-movie-showtimes.ts'
import { getShowtime } from './get-showtime.ts'
import { getTheatreShowtimes } from './get-theatre-showtimes.ts'
import { listTheatreMovies } from './list-theatre-movies.ts'

const NOON = '2026-11-21T06:30:00Z' // 12:00 in India
const clock = manualClock(NOON)
let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ clock })
})
afterAll(() => ctx.close())

async function place(timeZone = 'Asia/Kolkata', layout = plainLayout()) {
  const city = await makeCity(ctx, { timeZone })
  const theatre = await makeTheatre(ctx, { cityId: city.id })
  const screen = await makeScreen(ctx, { theatreId: theatre.id, layout })
  const movie = await makeMovie(ctx)
  return { city, theatre, screen, movie }
}

type Claim = 'SOLD' | 'live' | 'lapsed'
/** Claims seats by index, as the hot paths leave them. */
async function claim(showtimeId: string, claims: Record<number, Claim>) {
  for (const [seat, kind] of Object.entries(claims)) {
    const ends =
      kind === 'SOLD' ? 'NULL' : kind === 'live' ? `now() + interval '5 minutes'` : `now() - interval '1 second'`
    await ctx.pool.query(
      `INSERT INTO seat_claims (showtime_id, seat, state, holder, booking_id, expires_at) VALUES ($1, $2, $3, 'h', $4, ${ends})`,
      [showtimeId, Number(seat), kind === 'SOLD' ? 'SOLD' : 'PAYING', randomUUID()],
    )
  }
}
const sell = (showtimeId: string, seats: number) =>
  ctx.pool.query(
    `INSERT INTO seat_claims (showtime_id, seat, state, holder, booking_id)
     SELECT $1, seat, 'SOLD', 'h', $3 FROM showtime_seats WHERE showtime_id = $1 AND seat < $2`,
    [showtimeId, seats, randomUUID()],
  )
const onlyChip = async (showtime: { movieId: string }, cityId: string) => {
  const city = await ctx.db.city.findUniqueOrThrow({ where: { id: cityId } })
  const day = await getMovieShowtimes(ctx, { idOrSlug: showtime.movieId, city: city.slug })
  return day.theatres[0]?.showtimes[0]
}

describe('status, by seats', () => {
  test.each([
    [700, 300, 'available'], // 30 %
    [701, 299, 'filling_fast'], // 29.9 %
    [999, 1, 'filling_fast'],
    [1000, 0, 'sold_out'],
  ] as const)('%i of 1000 sold leaves %i: %s', async (sold, left, status) => {
    const { city, screen, movie } = await place('Asia/Kolkata', plainLayout(10, 100))
    const showtime = await makeShowtime(ctx, { screen, movieId: movie.id })
    await sell(showtime.id, sold)
    expect(await onlyChip(showtime, city.id)).toMatchObject({ seatsLeft: left, seatCount: 1000, status })
  })

  test('a live claim is gone, a lapsed one is back, a seat off sale counts once', async () => {
    const { city, screen, movie } = await place('Asia/Kolkata', plainLayout(1, 10))
    const showtime = await makeShowtime(ctx, { screen, movieId: movie.id })
    await claim(showtime.id, { 0: 'SOLD', 1: 'live', 2: 'lapsed', 3: 'live' })
    await ctx.db.showtimeSeat.updateMany({
      where: { showtimeId: showtime.id, seat: { in: [3, 4] } },
      data: { blocked: true },
    })
    expect(await onlyChip(showtime, city.id)).toMatchObject({ seatsLeft: 6, status: 'available' })
  })

  test('sold out with the last seats only claimed', async () => {
    const { city, screen, movie } = await place('Asia/Kolkata', plainLayout(1, 4))
    const showtime = await makeShowtime(ctx, { screen, movieId: movie.id })
    await claim(showtime.id, { 0: 'SOLD', 1: 'SOLD', 2: 'live', 3: 'live' })
    expect(await onlyChip(showtime, city.id)).toMatchObject({ seatsLeft: 0, status: 'sold_out' })
  })

  test('on sale during the advertisements, lapsed once the film begins', async () => {
    const { city, screen, movie } = await place()
    const showtime = await makeShowtime(ctx, { screen, movieId: movie.id, startsIn: 5 })
    try {
      clock.set(new Date(showtime.filmStartsAt.getTime() - 1))
      expect(await onlyChip(showtime, city.id)).toMatchObject({ status: 'available' })
      clock.set(showtime.filmStartsAt)
      const day = await getMovieShowtimes(ctx, { idOrSlug: movie.id, city: city.slug })
      expect(day.dates).toEqual([])
      expect(day.date).toBe('2026-11-21')
      expect(day.theatres[0]?.showtimes[0]?.status).toBe('lapsed')
      expect((await getShowtime(ctx, showtime)).status).toBe('lapsed')
    } finally {
      clock.set(new Date(NOON))
    }
  })
})

describe('local days', () => {
  test('a showtime at 00:20 belongs to that day, not to the evening before', async () => {
    const { city, theatre, screen, movie } = await place()
    await makeShowtime(ctx, { screen, movieId: movie.id, startsAt: new Date('2026-11-22T18:50:00Z') }) // 23rd, 00:20
    await makeShowtime(ctx, { screen, movieId: movie.id, startsAt: new Date('2026-11-22T15:00:00Z') }) // 22nd, 20:30
    const asked = { idOrSlug: movie.slug, city: city.name.toUpperCase() }
    const first = await getMovieShowtimes(ctx, asked)
    expect(first.dates).toEqual(['2026-11-22', '2026-11-23'])
    expect(first.date).toBe('2026-11-22')
    expect(first.theatres[0]?.showtimes.map((s) => s.startsAt)).toEqual(['2026-11-22T15:00:00.000Z'])
    const next = await getMovieShowtimes(ctx, { ...asked, date: '2026-11-23' })
    expect(next.theatres[0]?.showtimes.map((s) => s.startsAt)).toEqual(['2026-11-22T18:50:00.000Z'])
    const atTheatre = await getTheatreShowtimes(ctx, { idOrSlug: theatre.slug, date: '2026-11-23' })
    expect(atTheatre.dates).toEqual(['2026-11-22', '2026-11-23'])
    expect(atTheatre.movies.map((m) => [m.movie.id, m.showtimes.length])).toEqual([[movie.id, 1]])
  })

  test('behind UTC, and through the night when the clocks go back', async () => {
    clock.set(new Date('2026-10-31T16:00:00Z'))
    try {
      const { city, screen, movie } = await place('America/New_York')
      // 1 November 2026 has 25 hours there: 01:30 comes twice, and 23:30 is still the same day.
      const times = ['2026-11-01T03:50:00Z', '2026-11-01T06:30:00Z', '2026-11-02T04:30:00Z', '2026-11-02T05:00:00Z']
      for (const at of times) {
        const other = await makeScreen(ctx, { theatreId: screen.theatreId })
        await makeShowtime(ctx, { screen: other, movieId: movie.id, startsAt: new Date(at) })
      }
      const on = async (date: string) => {
        const day = await getMovieShowtimes(ctx, { idOrSlug: movie.id, city: city.slug, date })
        return day.theatres.flatMap((t) => t.showtimes.map((s) => times.indexOf(s.startsAt.replace('.000', ''))))
      }
      expect(await on('2026-10-31')).toEqual([0]) // 23:50 the evening before
      expect(await on('2026-11-01')).toEqual([1, 2])
      expect(await on('2026-11-02')).toEqual([3]) // midnight sharp
      const { dates } = await getMovieShowtimes(ctx, { idOrSlug: movie.id, city: city.slug })
      expect(dates).toEqual(['2026-10-31', '2026-11-01', '2026-11-02'])
    } finally {
      clock.set(new Date(NOON))
    }
  })

  test('days end with the fourteenth', async () => {
    const { city, screen, movie } = await place()
    for (const at of ['2026-12-04T18:00:00Z', '2026-12-04T18:30:00Z']) {
      const other = await makeScreen(ctx, { theatreId: screen.theatreId })
      await makeShowtime(ctx, { screen: other, movieId: movie.id, startsAt: new Date(at) }) // 4th 23:30, 5th 00:00
    }
    expect((await getMovieShowtimes(ctx, { idOrSlug: movie.id, city: city.slug })).dates).toEqual(['2026-12-04'])
  })
})

test('by theatre in order of name, times in order; other cities and cancelled showtimes stay out', async () => {
  const { city, movie } = await place()
  for (const name of ['Zenith', 'Aurora']) {
    const theatre = await makeTheatre(ctx, { cityId: city.id, name })
    for (const startsIn of [400, 100]) {
      const screen = await makeScreen(ctx, { theatreId: theatre.id })
      await makeShowtime(ctx, { screen, movieId: movie.id, startsIn })
    }
  }
  await makeShowtime(ctx, { movieId: movie.id })
  const cancelled = await makeShowtime(ctx, {
    movieId: movie.id,
    screen: await makeScreen(ctx, { theatreId: (await makeTheatre(ctx, { cityId: city.id })).id }),
  })
  await ctx.db.showtime.update({ where: { id: cancelled.id }, data: { status: 'CANCELLED' } })

  const day = await getMovieShowtimes(ctx, { idOrSlug: movie.id, city: city.slug })
  expect(day.theatres.map((t) => t.theatre.name)).toEqual(['Aurora', 'Zenith'])
  for (const { showtimes } of day.theatres) {
    expect(showtimes.map((s) => s.startsAt)).toEqual(showtimes.map((s) => s.startsAt).toSorted())
    expect(showtimes).toHaveLength(2)
  }
  await expect(getShowtime(ctx, cancelled)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('one showtime: prices by section, layout, film, theatre, city', async () => {
  const { city, theatre, screen, movie } = await place()
  const showtime = await makeShowtime(ctx, { screen, movieId: movie.id, prices: { premium: 42_000 } })
  expect(await getShowtime(ctx, showtime)).toMatchObject({
    id: showtime.id,
    seatLayoutId: screen.seatLayout.id,
    maxSeatsPerBooking: 10,
    prices: [
      { section: 'regular', priceMinor: 25_000 },
      { section: 'premium', priceMinor: 42_000 },
    ],
    priceFromMinor: 25_000,
    movie: { id: movie.id, priceFromMinor: 25_000 },
    theatre: { id: theatre.id, citySlug: city.slug, screenCount: 1 },
    city: { timeZone: 'Asia/Kolkata' },
  })
})

test('a theatre shows what it plays and what it has programmed', async () => {
  const { theatre, screen, movie } = await place()
  await makeShowtime(ctx, { screen, movieId: movie.id })
  const programmed = await makeMovie(ctx)
  await ctx.db.programme.create({ data: { movieId: programmed.id, theatreId: theatre.id } })
  await makeMovie(ctx)
  const { items, total } = await listTheatreMovies(ctx, { idOrSlug: theatre.slug, limit: 24, offset: 0 })
  expect(total).toBe(2)
  expect(new Map(items.map((item) => [item.id, item.priceFromMinor]))).toEqual(
    new Map([
      [movie.id, 25_000],
      [programmed.id, null],
    ]),
  )
})

test('an unknown film, city, theatre or showtime is not found', async () => {
  const { city, movie } = await place()
  const id = randomUUID()
  const missing = { code: 'NOT_FOUND' }
  await expect(getMovieShowtimes(ctx, { idOrSlug: 'no-such-film', city: city.slug })).rejects.toMatchObject(missing)
  await expect(getMovieShowtimes(ctx, { idOrSlug: id, city: city.slug })).rejects.toMatchObject(missing)
  await expect(getMovieShowtimes(ctx, { idOrSlug: movie.id, city: 'Atlantis' })).rejects.toMatchObject(missing)
  await expect(getTheatreShowtimes(ctx, { idOrSlug: id })).rejects.toMatchObject(missing)
  await expect(getShowtime(ctx, { id })).rejects.toMatchObject(missing)
})
