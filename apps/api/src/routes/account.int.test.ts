import { randomUUID } from 'node:crypto'
import type { AccountExport, SessionList } from '@marquee/contracts/account'
import type { Session, User } from '@marquee/contracts/auth'
import type { ErrorBody } from '@marquee/contracts/errors'
import { mailAccount } from '@marquee/core/account/mail-account'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { bookSeats } from '@marquee/core/testing/book-seats'
import { makeUser } from '@marquee/core/testing/factories'
import { makeProof } from '@marquee/core/testing/make-proof'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildApp } from '../app.ts'
import { REFRESH_COOKIE } from '../plugins/refresh-cookie.ts'

const PASSWORD = 'two samosas please'
/** Ours, and those of the systems it replaces. */
const LOGOUTS = ['POST /api/auth/logout', 'POST /api/user/logout', 'POST /auth/logout', 'GET /logout']
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

let ctx: TestContext
let other: TestContext
/** Two processes of the API, with one Postgres and one Redis. */
let app: FastifyInstance
let elsewhere: FastifyInstance
beforeAll(async () => {
  ctx = await testContext()
  other = await testContext({ database: ctx.database, env: { JWT_SECRET: ctx.env.JWT_SECRET ?? '' } })
  app = await buildApp(ctx)
  elsewhere = await buildApp(other)
})
afterAll(async () => {
  await Promise.all([app.close(), elsewhere.close()])
  await other.close()
  await ctx.close()
})

let people = 0
const person = (given: { email?: string; name?: string } = {}) =>
  makeUser(ctx, { email: `own${++people}@example.com`, password: PASSWORD, ...given })

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const ask = (method: Method, url: string, token: string, payload?: object, at = app) =>
  at.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload && { payload }) })

async function signIn(user: { email: string | null }, password = PASSWORD, userAgent = 'curl/8.5.0') {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/auth/login',
    headers: { 'user-agent': userAgent },
    payload: { identifier: user.email, password },
  })
  expect([answer.statusCode, user.email]).toEqual([200, user.email])
  return { token: answer.json<Session>().accessToken, session: answer.json<Session>(), cookies: cookieOf(answer) }
}
const cookieOf = (answer: { cookies: { name: string; value: string }[] }) => ({
  [REFRESH_COOKIE]: answer.cookies.find((cookie) => cookie.name === REFRESH_COOKIE)?.value ?? '',
})
const renews = async (cookies: Record<string, string>) =>
  (await app.inject({ method: 'POST', url: '/api/auth/refresh', cookies })).statusCode === 200
const isTaken = async (token: string, at = app) =>
  (await ask('GET', '/api/auth/me', token, undefined, at)).statusCode === 200
const codeOf = (answer: { json<T>(): T }) => answer.json<ErrorBody>().error.code
const fieldOf = (answer: { json<T>(): T }) => answer.json<ErrorBody>().error.details?.fields?.[0]?.field

test('a name and a username are one’s own to change; a role, an address or a proof of one is not', async () => {
  const user = await person()
  const { token } = await signIn(user)
  const username = `fan.${randomUUID().slice(0, 8)}`
  const patch = { name: '  Asha Rao ', username, role: 'superadmin', email: 'x@example.com', emailVerified: true }
  const answer = await ask('PATCH', '/api/account', token, patch)
  expect(answer.json()).toMatchObject({ name: 'Asha Rao', username, role: 'customer', email: user.email })
  expect((await ask('GET', '/api/account', token)).json()).toEqual(answer.json())
  expect((await ask('PATCH', '/api/account', token, {})).json()).toEqual(answer.json())

  const disguised = await ask('PATCH', '/api/account', token, { name: 'Asha\u202e Rao\u200b' })
  expect(disguised.json<User>().name).toBe('Asha Rao')
  const house = await ask('PATCH', '/api/account', token, { username: 'Marquee.Support' })
  expect([house.statusCode, fieldOf(house)]).toEqual([422, 'username'])

  const second = await signIn(await person())
  const taken = await ask('PATCH', '/api/account', second.token, { username: username.toUpperCase() })
  expect([taken.statusCode, codeOf(taken)]).toEqual([409, 'USERNAME_TAKEN'])
  expect((await ask('PATCH', '/api/account', token, { username: null })).json<User>().username).toBeNull()
  expect((await ask('PATCH', '/api/account', second.token, { username })).statusCode).toBe(200)
  expect((await app.inject('/api/account')).statusCode).toBe(401)
})

