import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import { makeMovie, makeScreen, makeShowtime, makeTheatre } from '../testing/factories.ts'
import { makeSubscription } from '../testing/listings.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { ensureWatches } from './ensure-watches.ts'
import { movieFilmKey } from './film-keys.ts'
import { releaseWatches } from './release-watches.ts'
import { tellWatch } from './tell-watch.ts'

const MINUTE = 60_000
// Seats are claimed by the database's clock.
const clock = manualClock(new Date())
let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ clock })
})
afterAll(() => ctx.close())

/** Somebody waits for a film that nobody shows yet. */
async function waiting(given: { seatsBack?: boolean } = {}) {
  const movie = await makeMovie(ctx)
  const theatre = await makeTheatre(ctx)
  const filmKey = movieFilmKey(movie.id)
  const { cityId } = theatre
  const subscription = await makeSubscription(ctx, { cityId, filmKey, movieId: movie.id, ...given })
  const [watch] = await ctx.db.$transaction((tx) =>
    ensureWatches(tx, {
      cityId,
      filmKey,
      movieId: movie.id,
      urgency: 'normal',
      subscriptionId: subscription.id,
      now: clock.now(),
    }),
  )
  expect(watch).toMatchObject({ sourceId: 'marquee', siteMovieId: movie.id, subscribers: 1, nextLookAt: clock.now() })
  const tell = () => {
    clock.advance(1_000)
    return tellWatch(ctx, { watchId: watch!.id })
  }
  return { movie, theatre, subscription, watch: watch!, tell }
}

const topics = async (topic: string, watchId?: string) =>
  (await ctx.db.outboxEvent.findMany({ where: { topic } }))
    .map((row) => row.payload as { watchId?: string; openingId?: string })
    .filter((payload) => !watchId || payload.watchId === watchId)

test('publishing a showtime tells the watch, and is an opening at once', async () => {
  const { movie, theatre, watch, tell } = await waiting()
  await tell()
  const link = await ctx.db.subscriptionWatch.findFirstOrThrow({ where: { watchId: watch.id } })
  expect(link.armedAt).toEqual(clock.now())
  expect(await topics('watch.told', watch.id)).toEqual([])

  const screen = await makeScreen(ctx, { theatreId: theatre.id })
  const showtime = await makeShowtime(ctx, { movieId: movie.id, screen })
  expect(await topics('watch.told', watch.id)).toHaveLength(1)
  await tell()
  const opening = await ctx.db.opening.findFirstOrThrow({ where: { watchId: watch.id } })
  expect(opening).toMatchObject({ kind: 'OPENING', state: 'LIVE' })
  expect(await topics('opening.fan-out')).toContainEqual(expect.objectContaining({ openingId: opening.id }))
  const believed = await ctx.db.watch.findUniqueOrThrow({ where: { id: watch.id } })
  expect(believed).toMatchObject({
    verdict: 'OPEN',
    sessions: [
      {
        siteId: showtime.id,
        cinema: { siteId: theatre.id, name: theatre.name },
        bookable: true,
        url: expect.stringMatching(new RegExp(`^http.*/showtimes/${showtime.id}/seats$`)),
      },
    ],
  })
  // Said again, nothing is news.
  const before = (await topics('opening.fan-out')).length
  await ctx.db.subscriptionWatch.updateMany({ where: { watchId: watch.id }, data: { armedAt: clock.now() } })
  await tell()
  expect(await topics('opening.fan-out')).toHaveLength(before)
  expect(await ctx.db.openingRecord.count({ where: { siteMovieId: movie.id } })).toBe(1)
})

