// The originals' ways to register and sign in: their shapes, our rules.
import type { ErrorBody } from '@marquee/contracts/errors'
import { deliveriesDone } from '@marquee/core/auth/otp/deliver-message'
import { manualClock } from '@marquee/core/clock'
import { makeUser } from '@marquee/core/testing/factories'
import { makeProof } from '@marquee/core/testing/make-proof'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../app.ts'

const password = 'two samosas please'
let ctx: TestContext
let app: FastifyInstance
beforeAll(async () => {
  ctx = await testContext({ clock: manualClock('2026-11-21T10:00:00Z') })
  app = await buildApp(ctx)
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})

let counter = 0
const address = () => `old${++counter}@example.com`
const post = (url: string, payload: object | string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url, payload, headers })
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const me = async (token: string) => (await app.inject({ url: '/api/auth/me', headers: bearer(token) })).statusCode
const tokenOf = (answer: { json<T>(): T }) => answer.json<{ access_token: string }>().access_token
const refusal = (answer: { json<T>(): T }) => answer.json<ErrorBody>().error

describe('CineVerse', () => {
  test('send, resend and verify a code, register with it, log in by the OAuth2 form, log out', async () => {
    const email = address()
    const sent = await post('/api/user/send-otp', { email })
    expect(sent.json()).toMatchObject({ message: 'OTP sent', channel: 'email' })
    const { challenge_id } = sent.json<{ challenge_id: string }>()
    expect((await post('/api/user/resend-otp', { challenge_id })).statusCode).toBe(429)
    await deliveriesDone()
    const otp = ctx.mail.sent.find((mail) => mail.to === email)?.subject.slice(0, 6) ?? ''
    const verified = await post('/api/user/verify-otp', { challenge_id, otp })
    const { proof } = verified.json<{ proof: string }>()
    const who = { username: 'old.hand', email, phone: '+919800000001', password, proof, is_admin: true }
    const made = await post('/api/user/register', who)
    expect(made.statusCode).toBe(201)
    expect(made.json()).toMatchObject({ token_type: 'bearer', user: { name: 'old.hand', email, role: 'customer' } })

    const form = new URLSearchParams({ username: email, password, grant_type: 'password' }).toString()
    const opened = await post('/api/user/login', form, { 'content-type': 'application/x-www-form-urlencoded' })
    expect(opened.json()).toMatchObject({ token_type: 'bearer', user: { username: 'old.hand' } })
    // Counted from the second it was signed in, which may be over by now.
    const { expires_in: expiresIn } = opened.json<{ expires_in: number }>()
    expect(expiresIn).toBeGreaterThan(880)
    expect(expiresIn).toBeLessThanOrEqual(900)
    expect(opened.cookies).toEqual([])
    const token = tokenOf(opened)
    const mine = await app.inject({ url: '/api/user/me', headers: bearer(token) })
    expect(mine.json()).toMatchObject({ email, role: 'customer' })
    expect((await post('/api/user/logout', {}, bearer(token))).json()).toEqual({ message: 'User logged out' })
    expect(await me(token)).toBe(401)
    expect((await app.inject('/api/user/me')).statusCode).toBe(401)
  })

  test('a code without its challenge is nobody’s', async () => {
    const answer = await post('/api/user/verify-otp', { email: address(), otp: '123456' })
    expect([answer.statusCode, refusal(answer).details?.fields?.[0]?.field]).toEqual([422, 'challenge_id'])
  })
})

describe('ticket platform', () => {
  test('signup, login, and logout by GET', async () => {
    const email = address()
    const who = { name: 'Ravi', email, password, confirm_password: password }
    const made = await post('/signup', { ...who, proof: await makeProof(ctx, { email }) })
    expect([made.statusCode, made.json()]).toMatchObject([201, { user: { name: 'Ravi', email } }])
    const token = tokenOf(await post('/login', { email, password }))
    expect(await me(token)).toBe(200)
    expect((await app.inject({ url: '/logout', headers: bearer(token) })).json()).toEqual({
      message: 'User logged out',
    })
    expect(await me(token)).toBe(401)
    expect((await ctx.db.user.findUniqueOrThrow({ where: { email } })).lastAccessAt).not.toBeNull()
  })
})

describe('review platform', () => {
  test('register by username, log in with it, log out, status', async () => {
    const [email, username] = [address(), 'critic']
    const who = { username, email, password, confirm_password: password }
    const made = await post('/auth/register', { ...who, proof: await makeProof(ctx, { email }) })
    expect([made.statusCode, made.json()]).toMatchObject([201, { message: 'User created successfully' }])
    const other = address()
    const again = { ...who, email: other, username: 'Critic', proof: await makeProof(ctx, { email: other }) }
    const taken = await post('/auth/register', again)
    expect([taken.statusCode, refusal(taken).message]).toEqual([409, 'Username already exists'])
    const opened = await post('/auth/login', { username, password })
    expect(opened.json()).toMatchObject({ access_token: expect.any(String), user: { username, email } })
    const token = tokenOf(opened)
    expect((await post('/auth/logout', {}, bearer(token))).json()).toEqual({ message: 'User logged out' })
    expect(await me(token)).toBe(401)
    expect((await app.inject('/auth/status')).json()).toEqual({ status: 'OK', database: 'Connected' })
    expect((await post('/auth/login', { password })).statusCode).toBe(422)
  })

  test('two passwords that differ', async () => {
    const email = address()
    const who = { username: 'differs', email, password, confirm_password: 'three samosas' }
    const answer = await post('/auth/register', { ...who, proof: await makeProof(ctx, { email }) })
    expect(refusal(answer).details?.fields).toEqual([{ field: 'confirm_password', message: 'Passwords do not match' }])
  })
})

const ways = [
  ['/api/user/register', () => ({ name: 'Ravi', email: address(), password })],
  ['/signup', () => ({ name: 'Ravi', email: address(), password })],
  ['/auth/register', () => ({ username: `ravi${++counter}`, email: address(), password, confirm_password: password })],
] as const

test.each(ways)('%s is no way round the proof, nor to a role: it says which step comes first', async (url, body) => {
  const without = await post(url, { ...body(), is_admin: true, role: 'superadmin' })
  expect([without.statusCode, refusal(without).details?.fields?.[0]?.field]).toEqual([422, 'proof'])
  expect(refusal(without).message).toContain('/api/auth/otp/send')
  const someoneElses = { ...body(), proof: await makeProof(ctx, { email: address() }) }
  expect((await post(url, someoneElses)).statusCode).toBe(422)
  const own = body()
  const proof = await makeProof(ctx, { email: own.email })
  const made = await post(url, { ...own, proof, is_admin: true, role: 'superadmin', isAdmin: true })
  expect(made.json()).toMatchObject({ user: { role: 'customer' } })
})

const logins = [
  ['/api/user/login', 'username'],
  ['/login', 'email'],
  ['/auth/login', 'username'],
] as const
test.each(logins)('%s: one answer for a wrong password and for nobody', async (url, field) => {
  const known = (await makeUser(ctx, { password })).email ?? ''
  const wrong = await post(url, { [field]: known, password: 'three samosas' })
  const nobody = await post(url, { [field]: 'nobody@example.com', password })
  expect([wrong.statusCode, nobody.statusCode]).toEqual([401, 401])
  expect(refusal(wrong).message).toBe(refusal(nobody).message)
  expect((await post(url, { [field]: known, password })).statusCode).toBe(200)
})
