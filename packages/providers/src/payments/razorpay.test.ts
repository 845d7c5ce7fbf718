import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
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
  expect(() => readWebhook(Buffer.from('[]'))).toThrow()
})
