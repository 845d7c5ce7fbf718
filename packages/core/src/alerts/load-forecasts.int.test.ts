import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import { newId } from '../ids.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { type MadeOpening, makeOpening, makeSubscriber } from '../testing/waiting.ts'
import { loadAlertViews } from './alert-view.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ clock: manualClock('2026-11-21T06:00:00Z') })
})
afterAll(() => ctx.close())

/** A theatre of a site that has opened often enough to say when it does. */
const opensAt = ({ sourceId, cityId }: MadeOpening, cinema: string) =>
  ctx.db.openingRecord.createMany({
    data: [1, 2, 3, 4].map((week) => ({
      id: newId(),
      sourceId,
      cityId,
      cinemaKey: cinema,
      cinemaName: cinema,
      siteMovieId: `film ${week}`,
      title: `Film ${week}`,
      openedAt: new Date(Date.UTC(2026, 9, 7 * week, 4)),
      firstShowAt: new Date(Date.UTC(2026, 9, 7 * week + 3, 4)),
    })),
  })

test('who waits for a film is told how the sites that list it usually open, not how others do', async () => {
  const here = await makeOpening(ctx, { state: 'CLOSED' })
  const there = await makeOpening(ctx, { state: 'CLOSED', cityId: here.cityId })
  await opensAt(here, 'Prism Cinemas')
  await opensAt(there, 'Lantern Row')
  const ids = [(await makeSubscriber(ctx, here)).id, (await makeSubscriber(ctx, there)).id]
  const views = await loadAlertViews(ctx, ids)
  expect(views.map(({ forecasts }) => forecasts.map(({ theatre }) => theatre))).toEqual([
    ['Prism Cinemas'],
    ['Lantern Row'],
  ])
  expect(Object.keys(views[0]?.forecasts[0] ?? {}).toSorted()).toEqual([
    'daysBefore',
    'expected',
    'hours',
    'openings',
    'theatre',
  ])
})
