import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../context.ts'
import { makeScreen, makeShowtime, makeTheatre, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { deleteTheatre } from './delete-theatre.ts'
import { getTheatre } from './get-theatre.ts'
import { listTheatres } from './list-theatres.ts'
import { updateTheatre } from './update-theatre.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

const as = (role: 'host' | 'admin' | 'superadmin', userId: string = randomUUID()): Actor => ({
  kind: 'user',
  userId,
  role,
  jti: randomUUID(),
})
const boss = as('superadmin')
/** An admin with a theatre of their own. */
async function house() {
  const [theatre, user] = await Promise.all([makeTheatre(ctx), makeUser(ctx, { role: 'admin' })])
  await ctx.db.theatreAdmin.create({ data: { theatreId: theatre.id, userId: user.id } })
  return { theatre, admin: as('admin', user.id) }
}
const names = async () => (await listTheatres(ctx, { limit: 100, offset: 0 })).items.map((theatre) => theatre.name)

test('an admin changes their own theatre and no other; the list shows it at once, the log what changed', async () => {
  const [mine, other] = [await house(), await house()]
  const name = `Rex ${randomUUID().slice(0, 8)}`
  expect(await names()).not.toContain(name)
  const origin = { network: '203.0.113.0', requestId: 'r-3' }
  await updateTheatre(ctx, { actor: mine.admin, id: mine.theatre.id, patch: { name }, origin })
  expect(await names()).toContain(name)
  expect(await getTheatre(ctx, { idOrSlug: mine.theatre.slug })).toMatchObject({ name, area: 'Old Town' })
  for (const actor of [other.admin, as('host'), as('admin')])
    await expect(updateTheatre(ctx, { actor, id: mine.theatre.id, patch: { name: 'Mine' } })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  const written = await ctx.db.auditEntry.findMany({ where: { subjectId: mine.theatre.id } })
  expect(written).toHaveLength(1)
  expect(written[0]).toMatchObject({ action: 'theatre.update', before: { name: mine.theatre.name }, after: { name } })
})

test('a theatre without showtimes goes with its screens and its admins; one with any stays, and why is said', async () => {
  const { theatre, admin } = await house()
  const screen = await makeScreen(ctx, { theatreId: theatre.id })
  const other = await house()
  await expect(deleteTheatre(ctx, { actor: other.admin, id: theatre.id })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await deleteTheatre(ctx, { actor: admin, id: theatre.id })
  expect(await ctx.db.theatre.count({ where: { id: theatre.id } })).toBe(0)
  expect(await ctx.db.screen.count({ where: { id: screen.id } })).toBe(0)
  expect(await names()).not.toContain(theatre.name)
  await expect(deleteTheatre(ctx, { actor: boss, id: theatre.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })

  await makeShowtime(ctx, { screen: await makeScreen(ctx, { theatreId: other.theatre.id }) })
  await expect(deleteTheatre(ctx, { actor: other.admin, id: other.theatre.id })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringMatching(/1 showtime \(1 still to come\) and 0 seats sold/),
  })
})
