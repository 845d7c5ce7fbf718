import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { makeMovie } from '../testing/factories.ts'
import { makeSource, makeSubscription } from '../testing/listings.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { ensureWatches } from './ensure-watches.ts'
import { movieFilmKey } from './film-keys.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

test('any number who ask, at once or later: one watch for each source that lists the film, and all are counted', async () => {
  const movie = await makeMovie(ctx, { title: 'Leo' })
  const first = await makeSource(ctx)
  const sources = [first, await makeSource(ctx, { cityId: first.city.id }), await makeSource(ctx)]
  await ctx.db.listingSource.create({
    data: { id: 'off', name: 'off', kind: 'jsonld', baseUrl: 'https://off.example' },
  })
  const film = (sourceId: string, title: string, more: object = {}) => ({
    id: newId(),
    sourceId,
    cityId: first.city.id,
    siteMovieId: title,
    title,
    titleKey: title,
    list: 'upcoming',
    ...more,
  })
  await ctx.db.sourceFilm.createMany({
    data: [
      film(sources[0]!.id, 'leo', { movieId: movie.id }),
      film(sources[0]!.id, 'leo part 2'),
      film(sources[1]!.id, 'leo', { language: 'te' }),
      film('off', 'leo'),
      // Another city's.
      film(sources[2]!.id, 'leo', { cityId: sources[2]!.city.id }),
    ],
  })
  const filmKey = movieFilmKey(movie.id)
  const ask = async () => {
    const { id: subscriptionId } = await makeSubscription(ctx, { cityId: first.city.id, filmKey, movieId: movie.id })
    return ctx.db.$transaction((tx) =>
      ensureWatches(tx, {
        cityId: first.city.id,
        filmKey,
        movieId: movie.id,
        urgency: 'normal',
        subscriptionId,
        now: ctx.clock.now(),
      }),
    )
  }
  const asked = await Promise.all(Array.from({ length: 6 }, ask))
  const wanted = ['marquee', sources[0]!.id, sources[1]!.id].sort()
  for (const watches of asked) expect(watches.map((watch) => watch.sourceId).sort()).toEqual(wanted)
  expect(new Set(asked.flat().map((watch) => watch.id)).size).toBe(3)
  const stored = await ctx.db.watch.findMany({ include: { _count: { select: { subscriptions: true } } } })
  expect(stored.map((watch) => [watch.subscribers, watch._count.subscriptions])).toEqual([
    [6, 6],
    [6, 6],
    [6, 6],
  ])
})
