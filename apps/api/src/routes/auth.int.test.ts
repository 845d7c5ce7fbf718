import type { Session } from '@marquee/contracts/auth'
import type { ErrorBody } from '@marquee/contracts/errors'
import { manualClock } from '@marquee/core/clock'
import { makeProof } from '@marquee/core/testing/make-proof'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'
import { REFRESH_COOKIE } from '../plugins/refresh-cookie.ts'

const clock = manualClock(new Date())
let ctx: TestContext
let app: FastifyInstance
beforeAll(async () => {
  ctx = await testContext({
    clock,
    env: { PUBLIC_BASE_URL: 'https://tickets.example', FRONTEND_ORIGIN: 'https://tickets.example' },
  })
  app = await buildApp(ctx)
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})

let people = 0
/** Somebody who has shown that the address is theirs. */
async function person(email = `asha${++people}@example.com`) {
  return { name: 'Asha', email, password: 'two samosas please', proof: await makeProof(ctx, { email }) }
}
const post = (url: string, payload?: object, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: `/api/auth/${url}`, headers, ...(payload && { payload }) })
const me = (token: string) => app.inject({ url: '/api/auth/me', headers: { authorization: `Bearer ${token}` } })
const cookieOf = (answer: { cookies: { name: string; value: string }[] }) => {
  const value = answer.cookies.find((c) => c.name === REFRESH_COOKIE)?.value
  return { cookie: `${REFRESH_COOKIE}=${value}` }
}
const codeOf = (answer: { json<T>(): T }) => answer.json<ErrorBody>().error.code

test('register: 201, a session, and a cookie that scripts and other sites never see', async () => {
  const answer = await post('register', { ...(await person('asha.k@example.com')), email: '  ASHA.K@Example.COM ' })
  expect(answer.statusCode).toBe(201)
  const { accessToken, user } = answer.json<Session>()
  expect(user).toMatchObject({ name: 'Asha', email: 'asha.k@example.com', role: 'customer', mustChangePassword: false })
  expect(answer.body).not.toContain('passwordHash')
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.cookies).toEqual([
    expect.objectContaining({
      name: REFRESH_COOKIE,
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
      path: '/api/auth',
    }),
  ])
  expect((await me(accessToken)).json()).toEqual(user)
})

test('nobody makes himself an administrator: unknown fields are dropped', async () => {
  const answer = await post('register', {
    ...(await person()),
    is_admin: true,
    isAdmin: true,
    role: 'superadmin',
    id: 'mine',
    mustChangePassword: true,
  })
  expect(answer.statusCode).toBe(201)
  const { user } = answer.json<Session>()
  expect(user.role).toBe('customer')
  expect(await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } })).toMatchObject({
    role: 'customer',
    mustChangePassword: false,
  })
})

test('an address has one account, whatever letters it is written in, and however many ask at once', async () => {
  const who = await person()
  const answers = await Promise.all(
    [who.email, who.email.toUpperCase(), who.email].map(async (email) =>
      post('register', { ...who, email, proof: await makeProof(ctx, { email }) }),
    ),
  )
  expect(answers.map((a) => a.statusCode).toSorted((a, b) => a - b)).toEqual([201, 409, 409])
  expect(answers.filter((a) => a.statusCode === 409).map(codeOf)).toEqual(['EMAIL_TAKEN', 'EMAIL_TAKEN'])
})

test('a password anybody would try is refused by field', async () => {
  const answer = await post('register', { ...(await person()), password: 'Password123' })
  expect(answer.statusCode).toBe(422)
  expect(answer.json<ErrorBody>().error.details?.fields?.[0]?.field).toBe('password')
})

