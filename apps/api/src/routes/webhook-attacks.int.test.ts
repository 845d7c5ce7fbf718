import { createHash, createHmac } from 'node:crypto'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '@marquee/core/config'
import { createLogger } from '@marquee/core/context'
import { newId } from '@marquee/core/ids'
import { startCheckout } from '@marquee/core/payments/start-checkout'
import { holdSeats } from '@marquee/core/seats/hold-seats'
import { makeShowtime, makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import { createRazorpayGateway } from '@marquee/providers/payments/razorpay'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildApp } from '../app.ts'

// What the gateway's address on the open network has to bear. The client is the real one, so are the signatures; before
// and after each attack the whole database is the same, to the byte, and the log says that there was one.

const CURRENT = 'webhook-secret-of-today'
const PREVIOUS = 'webhook-secret-of-before'
const KEY_SECRET = 'the-key-secret-signs-no-webhooks'
const LIMIT_BYTES = 64 * 1024

let ctx: TestContext
let app: FastifyInstance
let base: string
let body: string
let bookingId: string
const logged: Record<string, unknown>[] = []

beforeAll(async () => {
  ctx = await testContext()
  const gateway = createRazorpayGateway({
    name: 'razorpay',
    keyId: 'rzp_test_key',
    keySecret: KEY_SECRET,
    webhookSecret: CURRENT,
    previousWebhookSecret: PREVIOUS,
    baseUrl: 'http://127.0.0.1:9',
  })
  const log = createLogger({ ...readConfig(ctx.env), logLevel: 'warn' })
  const child = log.child.bind(log)
  const keep = { warn: (fields: object, msg: string) => logged.push({ ...fields, msg }), error: () => {} }
  log.child = ((...args: Parameters<typeof child>) => Object.assign(child(...args), keep)) as typeof log.child
  app = await buildApp({ ...ctx, log: Object.assign(log, keep), gateway })
  base = await app.listen({ port: 0 })

  const user = await makeUser(ctx)
  const { id: showtimeId } = await makeShowtime(ctx)
  const hold = await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
  const actor = { kind: 'user', userId: user.id, role: 'customer', jti: '' } as const
  const it = await startCheckout(ctx, actor, {
    showtimeId,
    seatIds: ['A1'],
    holdToken: hold.holdToken,
    expectedTotalMinor: hold.quote?.totalMinor ?? 0,
    idempotencyKey: newId(),
  })
  bookingId = it.bookingId
  await ctx.pool.query(`UPDATE payments SET gateway = 'razorpay' WHERE booking_id = $1`, [bookingId])
  body = captured(it.orderId, it.amountMinor)
})
afterAll(async () => {
  await app.close()
  await ctx.close()
})
beforeEach(() => {
  logged.length = 0
})

const captured = (order: string, amount: number) =>
  JSON.stringify({
    event: 'payment.captured',
    payload: { payment: { entity: { id: 'pay_1', order_id: order, amount, currency: 'INR', status: 'captured' } } },
  })
