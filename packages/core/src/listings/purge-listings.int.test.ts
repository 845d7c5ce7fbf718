import { expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { makeWatch } from '../testing/listings.ts'
import { testContext } from '../testing/services.ts'
import { purgeListings } from './purge-listings.ts'

const ago = (days: number) => new Date(Date.now() - days * 86_400_000)

test('pages go after a week, looks after three months, the looks of openings never', async () => {
  const ctx = await testContext()
  const watch = await makeWatch(ctx)
  const look = (days: number) => ({
    id: newId(),
    watchId: watch.id,
    at: ago(days),
    verdict: 'OPEN' as const,
    evidence: [],
    sessions: [],
    openDates: [],
    parserVersion: 1,
    body: new Uint8Array([1]),
  })
  const [fresh, week, old, proof] = [look(6), look(8), look(91), look(91)]
  await ctx.db.observation.createMany({ data: [fresh, week, old, proof] })
  await ctx.db.opening.create({
    data: {
      id: newId(),
      watchId: watch.id,
      state: 'CLOSED',
      detectedAt: ago(91),
      confirmedAt: ago(91),
      evidence: [],
      observationId: proof.id,
    },
  })
  const film = (siteMovieId: string, days: number) => ({
    id: newId(),
    sourceId: watch.sourceId,
    cityId: watch.cityId,
    siteMovieId,
    title: 'x',
    titleKey: 'x',
    list: 'running',
    lastSeenAt: ago(days),
  })
  await ctx.db.sourceFilm.createMany({ data: [film('1', 179), film('2', 181)] })
  expect(await purgeListings(ctx)).toEqual({ pages: 3, observations: 1, sourceFilms: 1 })
  const left = await ctx.db.observation.findMany({ orderBy: { at: 'desc' } })
  expect(left.map(({ id, body }) => [id, body !== null])).toEqual([
    [fresh.id, true],
    [week.id, false],
    [proof.id, false],
  ])
  expect((await ctx.db.sourceFilm.findMany()).map((one) => one.siteMovieId)).toEqual(['1'])
  await ctx.close()
})
