import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { readConfig } from '@marquee/core/config'
import { createContext } from '@marquee/core/context'
import { checkPayment } from '@marquee/core/payments/check-payment'
import { startCheckout } from '@marquee/core/payments/start-checkout'
import { holdSeats } from '@marquee/core/seats/hold-seats'
import { makeShowtime, makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.ts'
import { openVendors } from '../vendors.ts'

// The whole way of money through the development gateway: our client, its API, its page, its webhook, our settlement.

let test_: TestContext
let ctx: ReturnType<typeof createContext>
let app: FastifyInstance
let base: string
beforeAll(async () => {
  const port = await freePort()
  test_ = await testContext({ env: { PORT: String(port), PUBLIC_BASE_URL: `http://127.0.0.1:${port}` } })
  const config = readConfig(test_.env)
  ctx = createContext(config, (own) => openVendors(config, own))
  app = await buildApp(ctx)
  base = await app.listen({ host: '127.0.0.1', port })
})
afterAll(async () => {
  await app.close()
  await ctx.close()
  await test_.close()
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function checkout() {
  const user = await makeUser(test_)
  const { id: showtimeId } = await makeShowtime(test_)
  const seatIds = ['A1', 'A2']
  const { holdToken, quote } = await holdSeats(test_, { showtimeId, seatIds })
  const actor = { kind: 'user', userId: user.id, role: 'customer', jti: '' } as const
  const order = { showtimeId, seatIds, holdToken, expectedTotalMinor: quote?.totalMinor ?? 0, idempotencyKey: user.id }
  return { actor, ...(await startCheckout(ctx, actor, order)) }
}
const press = (paymentUrl: string, action: string) => {
  const url = new URL(paymentUrl)
  const body = new URLSearchParams({ action, return_url: url.searchParams.get('return_url') ?? '' })
  return fetch(url.origin + url.pathname, { method: 'POST', body, redirect: 'manual' })
}
const control = async (switches: object) => {
  const { keyId, keySecret } = ctx.config.payments
  const authorization = `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}`
  const answer = await fetch(`${base}/dev/gateway/control`, {
    method: 'POST',
    headers: { authorization },
    body: JSON.stringify(switches),
  })
  expect(answer.status).toBe(200)
}
const statusOf = async (id: string) => (await ctx.db.booking.findUniqueOrThrow({ where: { id } })).status

test('paid, tab closed: the webhook alone makes the booking', async () => {
  const { bookingId, paymentUrl } = await checkout()
  expect((await fetch(paymentUrl ?? '')).headers.get('content-type')).toContain('text/html')
  expect((await press(paymentUrl ?? '', 'close')).status).toBe(200)
  await expect.poll(() => statusOf(bookingId), { timeout: 10_000 }).toBe('CONFIRMED')
  expect(await ctx.db.ticket.count({ where: { bookingId } })).toBe(2)
})

test('paid and returned: the browser is sent to our own page with what it must show', async () => {
  const { bookingId, orderId, paymentUrl } = await checkout()
  const answer = await press(paymentUrl ?? '', 'card')
  expect(answer.status).toBe(303)
  const back = new URL(answer.headers.get('location') ?? '')
  expect(back.origin).toBe(base)
  expect(back.searchParams.get('razorpay_order_id')).toBe(orderId)
  await expect.poll(() => statusOf(bookingId), { timeout: 10_000 }).toBe('CONFIRMED')
})

test('paid twice: one booking, one refund owed', async () => {
  const { bookingId, paymentUrl } = await checkout()
  await press(paymentUrl ?? '', 'twice')
  await expect
    .poll(
      async () =>
        (await ctx.db.paymentCapture.findMany({ where: { payment: { bookingId } } })).map((c) => c.outcome).sort(),
      {
        timeout: 10_000,
      },
    )
    .toEqual(['BOOKED', 'REFUND_DUE'])
})

test('it wants its own keys, not a session, and says so in its own way', async () => {
  const answer = await fetch(`${base}/dev/gateway/v1/orders`, { headers: { authorization: 'Basic bm90OnJpZ2h0' } })
  expect(answer.status).toBe(401)
  expect(await answer.json()).toMatchObject({ error: { code: 'BAD_REQUEST_ERROR' } })
})

test('set aside only: asked for and taken, and the webhook of the capture changes nothing more', async () => {
  const { bookingId, paymentUrl } = await checkout()
  await press(paymentUrl ?? '', 'aside')
  const asked = () =>
    ctx.db.outboxEvent.count({ where: { topic: 'payment.check', payload: { equals: { paymentId } } } })
  const { id: paymentId } = await ctx.db.payment.findFirstOrThrow({ where: { bookingId } })
  await expect.poll(asked, { timeout: 10_000 }).toBe(1)
  expect(await statusOf(bookingId)).toBe('PENDING')
  await checkPayment(ctx, { paymentId })
  expect(await statusOf(bookingId)).toBe('CONFIRMED')
  expect(await ctx.db.paymentCapture.count({ where: { paymentId } })).toBe(1)
})

test('said no, then yes: booked by the webhooks alone, whatever came first', async () => {
  const { bookingId, paymentUrl } = await checkout()
  await control({ lateCaptureMs: 0, webhooksReversed: true, webhookCopies: 2 })
  await press(paymentUrl ?? '', 'recover')
  await expect.poll(() => statusOf(bookingId), { timeout: 10_000 }).toBe('CONFIRMED')
  expect(await ctx.db.ticket.count({ where: { bookingId } })).toBe(2)
  await control({ lateCaptureMs: 15_000, webhooksReversed: false, webhookCopies: 1 })
})

test('the ways to pay are what the gateway says', async () => {
  const answer = await fetch(`${base}/api/payments/methods`)
  expect(((await answer.json()) as { items: { method: string }[] }).items.map(({ method }) => method)).toEqual([
    'upi',
    'card',
    'netbanking',
    'wallet',
  ])
})

test('in production it is not there, even if somebody got as far as starting with it', async () => {
  const { config } = ctx
  const other = await buildApp({ ...ctx, config: { ...config, mode: 'production' } })
  for (const url of [
    '/dev/gateway/v1/orders',
    '/dev/gateway/v1/methods',
    '/dev/gateway/control',
    '/dev/gateway/pay/order_x',
  ])
    expect((await other.inject({ method: 'GET', url, remoteAddress: '127.0.0.1' })).statusCode).toBe(404)
  await other.close()
  expect(() => readConfig({ ...test_.env, NODE_ENV: 'production' })).toThrow('PAYMENT_GATEWAY')
})

test('another gateway in the configuration: it is not there', async () => {
  const config = readConfig({ ...test_.env, PAYMENT_GATEWAY: 'razorpay', PAYMENT_KEY_ID: 'rzp_test_x' })
  const other = await buildApp({ ...ctx, config })
  const answer = await other.inject({ method: 'GET', url: '/dev/gateway/v1/orders', remoteAddress: '127.0.0.1' })
  expect(answer.statusCode).toBe(404)
  await other.close()
})
