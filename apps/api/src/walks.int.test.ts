import { listUsers } from '@marquee/core/admin/list-users'
import { authorise } from '@marquee/core/auth/access'
import { getBooking } from '@marquee/core/bookings/get-booking'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ID_IN_BODY, PUBLIC_IDS, SAMPLES } from '../../../scripts/testing/route-samples.ts'
import { openWorld, type World } from '../../../scripts/testing/walk-people.ts'
import { walkAccess, walkForeignIds } from '../../../scripts/testing/walk-routes.ts'
import { buildApp } from './app.ts'

let ctx: TestContext
let app: FastifyInstance
let world: World
beforeEach(async () => {
  ctx = await testContext()
  app = await buildApp(ctx)
  world = await openWorld(ctx)
})
afterEach(async () => {
  await app.close()
  await ctx.close()
})
const ids = { publicIds: PUBLIC_IDS, idInBody: ID_IN_BODY }

test('every route lets in whom the table of permissions says, and nobody else; privileged acts are written down', {
  timeout: 120_000,
}, async () => {
  expect(await walkAccess(app, world, SAMPLES)).toEqual([])
  expect(app.knownRoutes.length).toBeGreaterThan(100)
})

test('what belongs to somebody else is not found, by any route with an id', { timeout: 120_000 }, async () => {
  const { problems, visited } = await walkForeignIds(app, world, SAMPLES, ids)
  expect(problems).toEqual([])
  expect(visited).toEqual(expect.arrayContaining(['GET /api/bookings/:id', 'POST /api/payments/verify']))
})

describe('the walks can fail', () => {
  /** Only the routes of the test itself are walked. */
  const alone = () => {
    app.knownRoutes.splice(
      0,
      app.knownRoutes.findIndex((route) => route.url.startsWith('/api/test/')),
    )
    return app
  }

  test('on a route without a rule', async () => {
    app.get('/api/test/open', async () => ({}))
    expect(await walkAccess(alone(), world, {})).toEqual(['GET /api/test/open: says nobody who may use it'])
  })

  test('on a verb that does not ask for the permission of its route', async () => {
    app.get('/api/test/users', { config: { access: 'user.list' } }, async () => ctx.db.user.count())
    const problems = await walkAccess(alone(), world, {})
    expect(problems.map((line) => / as (.+?): (.+),/.exec(line)?.slice(1))).toEqual([
      ['nobody', 'expected UNAUTHENTICATED'],
      ['customer', 'expected FORBIDDEN'],
      ['host', 'expected FORBIDDEN'],
      ['admin here', 'expected FORBIDDEN'],
      ['admin elsewhere', 'expected FORBIDDEN'],
    ])
  })

  test('on a privileged act that is not written down', async () => {
    app.post(
      '/api/test/clear',
      { config: { access: 'cache.clear' } },
      async ({ actor }) => authorise(actor, 'cache.clear').role,
    )
    expect(await walkAccess(alone(), world, { 'POST /api/test/clear': () => ({}) })).toEqual(
      ['admin here', 'admin elsewhere', 'superadmin'].map(
        (who) => `POST /api/test/clear (cache.clear) as ${who}: not in the audit log, answered 200 `,
      ),
    )
  })

  test('on a verb that asks for more than its route says, and on one that asks for another theatre', async () => {
    const page = { limit: 1, offset: 0 }
    app.get('/api/test/users', { config: { access: 'user' } }, async ({ actor }) =>
      listUsers(ctx, { actor, query: page }),
    )
    app.post('/api/test/theatres/:id', { config: { access: 'theatre.policy' } }, async ({ actor }) =>
      // Forgets to ask whose theatre it is.
      actor.kind === 'user' && /admin/.test(actor.role) ? {} : listUsers(ctx, { actor, query: page }),
    )
    const problems = await walkAccess(alone(), world, { 'POST /api/test/theatres/:id': () => ({}) })
    expect(problems).toEqual([
      'GET /api/test/users (user) as customer: may, by the table, answered 403 FORBIDDEN',
      'GET /api/test/users (user) as host: may, by the table, answered 403 FORBIDDEN',
      'GET /api/test/users (user) as admin here: may, by the table, answered 403 FORBIDDEN',
      'GET /api/test/users (user) as admin elsewhere: may, by the table, answered 403 FORBIDDEN',
      'POST /api/test/theatres/:id (theatre.policy) as admin here: not in the audit log, answered 200 ',
      'POST /api/test/theatres/:id (theatre.policy) as admin elsewhere: expected FORBIDDEN, answered 200 ',
      'POST /api/test/theatres/:id (theatre.policy) as superadmin: not in the audit log, answered 200 ',
    ])
  })

  test('on a sample that is missing, bad, or left over', async () => {
    app.post('/api/test/a', { config: { access: 'cache.clear' } }, async () => ({}))
    app.get('/api/test/b/:id', { config: { access: 'user' } }, async ({ actor }, reply) =>
      actor.kind === 'user' ? reply.code(422).send({}) : getBooking(ctx, actor, { bookingId: '' }),
    )
    const problems = await walkAccess(alone(), world, { 'GET /api/test/b/:id': () => ({}), 'GET /gone': () => ({}) })
    expect(problems[0]).toBe('POST /api/test/a: has no sample request')
    expect(problems[1]).toMatch(/b\/:id \(user\) as customer: the sample is bad, answered 422/)
    expect(problems.at(-1)).toBe('GET /gone: a sample without a route')
  })

  test('on an id that anybody may use, has no sample, or gives away what is not theirs', async () => {
    const find = (id: string) => ctx.db.booking.findUnique({ where: { id }, select: { id: true, userId: true } })
    app.get('/api/test/open/:id', { config: { access: 'public' } }, async () => ({}))
    app.get('/api/test/new/:id', { config: { access: 'user' } }, async () => ({}))
    app.get<{ Params: { id: string } }>('/api/test/bookings/:id', { config: { access: 'user' } }, ({ params }) =>
      find(params.id),
    )
    const sample = SAMPLES['GET /api/bookings/:id']
    if (!sample) throw new Error('a sample was expected')
    const { problems } = await walkForeignIds(alone(), world, { 'GET /api/test/bookings/:id': sample }, ids)
    expect(problems.slice(0, 4)).toEqual([
      'GET /api/test/open/:id: an id that anybody may use, and nobody said that this is meant',
      'GET /api/test/new/:id: has no sample id',
      'GET /api/test/bookings/:id as another customer: expected 404, answered 200',
      'GET /api/test/bookings/:id as another customer: tells of the owner',
    ])
  })
})