test('a new password ends every session and every access token, in every process, and opens one', async () => {
  const user = await person()
  const [here, there] = [await signIn(user), await signIn(user)]
  expect(await isTaken(there.token, elsewhere)).toBe(true)

  const put = (body: object) => ask('PUT', '/api/account/password', here.token, body)
  const wrong = await put({ currentPassword: 'three samosas', newPassword: 'lamps in the foyer' })
  expect([wrong.statusCode, fieldOf(wrong)]).toEqual([422, 'currentPassword'])
  for (const newPassword of ['Password123', PASSWORD, 'short'])
    expect([newPassword, fieldOf(await put({ currentPassword: PASSWORD, newPassword }))]).toEqual([
      newPassword,
      'newPassword',
    ])
  expect(await isTaken(here.token)).toBe(true)

  const answer = await put({ currentPassword: PASSWORD, newPassword: 'lamps in the foyer' })
  expect(answer.statusCode).toBe(200)
  expect(await isTaken(answer.json<Session>().accessToken)).toBe(true)
  expect(await renews(cookieOf(answer))).toBe(true)
  for (const before of [here, there]) {
    expect(await isTaken(before.token)).toBe(false)
    await vi.waitFor(async () => expect(await isTaken(before.token, elsewhere)).toBe(false), { timeout: 5_000 })
    expect(await renews(before.cookies)).toBe(false)
  }
  await signIn(user, 'lamps in the foyer')
  const delivery = await ctx.db.delivery.findFirstOrThrow({ where: { recipient: user.email ?? '' } })
  await mailAccount(ctx, { deliveryId: delivery.id })
  expect(ctx.mail.sent.at(-1)).toMatchObject({ to: user.email, subject: 'Your password was changed' })
})

test('of two changes at the same moment one is made', async () => {
  const user = await person()
  const { token } = await signIn(user)
  const passwords = ['lamps in the foyer', 'rain on the marquees']
  const answers = await Promise.all(
    passwords.map((newPassword) =>
      ask('PUT', '/api/account/password', token, { currentPassword: PASSWORD, newPassword }),
    ),
  )
  // The other comes too late for the row (409), for the password (422) or for its own session (401), as it happens.
  expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(1)
  expect(answers.filter((answer) => [401, 409, 422].includes(answer.statusCode))).toHaveLength(1)
  await signIn(user, passwords[answers.findIndex((answer) => answer.statusCode === 200)])
})

test('who has to choose a new password first can do that, sign out and see who they are, and nothing else there is', async () => {
  const user = await person()
  await ctx.db.user.update({ where: { id: user.id }, data: { mustChangePassword: true } })
  expect((await signIn(user)).session.user.mustChangePassword).toBe(true)
  const may: string[] = []
  expect(app.knownRoutes.length).toBeGreaterThan(80)
  for (const { method, url } of app.knownRoutes) {
    const address = url.replaceAll(/:[a-zA-Z]+/g, randomUUID()).replace('*', 'anything')
    // Each with a token of its own: some of these routes end it.
    const { accessToken } = signAccessToken(ctx, { ...user, mustChangePassword: true })
    const answer = await ask(method as Method, address, accessToken)
    if (answer.statusCode !== 403 || codeOf(answer) !== 'PASSWORD_CHANGE_REQUIRED') may.push(`${method} ${url}`)
  }
  expect(may.toSorted()).toEqual(
    [
      'GET /api/auth/me',
      ...LOGOUTS,
      // By a code, for who has lost the password that was given out.
      'POST /api/auth/otp/resend',
      'POST /api/auth/otp/send',
      'POST /api/auth/otp/verify',
      'POST /api/auth/password/reset',
      'POST /api/auth/refresh',
      'PUT /api/account/password',
    ].toSorted(),
  )
  expect(
    (await ask('GET', '/nowhere', signAccessToken(ctx, { ...user, mustChangePassword: true }).accessToken)).statusCode,
  ).toBe(403)

  const again = await signIn(user)
  expect(await renews(again.cookies)).toBe(true)
  const body = { currentPassword: PASSWORD, newPassword: 'lamps in the foyer' }
  const changed = await ask('PUT', '/api/account/password', again.token, body)
  expect(changed.json<Session>().user.mustChangePassword).toBe(false)
  expect((await ask('GET', '/api/bookings', changed.json<Session>().accessToken)).statusCode).toBe(200)
})

