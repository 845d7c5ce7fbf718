import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Razorpay from 'razorpay'
import { validatePaymentVerification } from 'razorpay/dist/utils/razorpay-utils.js'
import { afterEach, expect, test } from 'vitest'
import { createRazorpayGateway } from './razorpay.ts'
import { returnMessage, sign } from './signatures.ts'
import { createSimulator } from './simulator/simulator.ts'

// Razorpay's own client has the last word on its signatures and its wire: ours must agree with it, and our simulator must
// satisfy it. It is here for that only; why the shop itself does not use it is written down in the decisions.

const keys = { keyId: 'rzp_test_key', keySecret: 'key-secret-key-secret', webhookSecret: 'webhook-secret-webhook' }
const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

test('one opinion on signatures', () => {
  const gateway = createRazorpayGateway({ name: 'razorpay', ...keys, baseUrl: 'http://127.0.0.1:9' })
  const [orderId, paymentId] = ['order_IEIaMR65cu6nz3', 'pay_IH4NVgf4Dreq1l']
  const good = sign(keys.keySecret, returnMessage(orderId, paymentId))
  for (const signature of [good, good.replace(/^./, (c) => (c === '0' ? '1' : '0')), sign('another', 'message')]) {
    const theirs = validatePaymentVerification({ order_id: orderId, payment_id: paymentId }, signature, keys.keySecret)
    expect(gateway.verifyReturn({ orderId, paymentId, signature })).toBe(theirs)
  }
  for (const body of ['{"event":"payment.captured"}', '{"name":"रक़म ₹749.56"}', '']) {
    const signature = sign(keys.webhookSecret, body)
    expect(Razorpay.validateWebhookSignature(body, signature, keys.webhookSecret)).toBe(true)
    expect(gateway.verifyWebhook(Buffer.from(body), signature)).toBe(true)
  }
})

test('the simulator speaks to it as Razorpay does: order, payment, capture, refund', async () => {
  const simulator = createSimulator({
    ...keys,
    file: ':memory:',
    webhookUrl: 'http://127.0.0.1:9/',
    allowedReturnOrigins: ['http://shop.example'],
    basePath: '',
  })
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString()
    const url = new URL(request.url ?? '/', 'http://x.invalid')
    const headers = request.headers as Record<string, string>
    const asked = { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, headers, body }
    const answer = simulator.handle(asked)
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUp.push(() => simulator.stop())
  cleanUp.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const sdk = new Razorpay({ key_id: keys.keyId, key_secret: keys.keySecret })
  // Its address is not among its options.
  const { api } = sdk as unknown as { api: { rq: { defaults: { baseURL: string; timeout: number } } } }
  Object.assign(api.rq.defaults, { baseURL: base, timeout: 5_000 })

  const order = await sdk.orders.create({ amount: 74_956, currency: 'INR', receipt: 'receipt-1', notes: { a: 'b' } })
  expect(order).toMatchObject({ entity: 'order', amount: 74_956, status: 'created', receipt: 'receipt-1' })
  const form = new URLSearchParams({ action: 'aside', return_url: 'http://shop.example/' })
  await fetch(`${base}/pay/${order.id}`, { method: 'POST', body: form, redirect: 'manual' })
  const { items } = await sdk.orders.fetchPayments(order.id)
  expect(items).toMatchObject([{ entity: 'payment', status: 'authorized', captured: false, order_id: order.id }])
  const paymentId = items[0]?.id ?? ''
  expect(await sdk.payments.capture(paymentId, 74_956, 'INR')).toMatchObject({ status: 'captured', captured: true })
  expect(await sdk.orders.fetch(order.id)).toMatchObject({ status: 'paid', amount_due: 0 })
  const refund = await sdk.payments.refund(paymentId, { amount: 100, speed: 'normal', receipt: 'refund-1' })
  expect(refund).toMatchObject({ entity: 'refund', payment_id: paymentId, amount: 100, status: 'pending' })
  expect(await sdk.payments.fetch(paymentId)).toMatchObject({ amount_refunded: 100, refund_status: 'partial' })
  await expect(sdk.payments.capture(paymentId, 74_956, 'INR')).rejects.toMatchObject({
    statusCode: 400,
    error: { code: 'BAD_REQUEST_ERROR' },
  })
})
