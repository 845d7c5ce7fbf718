import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { GatewayError } from './gateway.ts'
import { createRazorpayGateway } from './razorpay.ts'
import { sign } from './signatures.ts'

// The wire is real, the other end is ours: each test says what it answers.

const keys = { name: 'razorpay', keyId: 'rzp_test_key', keySecret: 'key-secret', webhookSecret: 'webhook-secret' }
const receipt = '0197c1f0-0000-7000-8000-000000000001'
const order = {
  receipt,
  amountMinor: 74_956,
  currency: 'INR',
  notes: { booking: 'ABCD' },
  payBy: new Date(Date.now() + 8 * 60_000),
}
const orderOnWire = { id: 'order_1', entity: 'order', amount: 74_956, currency: 'INR', receipt, status: 'created' }

type Asked = { method: string; url: string; headers: IncomingMessage['headers']; body: Record<string, unknown> }
let server: Server
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function gatewayAgainst(answer: (asked: Asked, response: ServerResponse) => void, timeoutMs = 2_000) {
  const calls: Asked[] = []
  server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const asked = {
      method: request.method!,
      url: request.url!,
      headers: request.headers,
      body: text ? JSON.parse(text) : {},
    }
    calls.push(asked)
    answer(asked, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { gateway: createRazorpayGateway({ ...keys, baseUrl, timeoutMs }), calls }
}

const answerJson = (response: ServerResponse, body: object, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
const failure = (error: unknown) => {
  expect(error).toBeInstanceOf(GatewayError)
  return error as GatewayError
}

test('an order is asked for once, by its receipt, with our keys', async () => {
  const { gateway, calls } = await gatewayAgainst((_asked, response) => answerJson(response, orderOnWire))
  expect(await gateway.createOrder(order)).toEqual({ orderId: 'order_1' })
  expect(calls).toHaveLength(1)
  expect(calls[0]).toMatchObject({
    method: 'POST',
    url: '/v1/orders',
    body: { amount: 74_956, currency: 'INR', receipt, unique_receipt: true },
  })
  expect(calls[0]?.headers.authorization).toBe(`Basic ${Buffer.from('rzp_test_key:key-secret').toString('base64')}`)
})

test('when the answer is lost, the order is looked up by its receipt', async () => {
  const { gateway, calls } = await gatewayAgainst((asked, response) =>
    asked.method === 'POST'
      ? response.destroy()
      : answerJson(response, { count: 2, items: [{ ...orderOnWire, id: 'order_0', receipt: 'another' }, orderOnWire] }),
  )
  expect(await gateway.createOrder(order)).toEqual({ orderId: 'order_1' })
  expect(calls.map((call) => call.method)).toEqual(['POST', 'GET'])
})

test('when the answer is lost and no order exists, trying again is worth it', async () => {
  const { gateway } = await gatewayAgainst((asked, response) =>
    asked.method === 'POST' ? answerJson(response, {}, 502) : answerJson(response, { count: 0, items: [] }),
  )
  expect(failure(await gateway.createOrder(order).catch((error) => error)).retry).toBe(true)
})

test('an order with another amount under our receipt is never used', async () => {
  const { gateway } = await gatewayAgainst((_asked, response) => answerJson(response, { ...orderOnWire, amount: 100 }))
  expect(failure(await gateway.createOrder(order).catch((error) => error)).retry).toBe(false)
})

test.each([
  [400, false],
  [401, false],
  [409, true],
  [429, true],
  [500, true],
  [503, true],
])('a %i is worth another try: %s', async (status, retry) => {
  const { gateway } = await gatewayAgainst((_asked, response) =>
    answerJson(response, { error: { code: 'CODE', description: 'the reason' } }, status),
  )
  const error = failure(await gateway.fetchPayments('order_1').catch((e) => e))
  expect(error).toMatchObject({ retry, status })
  expect(error.message).toContain('the reason')
  expect(error.message).not.toContain(keys.keySecret)
})

test('a gateway that says nothing is given up on in time', async () => {
  const { gateway } = await gatewayAgainst(() => {}, 150)
  const started = performance.now()
  expect(failure(await gateway.fetchPayments('order_1').catch((e) => e)).retry).toBe(true)
  expect(performance.now() - started).toBeLessThan(1_500)
})

test('an answer of another form is no answer', async () => {
  const { gateway } = await gatewayAgainst((_asked, response) => response.end('<html>maintenance</html>'))
  expect(failure(await gateway.fetchPayments('order_1').catch((e) => e)).retry).toBe(true)
})

test('a refund carries its key; refused as done already, it is found again', async () => {
  const idempotencyKey = '0197c1f0-0000-7000-8000-000000000009'
  const { gateway, calls } = await gatewayAgainst((asked, response) =>
    asked.method === 'POST'
      ? answerJson(
          response,
          { error: { code: 'BAD_REQUEST_ERROR', description: 'The payment has been fully refunded already' } },
          400,
        )
      : answerJson(response, {
          count: 1,
          items: [{ id: 'rfnd_1', payment_id: 'pay_1', amount: 74_956, receipt: idempotencyKey, status: 'processed' }],
        }),
  )
  expect(await gateway.refund({ paymentId: 'pay_1', amountMinor: 74_956, idempotencyKey })).toEqual({
    refundId: 'rfnd_1',
    status: 'processed',
  })
  expect(calls[0]?.headers['x-refund-idempotency']).toBe(idempotencyKey)
})

test('a refund that was asked for before is looked for first: a key that the gateway forgot is no second refund', async () => {
  const asked = { paymentId: 'pay_1', amountMinor: 1_000, idempotencyKey: '0197c1f0-0000-7000-8000-000000000010' }
  const items: object[] = []
  const { gateway, calls } = await gatewayAgainst((call, response) => {
    if (call.method === 'GET') return void answerJson(response, { count: items.length, items })
    const made = { payment_id: 'pay_1', amount: call.body.amount, receipt: call.body.receipt, status: 'pending' }
    items.push({ ...made, id: `rfnd_${items.length + 1}` })
    answerJson(response, items.at(-1)!)
  })
  const methods = () => calls.splice(0).map((call) => call.method)
  expect(await gateway.refund({ ...asked, again: true })).toEqual({ refundId: 'rfnd_1', status: 'pending' })
  expect(methods()).toEqual(['GET', 'POST'])
  Object.assign(items[0]!, { status: 'processed' })
  expect(await gateway.refund({ ...asked, again: true })).toEqual({ refundId: 'rfnd_1', status: 'processed' })
  expect(methods()).toEqual(['GET'])
  expect(items).toHaveLength(1)
})

test('only our secrets make a signature', () => {
  const gateway = createRazorpayGateway({ ...keys, baseUrl: 'http://127.0.0.1:9' })
  const good = sign(keys.keySecret, 'order_1|pay_1')
  expect(gateway.verifyReturn({ orderId: 'order_1', paymentId: 'pay_1', signature: good })).toBe(true)
  expect(gateway.verifyReturn({ orderId: 'order_2', paymentId: 'pay_1', signature: good })).toBe(false)
  for (const signature of [
    '',
    good.slice(0, -1),
    `${good}0`,
    good.toUpperCase(),
    sign(keys.webhookSecret, 'order_1|pay_1'),
  ]) {
    expect(gateway.verifyReturn({ orderId: 'order_1', paymentId: 'pay_1', signature })).toBe(false)
  }
  const body = Buffer.from('{"event":"payment.captured"}')
  expect(gateway.verifyWebhook(body, sign(keys.webhookSecret, body))).toBe(true)
  expect(gateway.verifyWebhook(Buffer.from('{"event": "payment.captured"}'), sign(keys.webhookSecret, body))).toBe(
    false,
  )
  expect(gateway.verifyWebhook(body, sign(keys.keySecret, body))).toBe(false)
})

test('webhooks are read by what they say happened', () => {
  const { readWebhook } = createRazorpayGateway({ ...keys, baseUrl: 'http://127.0.0.1:9' })
  const payment = { entity: { id: 'pay_1', order_id: 'order_1', amount: 100, currency: 'INR', status: 'captured' } }
  const refund = { entity: { id: 'rfnd_1', payment_id: 'pay_1', amount: 100, status: 'processed' } }
  const read = (event: string, payload: object) => readWebhook(Buffer.from(JSON.stringify({ event, payload })))
  const known = { paymentId: 'pay_1', orderId: 'order_1', status: 'captured', amountMinor: 100, currency: 'INR' }
  expect(read('payment.captured', { payment })).toEqual({ kind: 'payment', type: 'payment.captured', payment: known })
  expect(read('order.paid', { payment, order: {} })).toEqual({ kind: 'payment', type: 'order.paid', payment: known })
  expect(read('refund.processed', { payment, refund })).toEqual({
    kind: 'refund',
    type: 'refund.processed',
    refundId: 'rfnd_1',
    paymentId: 'pay_1',
    status: 'processed',
  })
  expect(read('invoice.paid', {})).toEqual({ kind: 'other', type: 'invoice.paid' })
  // What we do not act on is acknowledged, whatever is in it: refused often enough, the gateway would stop sending.
  for (const type of ['payment.dispute.created', 'payment.downtime.started', 'settlement.processed'])
    expect(read(type, { payment: { entity: 'something new' } })).toEqual({ kind: 'other', type })
  expect(() => read('payment.captured', { payment: { entity: 'something new' } })).toThrow()
  expect(() => readWebhook(Buffer.from('[]'))).toThrow()
})

test('a secret that was changed is known a while longer, and no third one', () => {
  const body = Buffer.from('{"event":"payment.captured"}')
  const changed = {
    ...keys,
    webhookSecret: 'of-today',
    previousWebhookSecret: 'of-before',
    baseUrl: 'http://127.0.0.1:9',
  }
  const gateway = createRazorpayGateway(changed)
  const known = (secret: string) => gateway.verifyWebhook(body, sign(secret, body))
  expect([known('of-today'), known('of-before'), known('of-yore'), known('')]).toEqual([true, true, false, false])
  const alone = createRazorpayGateway({ ...changed, previousWebhookSecret: undefined })
  expect(alone.verifyWebhook(body, sign('of-before', body))).toBe(false)
})

test.each([
  [-3, 12],
  [8, 12],
  [11.5, 12],
  [20.2, 21],
  [60 * 24 * 30, 7_200],
])(
  'money set aside is taken by itself until the seats are let go: %d minutes left, %d asked for',
  async (left, asked) => {
    const { gateway, calls } = await gatewayAgainst((_asked, response) => answerJson(response, orderOnWire))
    await gateway.createOrder({ ...order, payBy: new Date(Date.now() + left * 60_000) })
    expect(calls[0]?.body.payment).toEqual({
      capture: 'automatic',
      capture_options: { automatic_expiry_period: asked, manual_expiry_period: asked, refund_speed: 'normal' },
    })
  },
)

describe('taking what is set aside', () => {
  const asked = { paymentId: 'pay_1', amountMinor: 74_956, currency: 'INR' }
  const onWire = (status: string) => ({ id: 'pay_1', order_id: 'order_1', amount: 74_956, currency: 'INR', status })
  const says = (response: ServerResponse, status: number) =>
    answerJson(response, { error: { code: 'BAD_REQUEST_ERROR', description: 'the reason' } }, status)

  test('once, with the amount and the currency', async () => {
    const { gateway, calls } = await gatewayAgainst((_asked, response) => answerJson(response, onWire('captured')))
    expect(await gateway.capture(asked)).toMatchObject({ status: 'captured', orderId: 'order_1' })
    expect(calls).toMatchObject([
      { method: 'POST', url: '/v1/payments/pay_1/capture', body: { amount: 74_956, currency: 'INR' } },
    ])
  })

  test.each([
    ['refused, for it was taken already', 400, 'captured'],
    ['refused, for it went back meanwhile', 400, 'refunded'],
    ['no answer, and it was taken', 502, 'captured'],
  ])('%s: what it is now', async (_name, status, now) => {
    const { gateway, calls } = await gatewayAgainst((it, response) =>
      it.method === 'POST' ? says(response, status) : answerJson(response, onWire(now)),
    )
    expect(await gateway.capture(asked)).toMatchObject({ status: now })
    expect(calls.map(({ method }) => method)).toEqual(['POST', 'GET'])
  })

  test.each([
    ['still set aside after no answer', 502, true, () => onWire('authorized')],
    ['refused and still set aside', 400, false, () => onWire('authorized')],
    ['and no answer to the look either', 502, true, () => null],
  ])('%s: an error, and never asked a second time by itself', async (_name, status, retry, look) => {
    const { gateway, calls } = await gatewayAgainst((it, response) => {
      const found = look()
      if (it.method === 'POST') says(response, status)
      else if (found) answerJson(response, found)
      else response.destroy()
    })
    expect(failure(await gateway.capture(asked).catch((error) => error))).toMatchObject({ retry, status })
    expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })
})

describe('how one can pay', () => {
  test.each([
    [
      'everything',
      { card: true, upi: true, netbanking: { HDFC: 'HDFC Bank' }, wallet: { mobikwik: true } },
      'upi card netbanking wallet',
    ],
    ['empty lists', { card: true, upi: false, netbanking: [], wallet: [] }, 'card'],
    ['wallets all switched off', { upi: true, wallet: { mobikwik: false, payzapp: false } }, 'upi'],
    ['nothing', { entity: 'methods' }, ''],
  ])('%s', async (_name, answer, expected) => {
    const { gateway, calls } = await gatewayAgainst((_asked, response) => answerJson(response, answer))
    expect((await gateway.fetchMethods()).join(' ')).toBe(expected)
    expect(calls[0]).toMatchObject({ method: 'GET', url: '/v1/methods' })
    // The id of the key alone: the secret is not sent where it is not needed.
    expect(calls[0]?.headers.authorization).toBe(`Basic ${Buffer.from('rzp_test_key:').toString('base64')}`)
  })
})

describe('faults of the network', () => {
  const half = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' })
    response.write('{"id":"order_1","amount":7')
    setTimeout(() => response.destroy(), 20)
  }
  test.each<[string, (response: ServerResponse) => void]>([
    ['hung up', (response) => response.destroy()],
    ['half an answer', half],
    ['a redirect to a page', (response) => response.writeHead(302, { location: 'https://elsewhere.example/' }).end()],
    ['an answer of nothing', (response) => response.end()],
    ['a lying answer', (response) => response.end('{"count":"many"}')],
  ])('%s: said to be one, once asked', async (_name, answer) => {
    const { gateway, calls } = await gatewayAgainst((_asked, response) => answer(response))
    failure(await gateway.fetchPayments('order_1').catch((error) => error))
    expect(calls).toHaveLength(1)
  })

  test('a certificate that is not theirs, or no TLS at all', async () => {
    const { gateway } = await gatewayAgainst((_asked, response) => answerJson(response, { count: 0, items: [] }))
    expect(await gateway.fetchPayments('order_1')).toEqual([])
    const { port } = server.address() as AddressInfo
    const secure = createRazorpayGateway({ ...keys, baseUrl: `https://127.0.0.1:${port}`, timeoutMs: 500 })
    const error = failure(await secure.fetchPayments('order_1').catch((it) => it))
    expect([error.retry, error.message.includes(keys.keySecret)]).toEqual([true, false])
  })

  test('too many questions: worth another try later, and an order is not looked for meanwhile', async () => {
    const { gateway, calls } = await gatewayAgainst((_asked, response) =>
      answerJson(response, { error: { code: 'BAD_REQUEST_ERROR', description: 'Too many requests' } }, 429),
    )
    expect(failure(await gateway.createOrder(order).catch((it) => it))).toMatchObject({ retry: true, status: 429 })
    expect(calls).toHaveLength(1)
  })
})
