import type { UserRole } from '@marquee/contracts/auth'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { makeMovie, makeTheatre, makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../../app.ts'

let ctx: TestContext
let app: FastifyInstance
beforeAll(async () => {
  ctx = await testContext()
  app = await buildApp(ctx)
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})

const signedIn = async (role: UserRole) => {
  const user = await makeUser(ctx, { role })
  return { user, headers: { authorization: `Bearer ${signAccessToken(ctx, user).accessToken}` } }
}
const call = (method: 'PUT' | 'DELETE', url: string, payload: object, headers: object = {}) =>
  app.inject({ method, url, payload, headers: { ...headers } })

test("an admin's address in the body opens nothing; the session of one does", async () => {
  const movie = await makeMovie(ctx)
  const theatre = await makeTheatre(ctx)
  const { user, headers } = await signedIn('superadmin')
  const customer = await signedIn('customer')
  const claim = { email: user.email, is_admin: true, role: 'superadmin' }
  for (const [method, url, id] of [
    ['PUT', '/updateshow', movie.id],
    ['DELETE', '/deleteshow', movie.id],
    ['PUT', '/updatetheater', theatre.id],
    ['DELETE', '/deletetheater', theatre.id],
  ] as const) {
    expect((await call(method, url, { id, ...claim })).statusCode).toBe(401)
    expect((await call(method, url, { id, ...claim }, customer.headers)).statusCode).toBe(403)
  }
  const change = { id: movie.id, name: 'New name', tag: 'Drama, Comedy', duration: 99, price: 199.5, rating: 10 }
  expect((await call('PUT', '/updateshow', change, headers)).statusCode).toBe(200)
  expect(await ctx.db.movie.findUnique({ where: { id: movie.id } })).toMatchObject({
    title: 'New name',
    genres: ['Drama', 'Comedy'],
    runtimeMinutes: 99,
    defaultPriceMinor: 19_950,
    ratingAverage: 0,
  })
  const moved = { id: theatre.id, place: 'New Town', capacity: 1 }
  expect((await call('PUT', '/updatetheater', moved, headers)).statusCode).toBe(200)
  expect(await ctx.db.theatre.findUnique({ where: { id: theatre.id } })).toMatchObject({
    name: theatre.name,
    area: 'New Town',
  })
  expect((await call('DELETE', '/deleteshow', { id: movie.id }, headers)).statusCode).toBe(200)
  expect((await call('DELETE', '/deletetheater', { id: theatre.id }, headers)).statusCode).toBe(200)
  expect((await call('DELETE', '/deletetheater', { id: theatre.id }, headers)).statusCode).toBe(404)
})