test('a showtime moved or cancelled is told; another film, another city, a price are not', async () => {
  const { movie, theatre, watch } = await waiting()
  const screen = await makeScreen(ctx, { theatreId: theatre.id })
  const showtime = await makeShowtime(ctx, { movieId: movie.id, screen, startsIn: 3_000 })
  const told = async () => (await topics('watch.told', watch.id)).length
  expect(await told()).toBe(1)
  await makeShowtime(ctx, { screen })
  await makeShowtime(ctx, { movieId: movie.id })
  await ctx.db.showtime.update({ where: { id: showtime.id }, data: { priceFromMinor: 1 } })
  expect(await told()).toBe(1)
  await ctx.db.showtime.update({ where: { id: showtime.id }, data: { startsAt: new Date(Date.now() + 86_400_000) } })
  expect(await told()).toBe(2)
  await ctx.db.showtime.update({ where: { id: showtime.id }, data: { status: 'CANCELLED' } })
  expect(await told()).toBe(3)
})

test('a watch that slept forgets that it was not open: it may have opened meanwhile', async () => {
  const { watch, subscription, tell } = await waiting()
  await tell()
  const state = async (to: 'PAUSED' | 'ACTIVE') => {
    await ctx.db.alertSubscription.update({ where: { id: subscription.id }, data: { state: to } })
    await ctx.db.$transaction((tx) => releaseWatches(tx, subscription.id, clock.now()))
    return ctx.db.watch.findUniqueOrThrow({ where: { id: watch.id } })
  }
  await state('PAUSED')
  expect(await state('ACTIVE')).toMatchObject({ verdict: 'NOT_OPEN', nextLookAt: clock.now(), subscribers: 1 })
  await state('PAUSED')
  clock.advance(2 * 60 * MINUTE)
  expect(await state('ACTIVE')).toMatchObject({ verdict: null, lastOkAt: null, nextLookAt: clock.now() })
})

test('nobody waits, nothing is written', async () => {
  const { movie, theatre, watch, subscription } = await waiting()
  await ctx.db.alertSubscription.update({ where: { id: subscription.id }, data: { state: 'ENDED' } })
  await ctx.db.$transaction((tx) => releaseWatches(tx, subscription.id, clock.now()))
  expect(await ctx.db.watch.findUniqueOrThrow({ where: { id: watch.id } })).toMatchObject({
    subscribers: 0,
    nextLookAt: null,
  })
  await makeShowtime(ctx, { movieId: movie.id, screen: await makeScreen(ctx, { theatreId: theatre.id }) })
  expect(await topics('watch.told', watch.id)).toEqual([])
})

test('sold out, then seats that are given back, are an opening of their own', async () => {
  const { movie, theatre, watch, tell } = await waiting({ seatsBack: true })
  await tell()
  const screen = await makeScreen(ctx, { theatreId: theatre.id })
  const showtime = await makeShowtime(ctx, { movieId: movie.id, screen, startsIn: 3_000 })
  await tell()
  await ctx.pool.query(
    `INSERT INTO seat_claims (showtime_id, seat, state, holder, expires_at)
     SELECT showtime_id, seat, 'HELD', 'x', now() + interval '1 hour' FROM showtime_seats WHERE showtime_id = $1`,
    [showtime.id],
  )
  const soldOut = await tell()
  expect(soldOut?.step.belief.verdict).toBe('SOLD_OUT')
  // Asked every minute while somebody waits for seats.
  expect(soldOut!.nextLookAt!.getTime() - clock.now().getTime()).toBeLessThanOrEqual(1.2 * MINUTE)
  clock.advance(5 * MINUTE)
  await ctx.pool.query('DELETE FROM seat_claims WHERE showtime_id = $1 AND seat < 2', [showtime.id])
  const back = await tell()
  expect(back?.step.opens?.kind).toBe('SEATS_BACK')
  const openings = await ctx.db.opening.findMany({ where: { watchId: watch.id }, orderBy: { detectedAt: 'asc' } })
  expect(openings.map((one) => [one.kind, one.state])).toEqual([
    ['OPENING', 'CLOSED'],
    ['SEATS_BACK', 'LIVE'],
  ])
})

test('told by several at once: one opening', async () => {
  const { movie, theatre, watch, tell } = await waiting()
  await tell()
  await makeShowtime(ctx, { movieId: movie.id, screen: await makeScreen(ctx, { theatreId: theatre.id }) })
  await Promise.all([tell(), tell(), tell()])
  expect(await ctx.db.opening.count({ where: { watchId: watch.id } })).toBe(1)
})
