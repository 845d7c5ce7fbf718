// What must not work, over real HTTP: every bound of every field, other people's things, forged messages. After each
// refusal nothing has changed.
import { createHmac } from 'node:crypto'
import { ErrorBody } from '@marquee/contracts/errors'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { newId, newSecret } from '@marquee/core/ids'
import { checkInvariants } from '@marquee/core/invariants/check-invariants'
import { bookSeats } from '@marquee/core/testing/book-seats'
import { makeShowtime, makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../app.ts'

let ctx: TestContext
let app: FastifyInstance
let base: string
let hall: string
let bearer: string
beforeAll(async () => {
  ctx = await testContext()
  app = await buildApp(ctx)
  base = await app.listen({ port: 0 })
  hall = (await makeShowtime(ctx)).id
  bearer = await signIn()
})
afterAll(async () => {
  expect((await checkInvariants(ctx)).violations).toEqual([])
  await app.close()
  await ctx.close()
})

const signIn = async () => `Bearer ${signAccessToken(ctx, await makeUser(ctx)).accessToken}`
type Headers = Record<string, string>
const JSON_TYPE = { 'content-type': 'application/json' }

async function call(method: string, path: string, headers: Headers = {}, body?: string | Uint8Array<ArrayBuffer>) {
  const answer = await fetch(base + path, { method, headers, ...(body !== undefined && { body }) })
  return { status: answer.status, text: await answer.text() }
}
/** The refusal, which must have the one form every refusal has. */
async function refusal(method: string, path: string, headers: Headers = {}, body?: unknown) {
  const { status, text } = await call(
    method,
    path,
    { ...(body !== undefined && JSON_TYPE), ...headers },
    body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  )
  const { error } = ErrorBody.strict().parse(JSON.parse(text))
  return { status, code: error.code, fields: [...new Set(error.details?.fields?.map((field) => field.field))] }
}
/** Everything a refused request could have left behind. */
const traces = async () => {
  const { rows } = await ctx.pool.query(
    `SELECT (SELECT count(*) FROM seat_claims) AS claims, (SELECT count(*) FROM bookings) AS bookings, (SELECT count(*) FROM payments) AS payments,
            (SELECT count(*) FROM payment_captures) AS captures, (SELECT count(*) FROM webhook_events) AS events, (SELECT count(*) FROM outbox_events) AS outbox,
            (SELECT count(*) FROM idempotency_keys) AS keys, (SELECT string_agg(id || status::text, ',' ORDER BY id) FROM bookings) AS states`,
  )
  return rows[0] as object
}
async function refusedWithoutTrace(ask: () => ReturnType<typeof refusal>) {
  const before = await traces()
  const answer = await ask()
  expect(await traces()).toEqual(before)
  return answer
}

const BAD_SEATS: [string, unknown, string][] = [
  ['none', [], 'seatIds'],
  ['fifty-one', Array.from({ length: 51 }, (_, i) => `A${i + 1}`), 'seatIds'],
  ['one twice', ['A1', 'A1'], 'seatIds'],
  ['a number', [7], 'seatIds.0'],
  ['lower case', ['a1'], 'seatIds.0'],
  ['no row', ['12'], 'seatIds.0'],
  ['no number', ['AA'], 'seatIds.0'],
  ['too long', ['AAAA1234'], 'seatIds.0'],
  ['with a wildcard', ['A1*'], 'seatIds.0'],
  ['not a list', 'A1', 'seatIds'],
  ['missing', undefined, 'seatIds'],
  ['null', null, 'seatIds'],
  ['of no such seat', ['Z99'], 'seatIds'],
]

describe('seats', () => {
  test.each(BAD_SEATS)('seats to hold: %s', async (_name, seatIds, field) => {
    expect(await refusal('POST', `/api/showtimes/${hall}/holds`, {}, { seatIds })).toEqual({
      status: 422,
      code: 'VALIDATION',
      fields: [field],
    })
    expect(await refusal('POST', `/api/showtimes/${hall}/seats/check`, {}, { seatIds })).toMatchObject({
      status: 422,
      fields: [field],
    })
  })

  test.each(BAD_SEATS.filter(([name]) => name !== 'missing'))('seats to let go: %s', async (_name, seatIds, field) => {
    const token = { 'x-hold-token': newSecret() }
    expect(await refusal('DELETE', `/api/showtimes/${hall}/holds`, token, { seatIds })).toMatchObject({
      status: 422,
      fields: [field],
    })
  })

  test.each([
    ['GET', 'holds'],
    ['DELETE', 'holds'],
    ['POST', 'holds/extend'],
  ])('%s %s without a hold token, or with a bad one', async (method, path) => {
    const address = `/api/showtimes/${hall}/${path}`
    for (const token of [undefined, '', 'short', 'x'.repeat(42), 'x'.repeat(44), `${'x'.repeat(42)}=`]) {
      const headers: Headers = token === undefined ? {} : { 'x-hold-token': token }
      expect(await refusal(method, address, headers)).toEqual({
        status: 422,
        code: 'VALIDATION',
        fields: ['x-hold-token'],
      })
    }
  })

  test('a hold token of nobody holds nothing, and lets go of nothing', async () => {
    const token = { 'x-hold-token': newSecret() }
    for (const [method, path] of [
      ['GET', 'holds'],
      ['POST', 'holds/extend'],
    ] as const)
      expect(await refusal(method, `/api/showtimes/${hall}/${path}`, token)).toMatchObject({
        status: 409,
        code: 'HOLD_GONE',
      })
    expect(JSON.parse((await call('DELETE', `/api/showtimes/${hall}/holds`, token)).text)).toEqual({
      released: [],
      hold: null,
    })
  })

  test.each(['0', '11', '-1', '1.5', 'two', '', '1e9'])('best seats for %s people', async (count) => {
    expect(await refusal('GET', `/api/showtimes/${hall}/best-seats?count=${count}`)).toMatchObject({
      status: 422,
      fields: ['count'],
    })
  })

  test('unknown and malformed showtimes, on every address of theirs', async () => {
    const token = { 'x-hold-token': newSecret() }
    const addresses: [string, string, unknown?][] = [
      ['GET', 'seat-map'],
      ['GET', 'seats'],
      ['GET', 'best-seats?count=2'],
      ['POST', 'seats/check', { seatIds: ['A1'] }],
      ['POST', 'holds', { seatIds: ['A1'] }],
      ['GET', 'holds'],
      ['POST', 'holds/extend'],
      ['DELETE', 'holds'],
    ]
    for (const [method, path, body] of addresses) {
      expect(await refusal(method, `/api/showtimes/${newId()}/${path}`, token, body), path).toMatchObject({
        status: 404,
        code: 'NOT_FOUND',
      })
      for (const id of ['1', "'%20OR%201=1", '%00', `${newId()}x`])
        expect(await refusal(method, `/api/showtimes/${id}/${path}`, token, body), `${path} ${id}`).toMatchObject({
          status: 422,
          fields: ['id'],
        })
    }
  })

  test('bodies that are no bodies', async () => {
    const address = `/api/showtimes/${hall}/holds`
    expect(await refusal('POST', address, {}, '{"seatIds":["A1"')).toMatchObject({ status: 400 })
    expect(await refusal('POST', address, {}, '')).toMatchObject({ status: 400 })
    expect(await refusal('POST', address, {}, '[]')).toMatchObject({ status: 422 })
    expect(await refusal('POST', address, {}, '{"__proto__":{"seatIds":["A1"]}}')).toMatchObject({ status: 400 })
    expect(await refusal('POST', address, {}, { seatIds: ['A1'], pad: 'x'.repeat(66_000) })).toMatchObject({
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
    })
    expect(await refusal('POST', address, { 'content-type': 'text/xml' }, '<seat/>')).toMatchObject({ status: 415 })
  })

  test('a film that has begun, more seats than one booking may have', async () => {
    const begun = await makeShowtime(ctx, { startsIn: -30 })
    expect(await refusal('POST', `/api/showtimes/${begun.id}/holds`, {}, { seatIds: ['A1'] })).toMatchObject({
      status: 409,
      code: 'SALES_CLOSED',
    })
    const eleven = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'B1', 'B2', 'B3']
    expect(await refusal('POST', `/api/showtimes/${hall}/holds`, {}, { seatIds: eleven })).toMatchObject({
      status: 422,
      code: 'TOO_MANY_SEATS',
    })
  })
})

