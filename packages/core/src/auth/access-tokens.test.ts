import { createHmac, createPublicKey, createSecretKey, generateKeyPairSync, randomUUID } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { createAccessTokens, signAccessToken } from './access-tokens.ts'

const KEY = createSecretKey(Buffer.from('the key of the tests, long enough'))
const USER = { id: '01a1fd34-9809-75b5-b64d-cb9604ef31e2', role: 'customer' as const }

function setUp() {
  const clock = manualClock('2026-11-21T10:00:00Z')
  const revoked = new Set<string>()
  const revocations = { has: (jti: string) => revoked.has(jti), announce: async () => {}, close() {} }
  const config = { auth: { accessTtlSeconds: 900 } } as Config
  const ctx = { jwtKey: KEY, clock, config }
  return { ctx, clock, revoked, tokens: createAccessTokens(ctx, revocations) }
}

/** What a good token says, for tokens that are wrong in one thing. */
function claims(clock: { now(): Date }) {
  const iat = Math.floor(clock.now().getTime() / 1_000)
  return { sub: USER.id, role: 'customer', jti: randomUUID(), iat, exp: iat + 900, iss: 'marquee', aud: 'marquee-web' }
}
const refused = expect.objectContaining({ code: 'UNAUTHENTICATED' })

test('a token of ours says who it is, the first time and from memory', () => {
  const { ctx, tokens } = setUp()
  const { accessToken, expiresAt } = signAccessToken(ctx, USER)
  const first = tokens.verify(accessToken)
  expect(first).toMatchObject({ kind: 'user', userId: USER.id, role: 'customer' })
  expect(tokens.verify(accessToken)).toBe(first)
  expect(expiresAt.toISOString()).toBe('2026-11-21T10:15:00.000Z')
})

test('it ends at its time, also when it is remembered', () => {
  const { ctx, clock, tokens } = setUp()
  const { accessToken } = signAccessToken(ctx, USER)
  tokens.verify(accessToken)
  clock.advance(899_000)
  tokens.verify(accessToken)
  clock.advance(1_000)
  expect(() => tokens.verify(accessToken)).toThrow(refused)
  expect(() => tokens.verify(accessToken)).toThrow(refused)
})

test('it ends when it is revoked, also when it is remembered', () => {
  const { ctx, revoked, tokens } = setUp()
  const { accessToken } = signAccessToken(ctx, USER)
  const actor = tokens.verify(accessToken)
  if (actor.kind !== 'user') throw new Error('a user was expected')
  revoked.add(actor.jti)
  expect(() => tokens.verify(accessToken)).toThrow(refused)
})

test('it ends with its session, also when it is remembered', () => {
  const { ctx, revoked, tokens } = setUp()
  const sessionId = randomUUID()
  const { accessToken } = signAccessToken(ctx, USER, sessionId)
  expect(tokens.verify(accessToken)).toMatchObject({ sessionId })
  revoked.add(sessionId)
  expect(() => tokens.verify(accessToken)).toThrow(refused)
  expect(tokens.verify(signAccessToken(ctx, USER, randomUUID()).accessToken)).toMatchObject({ userId: USER.id })
})

test('it says when a password must be changed first, and only then', () => {
  const { ctx, tokens } = setUp()
  const held = signAccessToken(ctx, { ...USER, mustChangePassword: true }).accessToken
  expect(tokens.verify(held)).toMatchObject({ mustChangePassword: true })
  const free = signAccessToken(ctx, { ...USER, mustChangePassword: false }).accessToken
  expect(tokens.verify(free)).not.toHaveProperty('mustChangePassword')
})

test('a changed role does not pass, even while the true token is remembered', () => {
  const { ctx, tokens } = setUp()
  const { accessToken } = signAccessToken(ctx, USER)
  tokens.verify(accessToken)
  const [head, payload, signature] = accessToken.split('.')
  const said = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object
  const forged = Buffer.from(JSON.stringify({ ...said, role: 'superadmin' })).toString('base64url')
  expect(() => tokens.verify(`${head}.${forged}.${signature}`)).toThrow(refused)
})

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' })
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
type Claims = ReturnType<typeof claims>

