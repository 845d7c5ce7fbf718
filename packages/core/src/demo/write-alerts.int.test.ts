import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAlerts } from '../alerts/list-alerts.ts'
import { manualClock } from '../clock.ts'
import { newId } from '../ids.ts'
import { makeCity, makeMovie, makeScreen, makeShowtime, makeTheatre, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { DEMO_ACCOUNTS, DEMO_GUESTS } from './accounts.ts'
import { DEMO_CITIES } from './cities.ts'
import { writeAlerts } from './write-alerts.ts'

// The whole demo catalogue takes seconds to load: what these rows need of it is a city, two films and their people.
const clock = manualClock('2026-11-21T10:00:00Z')
let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ clock })
})
afterAll(() => ctx.close())

test('shows what is watched and what was told, with its proof; once, and not what was deleted since', async () => {
  expect(await writeAlerts(ctx)).toBe(0)
  const city = await makeCity(ctx, { slug: DEMO_CITIES[0]?.slug ?? '' })
  const theatre = await makeTheatre(ctx, { cityId: city.id })
  const open = await makeMovie(ctx, { title: 'Runs', releaseDate: new Date('2026-11-13') })
  await makeShowtime(ctx, { movieId: open.id, screen: await makeScreen(ctx, { theatreId: theatre.id }) })
  await makeMovie(ctx, { title: 'To come', releaseDate: new Date('2026-12-18') })
  const asha = await makeUser(ctx, { email: DEMO_ACCOUNTS[0].email })
  for (const { email, name } of DEMO_GUESTS.slice(0, 2)) await makeUser(ctx, { email, name })
  clock.advance(60_000)

  expect(await writeAlerts(ctx)).toBe(4)
  const actor = { kind: 'user', userId: asha.id, role: 'customer', jti: newId() } as const
  const mine = () => listAlerts(ctx, { asker: { actor }, query: { limit: 10, offset: 0 } })
  const { items } = await mine()
  expect(items).toMatchObject([
    { film: { title: 'To come' }, state: 'ACTIVE', onSaleAt: [], watches: [{ how: 'told' }], phone: '+91 ••••• ••001' },
    {
      film: { title: 'Runs' },
      state: 'NOTIFIED',
      onSaleAt: [{ name: 'Marquee' }],
      alerts: [
        {
          state: 'ACKNOWLEDGED',
          acknowledgedBy: 'call',
          evidence: [{ rule: 'catalogue.showtime' }],
          firstShowing: { theatre: theatre.name },
          attempts: [
            { channel: 'in_app' },
            { channel: 'sms', outcome: 'arrived' },
            { channel: 'call', outcome: 'answered, pressed 1' },
          ],
        },
      ],
    },
  ])
  expect(await ctx.db.watch.findFirst({ where: { title: 'To come' } })).toMatchObject({ subscribers: 3 })
  expect(await ctx.db.openingRecord.count()).toBe(1)

  await ctx.db.alertSubscription.updateMany({ where: { title: 'Runs' }, data: { state: 'ENDED' } })
  expect(await writeAlerts(ctx)).toBe(0)
  expect((await mine()).total).toBe(1)
})
