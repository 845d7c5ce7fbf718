// Codes over HTTP: the whole way of somebody new, what a stranger can learn, and Redis away.
import type { Session } from '@marquee/contracts/auth'
import type { ErrorBody } from '@marquee/contracts/errors'
import type { OtpSent, OtpVerified } from '@marquee/contracts/otp'
import { deliveriesDone } from '@marquee/core/auth/otp/deliver-message'
import { manualClock } from '@marquee/core/clock'
import { captureMessage } from '@marquee/core/notifications/capture-message'
import { makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import { openMail, smsAsMail } from '@marquee/providers/open-vendors'
import { createConsoleSms } from '@marquee/providers/sms/console'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownRedis } from '../../../../scripts/testing/own-redis.ts'
import { buildApp } from '../app.ts'

const clock = manualClock(new Date())
let redis: Awaited<ReturnType<typeof ownRedis>>
let ctx: TestContext
let app: FastifyInstance
beforeAll(async () => {
  redis = await ownRedis()
  await redis.start()
  ctx = await testContext({ clock, env: { REDIS_URL: redis.url, RATE_LIMIT_SCALE: '1' } })
  app = await buildApp(ctx)
})
afterAll(async () => {
  await app.close()
  await ctx.close()
  await redis.close()
})

let counter = 0
const network = () => `203.0.${++counter >> 8}.${counter & 255}`
const address = () => `devi${++counter}@example.com`
const post = (url: string, payload: object, remoteAddress = network()) =>
  app.inject({ method: 'POST', url: `/api/auth/${url}`, payload, remoteAddress })
const failure = (answer: { json<T>(): T }) => answer.json<ErrorBody>().error
async function codeFor(destination: string) {
  await deliveriesDone()
  const mail = ctx.mail.sent.filter((one) => one.to === destination).at(-1)?.subject
  const text = ctx.sms.sent.filter((one) => one.to === destination).at(-1)?.text
  return /^\d{6}/.exec(mail ?? text ?? '')?.[0] ?? ''
}
async function proofFor(purpose: string, to: { email: string } | { phone: string }) {
  const { challengeId } = (await post('otp/send', { purpose, ...to })).json<OtpSent>()
  const code = await codeFor('email' in to ? to.email : to.phone)
  return (await post('otp/verify', { challengeId, code })).json<OtpVerified>().proof
}

test('somebody new: code, proof, account; then in again by a code, and by their number', async () => {
  const [email, phone] = [address(), '+919812345678']
  const proof = await proofFor('register', { phone })
  const who = { name: 'Devi', username: 'devi', email, phone, password: 'two samosas please' }
  const made = await post('register', { ...who, proof })
  expect([made.statusCode, made.json<Session>().user.phoneVerified]).toEqual([201, true])
  expect((await post('register', { ...who, proof })).statusCode).toBe(410)
  const again = await post('login/otp', { proof: await proofFor('login', { phone }) })
  expect(again.json<Session>().user).toMatchObject({ username: 'devi', phone })
  expect(again.cookies[0]).toMatchObject({ httpOnly: true, path: '/api/auth' })
  for (const identifier of ['+91 98123-45678', 'DEVI', email])
    expect((await post('login', { identifier, password: who.password })).statusCode).toBe(200)
  expect((await post('register', { ...who, proof: undefined })).statusCode).toBe(422)
})

test('what is asked for badly is refused by field', async () => {
  const bodies = [
    { purpose: 'register' },
    { purpose: 'register', email: address(), phone: '+919812345678' },
    { purpose: 'register', phone: '9812345678' },
    { purpose: 'everything', email: address() },
    { purpose: 'register', phone: '+15550100000' },
  ]
  for (const body of bodies) {
    const answer = await post('otp/send', body)
    expect([answer.statusCode, failure(answer).code]).toEqual([422, 'VALIDATION'])
    expect(failure(answer).details?.fields?.length).toBeGreaterThan(0)
  }
  expect((await post('otp/verify', { challengeId: 'x', code: '123456' })).statusCode).toBe(422)
  expect((await post('otp/verify', { challengeId: crypto.randomUUID(), code: '12345' })).statusCode).toBe(422)
  expect((await post('otp/send', { purpose: 'change-email', email: address() })).statusCode).toBe(401)
})

