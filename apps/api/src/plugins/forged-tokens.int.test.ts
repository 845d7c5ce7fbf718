import { createHmac, createSecretKey, generateKeyPairSync, randomUUID } from 'node:crypto'
import type { UserRole } from '@marquee/contracts/auth'
import type { ErrorBody } from '@marquee/contracts/errors'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { manualClock } from '@marquee/core/clock'
import { makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import jwt from 'jsonwebtoken'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'

const clock = manualClock(new Date())
let ctx: TestContext
let app: FastifyInstance
beforeAll(async () => {
  ctx = await testContext({ clock })
  app = await buildApp(ctx)
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()

/** What a good token of this person says. */
async function goodClaims(role: UserRole) {
  const user = await makeUser(ctx, { role })
  const iat = Math.floor(clock.now().getTime() / 1_000)
  return { sub: user.id, role, jti: randomUUID(), iat, exp: iat + 900, iss: 'marquee', aud: 'marquee-web' }
}
type Claims = Awaited<ReturnType<typeof goodClaims>>
const sign = (claims: object) => jwt.sign(claims, ctx.jwtKey)
const users = (authorization: string) => app.inject({ url: '/api/admin/users', headers: { authorization } })
const codeOf = (answer: { body: string }) => (JSON.parse(answer.body) as ErrorBody).error.code

const FORGED: [string, (claims: Claims) => string][] = [
  ['alg none', (c) => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(c)}.`],
  ['alg none with the signature of something else', (c) => `${encode({ alg: 'none' })}.${encode(c)}.${encode({})}`],
  ['another key', (c) => jwt.sign(c, createSecretKey(Buffer.from('some other key, as long as ours is')))],
  ['signed by an RSA key', (c) => jwt.sign(c, rsa.privateKey, { algorithm: 'RS256' })],
  ['an RSA public key as the HMAC secret', (c) => hmac(pem, encode({ alg: 'HS256', typ: 'JWT' }), c)],
  ['RS256 said, HMAC done', (c) => hmac(ctx.jwtKey.export(), encode({ alg: 'RS256', typ: 'JWT' }), c)],
  ['past its end', (c) => sign({ ...c, exp: c.iat - 1 })],
  ['without an end', ({ exp: _, ...c }) => sign(c)],
  ['another issuer', (c) => sign({ ...c, iss: 'somebody' })],
  ['another audience', (c) => sign({ ...c, aud: 'somebody' })],
  ['a role that does not exist', (c) => sign({ ...c, role: 'root' })],
]
function hmac(key: string | Buffer, head: string, claims: object) {
  const text = `${head}.${encode(claims)}`
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
}

test('a true token of a superadmin opens it, so that the others are refused for what is wrong with them', async () => {
  expect((await users(`Bearer ${sign(await goodClaims('superadmin'))}`)).statusCode).toBe(200)
})

test.each(FORGED)('401 and nothing told: %s', async (_what, forge) => {
  const token = forge(await goodClaims('superadmin'))
  for (let i = 0; i < 2; i++) {
    const answer = await users(`Bearer ${token}`)
    expect([answer.statusCode, codeOf(answer)]).toEqual([401, 'UNAUTHENTICATED'])
    expect(answer.body).not.toMatch(/jwt|signature|algorithm|expired|audience/i)
  }
})

test('a role written into a true token is not believed, before or after the true one was seen', async () => {
  const { accessToken } = signAccessToken(ctx, await makeUser(ctx))
  const [head, payload, signature] = accessToken.split('.')
  const said = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object
  const forged = `Bearer ${head}.${encode({ ...said, role: 'superadmin' })}.${signature}`
  expect((await users(forged)).statusCode).toBe(401)
  expect((await users(`Bearer ${accessToken}`)).statusCode).toBe(403)
  expect((await users(forged)).statusCode).toBe(401)
})

test('a token ends at its time although this process remembers it', async () => {
  const bearer = `Bearer ${signAccessToken(ctx, await makeUser(ctx, { role: 'superadmin' })).accessToken}`
  expect((await users(bearer)).statusCode).toBe(200)
  clock.advance(ctx.config.auth.accessTtlSeconds * 1_000)
  expect((await users(bearer)).statusCode).toBe(401)
})

test('a token that was signed out is refused here, and by a process that had it remembered', async () => {
  const second = await buildApp(ctx)
  const bearer = `Bearer ${signAccessToken(ctx, await makeUser(ctx, { role: 'superadmin' })).accessToken}`
  const there = () => second.inject({ url: '/api/admin/users', headers: { authorization: bearer } })
  expect([(await users(bearer)).statusCode, (await there()).statusCode]).toEqual([200, 200])
  await app.inject({ method: 'POST', url: '/api/auth/logout', headers: { authorization: bearer } })
  expect((await users(bearer)).statusCode).toBe(401)
  await expect.poll(async () => (await there()).statusCode, { timeout: 5_000 }).toBe(401)
  await second.close()
})

test('only the Bearer scheme counts: no cookie, no query, no body', async () => {
  const token = signAccessToken(ctx, await makeUser(ctx, { role: 'superadmin' })).accessToken
  for (const authorization of [token, `Basic ${token}`, `Bearer ${token} ${token}`, 'Bearer', `Token ${token}`])
    expect((await users(authorization)).statusCode, authorization.slice(0, 12)).toBe(401)
  const elsewhere = await app.inject({
    url: `/api/admin/users?token=${token}&access_token=${token}`,
    headers: { cookie: `token=${token}; access_token=${token}`, 'x-access-token': token },
  })
  expect(elsewhere.statusCode).toBe(401)
})