const FORGED: [string, (c: Claims) => string][] = [
  ['no signature (alg none)', (c) => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(c)}.`],
  ['alg none in other letters', (c) => `${encode({ alg: 'nOnE', typ: 'JWT' })}.${encode(c)}.`],
  ['another key', (c) => jwt.sign(c, createSecretKey(Buffer.from('some other key, as long as ours')))],
  ['our key, another algorithm', (c) => jwt.sign(c, KEY, { algorithm: 'HS512', allowInsecureKeySizes: true })],
  ['an RSA key of their own', (c) => jwt.sign(c, rsa.privateKey, { algorithm: 'RS256' })],
  [
    'HMAC with a public key',
    (c) => jwt.sign(c, createSecretKey(Buffer.from(pem)), { algorithm: 'HS256', keyid: '../../dev/null' }),
  ],
  ['past its end', (c) => jwt.sign({ ...c, exp: c.iat - 1 }, KEY)],
  ['without an end', ({ exp: _, ...c }) => jwt.sign(c, KEY)],
  ['another issuer', (c) => jwt.sign({ ...c, iss: 'somebody' }, KEY)],
  ['another audience', (c) => jwt.sign({ ...c, aud: 'tickets' }, KEY)],
  ['a role that does not exist', (c) => jwt.sign({ ...c, role: 'god' }, KEY)],
  ['without an id of its own', ({ jti: _, ...c }) => jwt.sign(c, KEY)],
  ['a session that is none', (c) => jwt.sign({ ...c, sid: 'all of them' }, KEY)],
  ['a subject that is no user', (c) => jwt.sign({ ...c, sub: "' or 1=1" }, KEY)],
  ['longer than any of ours', (c) => jwt.sign({ ...c, more: 'x'.repeat(1_000) }, KEY)],
  ['an RSA key named, ours used', (c) => `${encode({ alg: 'RS256', typ: 'JWT' })}.${signedAs(c)}`],
  ['not yet good', (c) => jwt.sign({ ...c, nbf: c.iat + 60 }, KEY)],
  ['an end that is no number', (c) => `${encode({ alg: 'HS256' })}.${signedAs({ ...c, exp: '2099-01-01' })}`],
  ['two audiences, none ours', (c) => jwt.sign({ ...c, aud: ['a', 'b'] }, KEY)],
  ['without an issuer', ({ iss: _, ...c }) => jwt.sign(c, KEY)],
  ['without an audience', ({ aud: _, ...c }) => jwt.sign(c, KEY)],
  ['without a role', ({ role: _, ...c }) => jwt.sign(c, KEY)],
  ['not a token', () => 'x.y.z'],
]
/** Claims and their right HMAC, to stand behind another head. */
function signedAs(body: object): string {
  const payload = encode(body)
  const head = encode({ alg: 'HS256' })
  return `${payload}.${createHmac('sha256', KEY).update(`${head}.${payload}`).digest('base64url')}`
}

test.each(FORGED)('refused: %s', (_what, make) => {
  const { clock, tokens } = setUp()
  expect(() => tokens.verify(make(claims(clock)))).toThrow(refused)
})

test.each(FORGED)('refused twice, and not remembered, and the true one beside it still good: %s', (_what, make) => {
  const { ctx, clock, tokens } = setUp()
  const { accessToken } = signAccessToken(ctx, USER)
  const actor = tokens.verify(accessToken)
  const forged = make(claims(clock))
  for (let i = 0; i < 3; i++) expect(() => tokens.verify(forged)).toThrow(refused)
  expect(tokens.verify(accessToken)).toBe(actor)
})

test('a true token with anything added, left out or changed in it is another token', () => {
  const { ctx, tokens } = setUp()
  const { accessToken } = signAccessToken(ctx, USER)
  tokens.verify(accessToken)
  const [head, payload, signature] = accessToken.split('.') as [string, string, string]
  const first = signature.startsWith('A') ? 'B' : 'A'
  for (const other of [
    `${accessToken}.`,
    `${accessToken}.x`,
    ` ${accessToken}`,
    `${head}.${payload}`,
    `${head}.${payload}.`,
    `${payload}.${head}.${signature}`,
    `${head}.${payload}.${signature.slice(1)}`,
    `${head}.${payload}.${first}${signature.slice(1)}`,
  ])
    expect(() => tokens.verify(other), other).toThrow(refused)
})

test('those are refused for what is wrong with them: the same token without the fault is taken', () => {
  const { clock, tokens } = setUp()
  expect(createPublicKey(pem).asymmetricKeyType).toBe('rsa')
  expect(tokens.verify(jwt.sign(claims(clock), KEY))).toMatchObject({ userId: USER.id })
})