test('a stranger learns nothing: status and body of every step are the same for known and unknown', async () => {
  const known = (await makeUser(ctx)).email ?? ''
  for (const purpose of ['login', 'reset-password', 'register']) {
    clock.advance(60_000)
    const unknown = address()
    const walk = async (email: string) => {
      const sent = await post('otp/send', { purpose, email })
      const { challengeId, sentTo: _, ...told } = sent.json<OtpSent>()
      const wrong = await post('otp/verify', { challengeId, code: '000000' })
      const soon = await post('otp/resend', { challengeId })
      const { requestId: _a, ...wrongly } = failure(wrong)
      const { requestId: _b, ...early } = failure(soon)
      return [sent.statusCode, told, wrong.statusCode, wrongly, soon.statusCode, early]
    }
    expect(await walk(known)).toEqual(await walk(unknown))
  }
})

test('guessing at codes is limited by where it comes from as well', async () => {
  const there = network()
  const codes: string[] = []
  for (let i = 0; i < 25; i++)
    codes.push(failure(await post('otp/verify', { challengeId: crypto.randomUUID(), code: '123456' }, there)).code)
  expect(codes.slice(0, 20)).toEqual(Array(20).fill('OTP_ENDED'))
  expect(codes.slice(20)).toEqual(Array(5).fill('RATE_LIMITED'))
})

test('a token that is over does not keep anybody from getting a code', async () => {
  const payload = { purpose: 'login', email: address() }
  const headers = { authorization: 'Bearer nonsense' }
  const answer = await app.inject({
    method: 'POST',
    url: '/api/auth/otp/send',
    payload,
    headers,
    remoteAddress: network(),
  })
  expect(answer.statusCode).toBe(200)
})

test('what the consoles capture is on the Outbox page; texts go to the mail box when that has its own', async () => {
  const capture = (message: Parameters<typeof captureMessage>[1]) => captureMessage(ctx, message)
  const own = { ...ctx, mail: openMail(ctx.config, capture), sms: createConsoleSms(capture) }
  const second = await buildApp(own)
  const [email, phone] = [address(), '+919812340000']
  for (const to of [{ email }, { phone }])
    await second.inject({
      method: 'POST',
      url: '/api/auth/otp/send',
      payload: { purpose: 'register', ...to },
      remoteAddress: network(),
    })
  await second.close()
  for (const [recipient, channel] of [
    [email, 'email'],
    [phone, 'sms'],
  ] as const) {
    const outbox = await app.inject(`/api/dev/outbox?recipient=${encodeURIComponent(recipient)}`)
    expect(outbox.json()).toMatchObject({ items: [{ channel, text: expect.stringMatching(/\b\d{6}\b/) }] })
  }
  const message = { channel: 'sms', recipient: phone, text: 'words', idempotencyKey: 'k1' } as const
  await smsAsMail(ctx.mail)(message)
  expect(ctx.mail.sent.at(-1)).toMatchObject({ to: '919812340000@sms.marquee.example', text: 'words' })
})

test('with Redis away codes still come, and every limit still holds', async () => {
  await redis.kill()
  const [email, there] = [address(), network()]
  const sent = await post('otp/send', { purpose: 'register', email }, there)
  expect(sent.statusCode).toBe(200)
  const { challengeId } = sent.json<OtpSent>()
  expect(failure(await post('otp/send', { purpose: 'register', email }, there)).code).toBe('RATE_LIMITED')
  const code = await codeFor(email)
  const wrong = code === '000000' ? '111111' : '000000'
  const guesses = await Promise.all(Array.from({ length: 40 }, () => post('otp/verify', { challengeId, code: wrong })))
  expect(guesses.filter((answer) => failure(answer).code === 'OTP_WRONG')).toHaveLength(4)
  expect((await ctx.db.otpChallenge.findUniqueOrThrow({ where: { id: challengeId } })).tries).toBe(5)
  let done = 0
  for (let i = 0; i < 8; i++) {
    clock.advance(60_000)
    if ((await post('otp/send', { purpose: 'register', email }, there)).statusCode === 200) done++
  }
  // One before, four more: five an hour from here.
  expect(done).toBe(4)
  await redis.start()
})