test('a forgotten password is replaced by a proof, once; every session is over', async () => {
  const user = await person()
  const { token, cookies } = await signIn(user)
  const to = { email: user.email ?? '' }
  const proof = await makeProof(ctx, to, { purpose: 'reset-password', userId: user.id })
  const reset = (body: object) => app.inject({ method: 'POST', url: '/api/auth/password/reset', payload: body })
  for (const newPassword of ['iloveyou123', `${to.email.split('@')[0]}2026`])
    expect([newPassword, fieldOf(await reset({ proof, newPassword }))]).toEqual([newPassword, 'newPassword'])
  const wrong = [
    await makeProof(ctx, to, { purpose: 'login', userId: user.id }),
    // Of an address that has no account, or has another one by now.
    await makeProof(ctx, { email: 'nobody@example.com' }, { purpose: 'reset-password' }),
    await makeProof(ctx, { email: 'former@example.com' }, { purpose: 'reset-password', userId: user.id }),
    'made up, and as long as one',
  ]
  for (const bad of wrong)
    expect(codeOf(await reset({ proof: bad, newPassword: 'lamps in the foyer' }))).toBe('OTP_ENDED')
  expect(await isTaken(token)).toBe(true)

  expect((await reset({ proof, newPassword: 'lamps in the foyer' })).statusCode).toBe(200)
  expect(codeOf(await reset({ proof, newPassword: 'rain on the marquees' }))).toBe('OTP_ENDED')
  expect([await isTaken(token), await renews(cookies)]).toEqual([false, false])
  await signIn(user, 'lamps in the foyer')
  expect((await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } })).emailVerifiedAt).not.toBeNull()
})

test('a forgotten password of an admin is written down; a guest’s is nobody’s business', async () => {
  const reset = async (role: 'customer' | 'admin') => {
    const user = await person()
    await ctx.db.user.update({ where: { id: user.id }, data: { role } })
    const to = { email: user.email ?? '' }
    const proof = await makeProof(ctx, to, { purpose: 'reset-password', userId: user.id })
    const payload = { proof, newPassword: 'lamps in the foyer' }
    const answer = await app.inject({ method: 'POST', url: '/api/auth/password/reset', payload })
    expect(answer.statusCode).toBe(200)
    return { userId: user.id, entries: await ctx.db.auditEntry.findMany({ where: { subjectId: user.id } }) }
  }
  expect((await reset('customer')).entries).toEqual([])
  const { userId, entries } = await reset('admin')
  expect(entries).toMatchObject([
    { action: 'user.password-reset', actorId: userId, actorRole: 'admin', after: { provedBy: 'email' } },
  ])
  expect(entries[0]?.network).toBeTruthy()
})