describe('bookings', () => {
  const order = () => ({ showtimeId: hall, seatIds: ['A1'], expectedTotalMinor: 26_770 })
  const headers = (): Headers => ({
    authorization: bearer,
    'idempotency-key': newSecret(),
    'x-hold-token': newSecret(),
  })

  test.each(BAD_SEATS)('seats to book: %s', async (_name, seatIds, field) => {
    expect(
      await refusedWithoutTrace(() => refusal('POST', '/api/bookings', headers(), { ...order(), seatIds })),
    ).toMatchObject({ status: 422, fields: [field] })
  })

  test.each([
    ['showtimeId', 'x'],
    ['showtimeId', undefined],
    ['expectedTotalMinor', -1],
    ['expectedTotalMinor', 1.5],
    ['expectedTotalMinor', '26770'],
    ['expectedTotalMinor', 1e12],
    ['expectedTotalMinor', undefined],
  ])('%s = %s', async (field, value) => {
    expect(
      await refusedWithoutTrace(() => refusal('POST', '/api/bookings', headers(), { ...order(), [field]: value })),
    ).toEqual({ status: 422, code: 'VALIDATION', fields: [field] })
  })

  test.each([
    ['idempotency-key', undefined],
    ['idempotency-key', 'short'],
    ['idempotency-key', 'x'.repeat(101)],
    ['idempotency-key', 'with a space'],
    ['x-hold-token', undefined],
    ['x-hold-token', 'x'.repeat(44)],
  ])('header %s = %s', async (name, value) => {
    const { [name]: _, ...others } = headers()
    const sent = value === undefined ? others : { ...others, [name]: value }
    expect(await refusedWithoutTrace(() => refusal('POST', '/api/bookings', sent, order()))).toEqual({
      status: 422,
      code: 'VALIDATION',
      fields: [name],
    })
  })

  test('another total than the server’s, seats of somebody else, a showtime that is not there', async () => {
    expect(
      await refusedWithoutTrace(() =>
        refusal('POST', '/api/bookings', headers(), { ...order(), expectedTotalMinor: 1 }),
      ),
    ).toMatchObject({ status: 409, code: 'PRICE_CHANGED' })
    await call('POST', `/api/showtimes/${hall}/holds`, JSON_TYPE, JSON.stringify({ seatIds: ['A1'] }))
    expect(await refusedWithoutTrace(() => refusal('POST', '/api/bookings', headers(), order()))).toMatchObject({
      status: 409,
      code: 'SEATS_TAKEN',
    })
    expect(
      await refusedWithoutTrace(() => refusal('POST', '/api/bookings', headers(), { ...order(), showtimeId: newId() })),
    ).toMatchObject({ status: 404 })
  })

  const OWN: [string, string][] = [
    ['GET', ''],
    ['GET', '/checkout'],
    ['POST', '/abandon'],
    ['GET', '/ticket.pdf'],
  ]
  test('nobody’s without signing in', async () => {
    const { bookingId } = await bookSeats(ctx)
    for (const auth of [undefined, 'Bearer nonsense', 'Basic abc', `${bearer}x`]) {
      const who: Headers = auth === undefined ? {} : { authorization: auth }
      for (const [method, path] of [...OWN.map(([m, p]) => [m, `/${bookingId}${p}`] as const), ['GET', ''] as const])
        expect(await refusedWithoutTrace(() => refusal(method, `/api/bookings${path}`, who)), path).toMatchObject({
          status: 401,
          code: 'UNAUTHENTICATED',
        })
      const { authorization: _, ...others } = headers()
      expect(
        await refusedWithoutTrace(() => refusal('POST', '/api/bookings', { ...others, ...who }, order())),
      ).toMatchObject({ status: 401 })
    }
  })

  test('another’s and nobody’s are the same: not found', async () => {
    const { bookingId, paymentId, gatewayPaymentId } = await bookSeats(ctx)
    const stranger = { authorization: await signIn() }
    for (const id of [bookingId, newId()])
      for (const [method, path] of OWN)
        expect(
          await refusedWithoutTrace(() => refusal(method, `/api/bookings/${id}${path}`, stranger)),
          path,
        ).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    for (const [method, path] of OWN)
      expect(await refusal(method, `/api/bookings/not-an-id${path}`, stranger)).toMatchObject({
        status: 422,
        fields: ['id'],
      })
    const { gatewayOrderId } = await ctx.db.payment.findUniqueOrThrow({ where: { id: paymentId } })
    const signature = createHmac('sha256', 'fake-gateway-key-secret')
      .update(`${gatewayOrderId}|${gatewayPaymentId}`)
      .digest('hex')
    const theirs = {
      razorpay_order_id: gatewayOrderId,
      razorpay_payment_id: gatewayPaymentId,
      razorpay_signature: signature,
    }
    expect(await refusedWithoutTrace(() => refusal('POST', '/api/payments/verify', stranger, theirs))).toMatchObject({
      status: 404,
    })
    expect(JSON.parse((await call('GET', '/api/bookings', stranger)).text)).toMatchObject({ items: [], total: 0 })
  })

  test.each(['limit=0', 'limit=101', 'limit=x', 'offset=-1', 'offset=10001', 'when=never'])(
    'the list with %s',
    async (query) => {
      expect(await refusal('GET', `/api/bookings?${query}`, { authorization: bearer })).toMatchObject({
        status: 422,
        fields: [query.split('=')[0]],
      })
    },
  )
})