test('login notes the time; a wrong password and an unknown address get the same answer', async () => {
  const who = await person()
  await post('register', who)
  clock.advance(5_000)
  const good = await post('login', { email: who.email.toUpperCase(), password: who.password })
  expect(good.statusCode).toBe(200)
  expect(good.json<Session>().user.email).toBe(who.email)
  expect((await ctx.db.user.findUniqueOrThrow({ where: { email: who.email } })).lastAccessAt).toEqual(clock.now())

  const wrong = await post('login', { ...who, password: 'three samosas' })
  const unknown = await post('login', { email: 'nobody@example.com', password: who.password })
  expect([wrong.statusCode, unknown.statusCode]).toEqual([401, 401])
  expect(codeOf(wrong)).toBe('BAD_CREDENTIALS')
  const { requestId: _a, ...one } = wrong.json<ErrorBody>().error
  const { requestId: _b, ...two } = unknown.json<ErrorBody>().error
  expect(one).toEqual(two)
})

test('no token: nobody. A bad token: 401, on every route. Another scheme: 401', async () => {
  expect((await app.inject('/api/auth/me')).statusCode).toBe(401)
  for (const authorization of ['Bearer nonsense', 'Bearer ', 'Basic YTpi', 'Bearer a b']) {
    const answer = await app.inject({ url: '/api/health', headers: { authorization } })
    expect([authorization, answer.statusCode, codeOf(answer)]).toEqual([authorization, 401, 'UNAUTHENTICATED'])
  }
})

test('refresh renews by the cookie, with an access token that is over in the header, too', async () => {
  const first = await post('register', await person())
  const { accessToken } = first.json<Session>()
  clock.advance(900_000)
  expect((await me(accessToken)).statusCode).toBe(401)
  const renewed = await post('refresh', undefined, { ...cookieOf(first), authorization: `Bearer ${accessToken}` })
  expect(renewed.statusCode).toBe(200)
  expect((await me(renewed.json<Session>().accessToken)).statusCode).toBe(200)
  expect(cookieOf(renewed)).not.toEqual(cookieOf(first))
})

test('a used refresh token that comes back ends the session and takes the cookie away', async () => {
  const first = await post('register', await person())
  const second = await post('refresh', undefined, cookieOf(first))
  clock.advance(60_000)
  const replayed = await post('refresh', undefined, cookieOf(first))
  expect(replayed.statusCode).toBe(401)
  expect(replayed.cookies[0]).toMatchObject({ name: REFRESH_COOKIE, value: '', path: '/api/auth' })
  expect((await post('refresh', undefined, cookieOf(second))).statusCode).toBe(401)
  expect((await post('refresh')).statusCode).toBe(401)
})

test('a page of another origin cannot use the cookie; our own and programs can', async () => {
  const session = cookieOf(await post('register', await person()))
  for (const url of ['refresh', 'logout']) {
    for (const origin of ['https://evil.example', 'https://tickets.example.evil.example', 'null']) {
      expect([origin, (await post(url, undefined, { ...session, origin })).statusCode]).toEqual([origin, 403])
    }
  }
  expect((await post('refresh', undefined, { ...session, origin: 'https://tickets.example' })).statusCode).toBe(200)
  expect(
    (await post('logout', undefined, { origin: 'http://localhost:9999', host: 'localhost:9999' })).statusCode,
  ).toBe(200)
})

test('logout ends the access token at once, though it is remembered, and the refresh token', async () => {
  const opened = await post('register', await person())
  const { accessToken } = opened.json<Session>()
  expect((await me(accessToken)).statusCode).toBe(200)
  const answer = await post('logout', undefined, { ...cookieOf(opened), authorization: `Bearer ${accessToken}` })
  expect(answer.json()).toEqual({ message: 'User logged out' })
  expect((await me(accessToken)).statusCode).toBe(401)
  expect((await post('refresh', undefined, cookieOf(opened))).statusCode).toBe(401)
  expect((await post('logout')).statusCode).toBe(200)
})

test('status', async () => {
  expect((await app.inject('/api/auth/status')).json()).toEqual({ status: 'OK', database: 'Connected' })
})
