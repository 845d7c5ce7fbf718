import { randomUUID } from 'node:crypto'
import type { UserRole } from '@marquee/contracts/auth'
import { makeTheatre, makeUser } from '@marquee/core/testing/factories'
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

const PASSWORD = 'three green parrots'
const person = (role: UserRole) => makeUser(ctx, { role, password: PASSWORD })
const login = (area: string, username: string, password = PASSWORD) =>
  app.inject({
    method: 'POST',
    url: `/api/${area}/login`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ username, password }).toString(),
  })
async function boss() {
  const answer = await login('superadmin', (await person('superadmin')).email ?? '')
  return { authorization: `Bearer ${answer.json<{ access_token: string }>().access_token}` }
}

test('each area signs in its own people, by form or JSON, and nobody else', async () => {
  const [customer, admin, superadmin] = await Promise.all(
    (['customer', 'admin', 'superadmin'] as const).map(async (role) => (await person(role)).email ?? ''),
  )
  const both = async (email = '') => [
    (await login('admin', email)).statusCode,
    (await login('superadmin', email)).statusCode,
  ]
  expect(await both(customer)).toEqual([401, 401])
  expect(await both(admin)).toEqual([200, 401])
  expect(await both(superadmin)).toEqual([200, 200])
  const answer = await app.inject({
    method: 'POST',
    url: '/api/admin/login',
    payload: { username: admin, password: PASSWORD },
  })
  expect(answer.json()).toMatchObject({ token_type: 'bearer', role: 'admin', email: admin, message: /./ })
  // At the wrong door it is answered as a wrong password is, and leaves no session behind.
  const wrong = await login('admin', customer ?? '', 'not the password')
  const told = (body: string) => JSON.parse(body.replace(/"requestId":"[^"]*"/, '"requestId":""')) as object
  expect(told((await login('admin', customer ?? '')).body)).toEqual(told(wrong.body))
  expect(await ctx.db.refreshToken.count({ where: { user: { email: customer }, revokedAt: null } })).toBe(0)
})

test('register: a code first, then an account that waits for the superadmin', async () => {
  const form = { name: 'Rex Cinemas', email: `rex-${randomUUID().slice(0, 8)}@example.com`, password: PASSWORD }
  const register = (more: object = {}) =>
    app.inject({ method: 'POST', url: '/api/admin/register', payload: { ...form, ...more } })
  const sent = await register({ is_admin: true, role: 'superadmin' })
  expect(sent.statusCode).toBe(202)
  const { challenge_id } = sent.json<{ challenge_id: string }>()
  expect(await ctx.db.user.count({ where: { email: form.email } })).toBe(0)
  await expect.poll(() => ctx.mail.sent.find((mail) => mail.to === form.email)?.text).toMatch(/\d{3} ?\d{3}/)
  const code = /\b(\d{3}) ?(\d{3})\b/.exec(ctx.mail.sent.find((mail) => mail.to === form.email)?.text ?? '')
  const otp = `${code?.[1]}${code?.[2]}`
  const verified = await app.inject({
    method: 'POST',
    url: '/api/admin/verify-otp',
    payload: { email: form.email, otp, challenge_id },
  })
  expect(verified.json()).toMatchObject({ detail: 'OTP verified' })
  const { proof } = verified.json<{ proof: string }>()
  const made = await register({ proof, is_admin: true, role: 'superadmin' })
  expect(made.statusCode).toBe(201)
  expect(made.json()).toMatchObject({ user: { role: 'customer' }, message: 'Request sent to the superadmin' })
  expect((await register({ proof })).statusCode).toBe(410)

  const { request_id } = made.json<{ request_id: string }>()
  const theatre = await makeTheatre(ctx)
  const url = `/api/superadmin/approve-admin-request/${request_id}`
  const approve = (headers: object) =>
    app.inject({ method: 'POST', url, headers: { ...headers }, payload: { theatre_ids: [theatre.id] } })
  expect((await approve({})).statusCode).toBe(401)
  expect(
    (await approve({ authorization: `Bearer ${made.json<{ access_token: string }>().access_token}` })).statusCode,
  ).toBe(403)
  expect((await approve(await boss())).json()).toEqual({ detail: 'Admin request approved' })
  expect((await login('admin', form.email)).json()).toMatchObject({ role: 'admin' })
})

test('the list of users, creating an admin and deleting a user need a superadmin', async () => {
  const headers = await boss()
  const email = `new-${randomUUID().slice(0, 8)}@example.com`
  const payload = { name: 'New', email, password: PASSWORD }
  const made = await app.inject({ method: 'POST', url: '/api/superadmin/create-admin', headers, payload })
  expect(made.statusCode).toBe(201)
  for (const path of ['/api/superadmin/users', '/api/user/users']) {
    expect((await app.inject({ url: path })).statusCode).toBe(401)
    const found = await app.inject({ url: `${path}?q=${email}`, headers })
    expect(found.json()).toMatchObject({ total: 1, users: [{ email, role: 'admin' }] })
  }
  const { id } = made.json<{ id: string }>()
  const remove = (given: object) =>
    app.inject({ method: 'DELETE', url: `/api/superadmin/users/${id}`, headers: { ...given } })
  expect((await remove({})).statusCode).toBe(401)
  expect((await remove(headers)).json()).toEqual({ detail: 'User deleted' })
  expect((await remove(headers)).statusCode).toBe(404)
})

test('films on the addresses of the panel', async () => {
  const headers = await boss()
  const payload = {
    title: `Panel ${randomUUID().slice(0, 8)}`,
    synopsis: 'A story.',
    runtimeMinutes: 111,
    certificate: 'U',
    genres: ['Drama'],
    language: 'Tamil',
    director: 'R. Devi',
    releaseDate: '2026-11-27',
    defaultPriceMinor: 20_000,
  }
  for (const area of ['admin', 'superadmin']) {
    const url = `/api/${area}/movies`
    expect((await app.inject({ method: 'POST', url, payload })).statusCode).toBe(401)
    const { id } = (await app.inject({ method: 'POST', url, headers, payload })).json<{ id: string }>()
    const change = { method: 'PUT', url: `${url}/${id}`, headers, payload: { title: 'Changed' } } as const
    expect((await app.inject(change)).statusCode).toBe(200)
    expect((await app.inject({ url })).body).toContain(id)
    expect((await app.inject({ method: 'DELETE', url: `${url}/${id}`, headers })).statusCode).toBe(200)
  }
})