test('another address: proved, free, told to the old one, which opens nothing any more', async () => {
  const user = await person()
  const stranger = await person()
  await ctx.db.user.update({ where: { id: stranger.id }, data: { emailVerifiedAt: new Date() } })
  const { token } = await signIn(user)
  const to = { email: `new-${user.email}` }
  const put = (proof: string, password: string | undefined = PASSWORD) =>
    ask('PUT', '/api/account/email', token, { proof, password })
  const change = (email: string, userId = user.id) => makeProof(ctx, { email }, { purpose: 'change-email', userId })

  expect(codeOf(await put(await change(to.email, stranger.id)))).toBe('OTP_ENDED')
  expect(codeOf(await put(await makeProof(ctx, to, { purpose: 'login', userId: user.id })))).toBe('OTP_ENDED')
  const phoneProof = await makeProof(ctx, { phone: '+919876500001' }, { purpose: 'change-phone', userId: user.id })
  expect(codeOf(await put(phoneProof))).toBe('OTP_ENDED')
  expect(codeOf(await put(await change(stranger.email ?? '')))).toBe('EMAIL_TAKEN')

  const oldCode = await makeProof(ctx, { email: user.email ?? '' }, { purpose: 'reset-password', userId: user.id })
  // A session alone, found open or stolen, is not enough to make a new way in.
  const good = await change(to.email)
  for (const password of ['', 'not my password'])
    expect((await put(good, password)).json()).toMatchObject({
      error: { code: 'VALIDATION', details: { fields: [{ field: 'password' }] } },
    })
  expect(codeOf(await ask('PUT', '/api/account/email', token, { proof: good }))).toBe('VALIDATION')
  const answer = await put(good)
  expect(answer.json()).toMatchObject({ email: to.email, emailVerified: true })
  const late = await app.inject({
    method: 'POST',
    url: '/api/auth/password/reset',
    payload: { proof: oldCode, newPassword: 'lamps in the foyer' },
  })
  expect(codeOf(late)).toBe('OTP_ENDED')
  const delivery = await ctx.db.delivery.findFirstOrThrow({ where: { recipient: user.email ?? '' } })
  await mailAccount(ctx, { deliveryId: delivery.id })
  expect(ctx.mail.sent.at(-1)).toMatchObject({ to: user.email, subject: 'Your email address was changed' })
  expect(await isTaken(token)).toBe(true)
  await signIn(to)

  const phone = await ask('PUT', '/api/account/phone', token, { proof: phoneProof, password: PASSWORD })
  expect(phone.json()).toMatchObject({ phone: '+919876500001', phoneVerified: true })
  const toNew = await ctx.db.delivery.findMany({ where: { recipient: to.email } })
  expect(toNew.map((row) => row.template)).toEqual(['phone-changed'])
})

test('sessions are listed by device, the present one marked; one is ended with the tokens it gave out', async () => {
  const user = await person()
  const [phone, here] = [await signIn(user), await signIn(user, PASSWORD, FIREFOX)]
  const stranger = await signIn(await person())
  const list = async (token: string) => (await ask('GET', '/api/account/sessions', token)).json<SessionList>().items
  const items = await list(here.token)
  expect(items.map(({ device, current }) => ({ device, current }))).toEqual([
    { device: 'Firefox on Windows', current: true },
    { device: 'curl', current: false },
  ])
  expect(Math.abs(Date.now() - Date.parse(items[1]?.startedAt ?? ''))).toBeLessThan(60_000)
  const end = (id: string | undefined, token: string) => ask('DELETE', `/api/account/sessions/${id}`, token)

  for (const token of [stranger.token, here.token]) {
    const id = token === here.token ? randomUUID() : items[1]?.id
    expect((await end(id, token)).statusCode).toBe(404)
  }
  expect(await isTaken(phone.token, elsewhere)).toBe(true)
  expect((await end(items[1]?.id, here.token)).statusCode).toBe(200)
  expect([await isTaken(phone.token), await renews(phone.cookies)]).toEqual([false, false])
  await vi.waitFor(async () => expect(await isTaken(phone.token, elsewhere)).toBe(false), { timeout: 5_000 })
  expect(await list(here.token)).toHaveLength(1)
  expect((await end(items[1]?.id, here.token)).statusCode).toBe(404)
})

