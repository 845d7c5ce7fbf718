// A worker may die anywhere between a page and the commit of what it means; the next one looks again, and nobody is told twice.
import { writeSources } from '@marquee/core/listings/ensure-sources'
import { makeCity } from '@marquee/core/testing/factories'
import { makeWatch } from '@marquee/core/testing/listings'
import { DEMO_CINEMA } from '@marquee/providers/listings/simulator/demo-site'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../../scripts/testing/eventually.ts'
import { type House, openHouse } from '../../../scripts/testing/house.ts'
import { KILLED } from '../../../scripts/testing/sale.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ MONITOR_CONFIRM_MS: '0', DEV_CINEMA_FILE: ':memory:' })
  await house.api()
}, 30_000)
afterAll(() => house.close())

const FILM = DEMO_CINEMA.films[4]!

/** A film of the cinema that runs in the house's API, looked at every second. */
async function watched() {
  const { ctx, base } = house
  const city = await makeCity(ctx, { slug: 'hyderabad', name: 'Hyderabad' })
  const { host } = new URL(base)
  await writeSources(ctx.pool, [
    {
      id: 'cinema',
      name: DEMO_CINEMA.name,
      kind: DEMO_CINEMA.kind,
      baseUrl: base,
      hosts: [host],
      zone: null,
      cities: {
        hyderabad: {
          slug: 'hyderabad',
          code: DEMO_CINEMA.path + DEMO_CINEMA.listPath('hyderabad'),
        },
      },
      minGapMs: 0,
      dailyBudget: 1e3,
      intervalSeconds: 1,
      enabled: true,
      permission: 'our own cinema',
    },
  ])
  await ctx.db.listingHost.create({ data: { host, robotsStatus: 404, robotsFetchedAt: new Date() } })
  const watch = await makeWatch(ctx, { source: { id: 'cinema', host, city } })
  const url = `${base}${DEMO_CINEMA.path}${DEMO_CINEMA.filmPath(FILM, 'hyderabad')}`
  await ctx.db.watch.update({ where: { id: watch.id }, data: { siteMovieId: FILM.siteMovieId, hints: { url } } })
  await ctx.db.subscriptionWatch.updateMany({ where: { watchId: watch.id }, data: { armedAt: new Date() } })
  return watch
}

test('killed before the commit of a look, and after it: one opening, told once', { timeout: 90_000 }, async () => {
  const { ctx, base } = house
  const watch = await watched()
  const opened = await fetch(`${base}${DEMO_CINEMA.controlPath}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `city=hyderabad&film=${FILM.siteMovieId}&action=open`,
  })
  expect(opened.status).toBe(303)
  for (const point of ['watch:before-commit', 'watch:after-commit'] as const) {
    expect(await house.worker(point).ended).toEqual(KILLED)
    // Its leases run out by themselves; nobody waits two minutes here.
    await ctx.pool.query('UPDATE watches SET lease_until = now() WHERE lease_until IS NOT NULL')
    await ctx.pool.query('UPDATE listing_hosts SET lease_until = now() WHERE lease_until IS NOT NULL')
  }
  // Only the second got as far as writing down the first of two looks.
  expect(await ctx.db.observation.count({ where: { watchId: watch.id } })).toBe(1)
  expect(await ctx.db.opening.count()).toBe(0)
  house.worker()
  await eventually(async () => (await ctx.db.opening.count()) > 0, 20_000)
  await eventually(async () => (await ctx.db.opening.findFirst())?.fannedOutAt != null, 15_000)
  expect(await ctx.db.opening.count()).toBe(1)
  expect(await ctx.db.alert.count()).toBe(1)
})