const sign = (secret: string, text: string | Buffer) => createHmac('sha256', secret).update(text).digest('hex')
type Headers = Record<string, string>
const signed = (text: string, secret = CURRENT): Headers => ({
  'x-razorpay-signature': sign(secret, text),
  'x-razorpay-event-id': `evt_${createHash('sha256').update(text).digest('hex').slice(0, 14)}`,
})
const send = async (text: string | Uint8Array<ArrayBuffer>, headers: Headers, path = 'razorpay') => {
  const answer = await fetch(`${base}/api/payments/webhooks/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: text,
  })
  return { status: answer.status, text: await answer.text() }
}

/** Every row of every table, as one number. */
async function fingerprint() {
  const tables = await ctx.pool.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  )
  const hash = createHash('sha256')
  for (const { name } of tables.rows) {
    const { rows } = await ctx.pool.query<{ whole: string | null }>(
      `SELECT string_agg(t::text, E'\n' ORDER BY t::text) AS whole FROM ${name} t`,
    )
    hash.update(`${name}\n${rows[0]?.whole ?? ''}\n`)
  }
  return hash.digest('hex')
}

const ATTACKS: [name: string, status: number, attack: () => Promise<{ status: number; text: string }>][] = [
  ['unsigned', 400, () => send(body, {})],
  ['an empty signature', 400, () => send(body, { 'x-razorpay-signature': '' })],
  ['a made up signature', 400, () => send(body, { 'x-razorpay-signature': 'a'.repeat(64) })],
  ['half a signature', 400, () => send(body, { 'x-razorpay-signature': sign(CURRENT, body).slice(0, 32) })],
  ['the signature in capitals', 400, () => send(body, { 'x-razorpay-signature': sign(CURRENT, body).toUpperCase() })],
  [
    'a signature with something after it',
    400,
    () => send(body, { 'x-razorpay-signature': `${sign(CURRENT, body)}00` }),
  ],
  ['signed with another secret', 400, () => send(body, signed(body, 'somebody-elses-secret'))],
  ['signed with the key secret', 400, () => send(body, signed(body, KEY_SECRET))],
  ['signed with nothing', 400, () => send(body, signed(body, ''))],
  ['another amount under a good signature', 400, () => send(body.replace(/"amount":\d+/, '"amount":1'), signed(body))],
  ['one space more than was signed', 400, () => send(`${body} `, signed(body))],
  ['another gateway', 404, () => send(body, signed(body), 'dev')],
  ['no gateway at all', 404, () => send(body, signed(body), '')],
  ['an endless signature', 422, () => send(body, { 'x-razorpay-signature': 'a'.repeat(4_000) })],
  ['an endless event id', 422, () => send(body, { ...signed(body), 'x-razorpay-event-id': 'e'.repeat(4_000) })],
  ['nothing in it, signed', 422, () => send('', signed(''))],
  ['no JSON, signed', 422, () => send('{"event":', signed('{"event":'))],
  ['a list, signed', 422, () => send('[]', signed('[]'))],
  [
    'an event without a payload, signed',
    422,
    () => send('{"event":"payment.captured"}', signed('{"event":"payment.captured"}')),
  ],
  ['an amount that is text, signed', 422, () => tampered((text) => text.replace(/"amount":\d+/, '"amount":"1"'))],
  ['an amount with a fraction, signed', 422, () => tampered((text) => text.replace(/"amount":\d+/, '"amount":1.5'))],
  ['a state nobody knows, signed', 422, () => tampered((text) => text.replace('"captured"}', '"paid"}'))],
  ['bytes that are no text', 400, () => send(new Uint8Array([0xff, 0xfe, 0x00, 0x80]), signed(body))],
  ['larger than any message', 413, () => send('x'.repeat(LIMIT_BYTES + 1), signed('x'))],
  ['ten megabytes', 413, () => oversized(10 * 1024 * 1024)],
]
const tampered = (change: (text: string) => string) => {
  const text = change(body)
  expect(text).not.toBe(body)
  return send(text, signed(text))
}

/** Refused by the length it announces: the rest need not even be sent. */
function oversized(bytes: number): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(`${base}/api/payments/webhooks/razorpay`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': bytes },
    })
    asked.on('response', (answer) => {
      resolve({ status: answer.statusCode ?? 0, text: '' })
      asked.destroy()
    })
    asked.on('error', reject)
    asked.write('x'.repeat(1_000))
  })
}

describe('changes nothing, and is written down', () => {
  test.each(ATTACKS)('%s', async (name, status, attack) => {
    const before = await fingerprint()
    const answer = await attack()
    expect(answer.status).toBe(status)
    expect(await fingerprint()).toBe(before)
    expect(answer.text).not.toContain(CURRENT)
    // Without a gateway there is no such address, and every address that is not there is logged like any other.
    if (name === 'no gateway at all') return
    expect(logged.map(({ msg }) => msg)).toContain('webhook refused')
    const said = JSON.stringify(logged)
    for (const secret of [CURRENT, PREVIOUS, KEY_SECRET, sign(CURRENT, body), 'pay_1'])
      expect(said).not.toContain(secret)
  })
})

describe('the gateway’s own', () => {
  test('a slow database: told to send again while it still listens, and then it is done once', async () => {
    const client = await ctx.pool.connect()
    try {
      await client.query('BEGIN')
      await client.query('LOCK TABLE webhook_events IN ACCESS EXCLUSIVE MODE')
      const started = performance.now()
      const answer = await send(body, signed(body))
      expect(performance.now() - started).toBeLessThan(4_900)
      expect(answer.status).toBe(503)
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
    const again = await send(body, signed(body))
    expect(again.status).toBe(200)
    await expect
      .poll(async () => (await ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId } })).status)
      .toBe('CONFIRMED')
    expect(await ctx.db.webhookEvent.count()).toBe(1)
    expect(await ctx.db.paymentCapture.count()).toBe(1)
  })

  test('sent again a thousand times, days later: acknowledged, and nothing changes', async () => {
    const before = await fingerprint()
    for (let i = 0; i < 20; i++) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => send(body, signed(body))))
      expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['{"outcome":"DUPLICATE"}']))
    }
    expect(await fingerprint()).toBe(before)
  })

  test('replayed under another event id, by the dashboard or by somebody who read the line: the money is known', async () => {
    const count = () => ctx.db.paymentCapture.count()
    const before = await count()
    const answer = await send(body, { ...signed(body), 'x-razorpay-event-id': 'evt_replayed' })
    expect(answer).toEqual({ status: 200, text: '{"outcome":"BOOKED"}' })
    expect(await count()).toBe(before)
    expect(await ctx.db.refund.count()).toBe(0)
  })

  test('signed with the secret of before the change: taken, so that no repeat is lost', async () => {
    const text = captured('order_of_nobody', 100)
    expect(await send(text, signed(text, PREVIOUS))).toEqual({ status: 200, text: '{"outcome":"UNKNOWN_ORDER"}' })
  })

  test('drop by drop: cut off, and nobody else waits for it', async () => {
    const slow = request(`${base}/api/payments/webhooks/razorpay`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': body.length, ...signed(body) },
    })
    const ended = new Promise<string>((resolve) => {
      slow.on('response', (answer) => resolve(String(answer.statusCode)))
      slow.on('error', () => resolve('cut off'))
    })
    slow.write(body.slice(0, 10))
    await sleep(50)
    expect((await send(body, signed(body))).status).toBe(200)
    expect(['408', 'cut off']).toContain(await ended)
  })
})