test('signing out everywhere ends access tokens already given out, in another process too, and nobody else’s', async () => {
  const user = await person()
  const sessions = [await signIn(user), await signIn(user), await signIn(user)]
  const stranger = await signIn(await person())
  // A token from a renewal, and one remembered by the other process.
  const renewed = await app.inject({ method: 'POST', url: '/api/auth/refresh', cookies: sessions[0]!.cookies })
  const tokens = [...sessions.map((session) => session.token), renewed.json<Session>().accessToken]
  for (const token of tokens) expect(await isTaken(token, elsewhere)).toBe(true)

  const answer = await ask('POST', '/api/account/sessions/end-all', sessions[1]!.token)
  expect(answer.statusCode).toBe(200)
  expect(answer.cookies[0]).toMatchObject({ name: REFRESH_COOKIE, value: '' })
  for (const token of tokens) {
    expect(await isTaken(token)).toBe(false)
    await vi.waitFor(async () => expect(await isTaken(token, elsewhere)).toBe(false), { timeout: 5_000 })
  }
  for (const cookies of [...sessions.map((session) => session.cookies), cookieOf(renewed)])
    expect(await renews(cookies)).toBe(false)
  // A process that starts now knows it too.
  const third = await buildApp(other)
  for (const token of tokens) expect(await isTaken(token, third)).toBe(false)
  expect(await isTaken(stranger.token, third)).toBe(true)
  await third.close()
  expect([await isTaken(stranger.token), await renews(stranger.cookies)]).toEqual([true, true])
  await signIn(user)
})

test('deleting asks for the word and the password; then nobody is there', async () => {
  const user = await person()
  await bookSeats(ctx, { user })
  const { token, cookies } = await signIn(user)
  const remove = (body: object) => ask('POST', '/api/account/delete', token, body)
  expect(fieldOf(await remove({ password: PASSWORD }))).toBe('confirm')
  expect(fieldOf(await remove({ password: PASSWORD, confirm: 'delete' }))).toBe('confirm')
  expect(fieldOf(await remove({ confirm: 'DELETE' }))).toBe('password')
  expect(fieldOf(await remove({ password: 'three samosas', confirm: 'DELETE' }))).toBe('password')
  const answer = await remove({ password: PASSWORD, confirm: 'DELETE' })
  expect(answer.json()).toEqual({ message: expect.stringContaining('stays good at the door') })
  expect([await isTaken(token), await renews(cookies)]).toEqual([false, false])
  const login = { method: 'POST', url: '/api/auth/login' } as const
  const back = await app.inject({ ...login, payload: { identifier: user.email, password: PASSWORD } })
  expect(codeOf(back)).toBe('BAD_CREDENTIALS')
})

test('the export is a file with all that is one’s own, and nothing of anybody else', async () => {
  const [user, stranger] = [await person({ name: 'Meera Own' }), await person({ name: 'Someone Else' })]
  const [mine, theirs] = [await bookSeats(ctx, { user }), await bookSeats(ctx, { user: stranger })]
  await ctx.db.adminRequest.create({
    data: { id: randomUUID(), userId: user.id, organisation: 'Own Talkies', message: 'We have two halls.' },
  })
  const { token } = await signIn(user, PASSWORD, FIREFOX)
  await signIn(stranger)
  const answer = await ask('GET', '/api/account/export', token)
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-disposition']).toMatch(
    /^attachment; filename="marquee-my-data-\d{4}-\d\d-\d\d\.json"$/,
  )
  const data = answer.json<AccountExport>()
  const booking = await ctx.db.booking.findUniqueOrThrow({ where: { id: mine.bookingId } })
  expect(data.profile).toMatchObject({ id: user.id, email: user.email, name: 'Meera Own' })
  expect(data.sessions).toEqual([expect.objectContaining({ device: 'Firefox on Windows', endedAt: null })])
  expect(data.bookings).toEqual([
    expect.objectContaining({ code: booking.code, totalMinor: booking.totalMinor, email: user.email }),
  ])
  expect(data.bookings[0]?.tickets.map((ticket) => ticket.seatId)).toEqual(mine.seatIds)
  expect(data.payments).toEqual([
    expect.objectContaining({
      bookingCode: booking.code,
      captured: [expect.objectContaining({ paymentId: mine.gatewayPaymentId, amountMinor: booking.totalMinor })],
    }),
  ])
  expect(data.adminRequests).toEqual([expect.objectContaining({ organisation: 'Own Talkies' })])
  const { code } = await ctx.db.booking.findUniqueOrThrow({ where: { id: theirs.bookingId } })
  for (const foreign of ['Someone Else', stranger.email ?? '', stranger.id, code, theirs.gatewayPaymentId])
    expect(answer.body).not.toContain(foreign)
  expect(answer.body).not.toMatch(/argon2|passwordHash|tokenHash/)
})
