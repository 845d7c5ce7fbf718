import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeMovie, makeScreen, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { createShowtime } from './create-showtime.ts'
import { listScreens } from './list-screens.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

const actorFor = async (role: 'admin' | 'superadmin') =>
  ({ kind: 'user', userId: (await makeUser(ctx, { role })).id, role, jti: '' }) as const
async function hall() {
  const screen = await makeScreen(ctx)
  const movie = await makeMovie(ctx, { runtimeMinutes: 100 })
  return (startsIn = 600, more: object = {}) => ({
    movieId: movie.id,
    screenId: screen.id,
    adsMinutes: 20,
    language: 'Telugu',
    format: 'IMAX',
    captions: null,
    startsAt: new Date(Date.now() + startsIn * 6e4).toISOString(),
    prices: {
      regular: 2e4,
      premium: 3e4,
    },
    ...more,
  })
}

test('it is on sale with every seat at the price of its section, and is written down', async () => {
  const body = await hall()
  const actor = await actorFor('superadmin')
  const made = await createShowtime(ctx, { actor, showtime: body() })
  expect(made.seats).toBe(48)
  expect(Date.parse(made.endsAt) - Date.parse(made.startsAt)).toBe(120 * 60_000)
  const row = await ctx.db.showtime.findUniqueOrThrow({ where: { id: made.id }, include: { seats: true } })
  expect(row).toMatchObject({ priceFromMinor: 20_000, seatCount: 48, format: 'IMAX', status: 'SCHEDULED' })
  expect(new Set(row.seats.map((seat) => `${seat.section} ${seat.priceMinor}`))).toEqual(
    new Set(['regular 20000', 'premium 30000']),
  )
  expect(await ctx.db.auditEntry.count({ where: { action: 'showtime.create', subjectId: made.id } })).toBe(1)
  expect(await ctx.db.programme.count({ where: { movieId: row.movieId } })).toBe(1)
})

test('a hall that is busy, a time that has passed, a section without a price: refused by the field', async () => {
  const body = await hall()
  const actor = await actorFor('superadmin')
  await createShowtime(ctx, { actor, showtime: body(600) })
  const refused = async (showtime: ReturnType<typeof body>) =>
    createShowtime(ctx, { actor, showtime }).catch(
      (error: { code: string; details: { fields: { field: string }[] } }) => [
        error.code,
        error.details.fields[0]!.field,
      ],
    )
  expect(await refused(body(700))).toEqual(['CONFLICT', 'startsAt'])
  expect(await refused(body(-5))).toEqual(['VALIDATION', 'startsAt'])
  expect(await refused(body(900, { prices: { regular: 1_000 } }))).toEqual(['VALIDATION', 'prices.premium'])
  expect(await refused(body(900, { prices: { regular: 1_000, premium: 1_000, roof: 1_000 } }))).toEqual([
    'VALIDATION',
    'prices.roof',
  ])
  expect(await ctx.db.showtime.count({ where: { screenId: body().screenId } })).toBe(1)
})

test('an admin publishes in their own theatres only', async () => {
  const body = await hall()
  const actor = await actorFor('admin')
  await expect(createShowtime(ctx, { actor, showtime: body() })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const { theatreId } = await ctx.db.screen.findUniqueOrThrow({ where: { id: body().screenId } })
  await ctx.db.theatreAdmin.create({ data: { userId: actor.userId, theatreId } })
  expect(await createShowtime(ctx, { actor, showtime: body() })).toMatchObject({ seats: 48 })
  const { items } = await listScreens(ctx, { actor, theatreId })
  expect(items[0]!.sections.map((section) => section.id)).toEqual(['regular', 'premium'])
})