describe('payments', () => {
  const back = {
    razorpay_order_id: 'order_x',
    razorpay_payment_id: 'pay_x',
    razorpay_signature: 'a'.repeat(64),
  }
  test.each([
    ['razorpay_order_id', ''],
    ['razorpay_order_id', 'x'.repeat(101)],
    ['razorpay_order_id', 'order x'],
    ['razorpay_order_id', undefined],
    ['razorpay_payment_id', '../pay'],
    ['razorpay_payment_id', 7],
    ['razorpay_signature', 'A'.repeat(64)],
    ['razorpay_signature', 'a'.repeat(63)],
    ['razorpay_signature', undefined],
  ])('a return with %s = %s', async (field, value) => {
    expect(
      await refusedWithoutTrace(() =>
        refusal('POST', '/api/payments/verify', { authorization: bearer }, { ...back, [field]: value }),
      ),
    ).toEqual({ status: 422, code: 'VALIDATION', fields: [field] })
  })

  test('a return without signing in, and for an order that is not there', async () => {
    expect(await refusal('POST', '/api/payments/verify', {}, back)).toMatchObject({ status: 401 })
    expect(await refusal('POST', '/api/payments/verify', { authorization: bearer }, back)).toMatchObject({
      status: 404,
    })
  })

  describe('webhooks', () => {
    const HOOK = '/api/payments/webhooks/fake'
    const captured = (amountMinor = 5) =>
      ctx.gateway.sign({
        kind: 'payment',
        type: 'payment.captured',
        payment: {
          paymentId: `pay_${newSecret()}`,
          orderId: 'order_x',
          status: 'captured',
          amountMinor,
          currency: 'INR',
        },
      })
    const send = (body: Buffer | string, signature?: string, path = HOOK) =>
      refusal('POST', path, { ...(signature !== undefined && { 'x-razorpay-signature': signature }) }, body.toString())

    test('unsigned, forged, changed, of another gateway', async () => {
      const { body, signature } = captured()
      const bad: [string, () => ReturnType<typeof send>, object][] = [
        ['unsigned', () => send(body), { status: 400, code: 'BAD_SIGNATURE' }],
        ['empty signature', () => send(body, ''), { status: 400, code: 'BAD_SIGNATURE' }],
        ['forged', () => send(body, 'f'.repeat(64)), { status: 400, code: 'BAD_SIGNATURE' }],
        ['too long', () => send(body, 'f'.repeat(201)), { status: 422, fields: ['x-razorpay-signature'] }],
        [
          'changed',
          () => send(body.toString().replace('"amountMinor":5', '"amountMinor":1'), signature),
          { status: 400 },
        ],
        ['one space more', () => send(`${body.toString()} `, signature), { status: 400, code: 'BAD_SIGNATURE' }],
        ['nothing in it', () => send('', signature), { status: 400 }],
        ['another gateway', () => send(body, signature, '/api/payments/webhooks/other'), { status: 404 }],
      ]
      for (const [name, ask, answer] of bad) expect(await refusedWithoutTrace(ask), name).toMatchObject(answer)
    })

    test('larger than any message of a gateway', async () => {
      expect(await refusedWithoutTrace(() => send('x'.repeat(66_000), 'f'.repeat(64)))).toMatchObject({ status: 413 })
    })

    test('sent again: once is what counts', async () => {
      const sale = await bookSeats(ctx)
      const { gatewayOrderId } = await ctx.db.payment.findUniqueOrThrow({ where: { id: sale.paymentId } })
      const { webhook } = ctx.gateway.pay(gatewayOrderId ?? '')
      const eventId = newId()
      const post = () =>
        call(
          'POST',
          HOOK,
          { 'x-razorpay-signature': webhook.signature, 'x-razorpay-event-id': eventId, ...JSON_TYPE },
          new Uint8Array(webhook.body),
        )
      expect(JSON.parse((await post()).text)).toEqual({ outcome: 'REFUND_DUE' })
      const after = await traces()
      const again = await Promise.all(Array.from({ length: 5 }, post))
      expect(again.map(({ text }) => text)).toEqual(Array(5).fill('{"outcome":"DUPLICATE"}'))
      expect(await traces()).toEqual(after)
    })

    test('signed and understood by nobody', async () => {
      const body = 'no json at all'
      const signature = createHmac('sha256', 'fake-gateway-webhook-secret').update(body).digest('hex')
      expect(await refusedWithoutTrace(() => send(body, signature))).toMatchObject({ status: 422, code: 'VALIDATION' })
    })
  })
})
