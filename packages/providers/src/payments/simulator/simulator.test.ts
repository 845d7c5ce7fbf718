import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { GatewayError } from '../gateway.ts'
import { createRazorpayGateway } from '../razorpay.ts'
import { openLedger } from './ledger.ts'
import { runDue, setAside } from './moves.ts'
import { createSimulator } from './simulator.ts'

const keys = { keyId: 'rzp_dev_key', keySecret: 'key-secret-key-secret', webhookSecret: 'webhook-secret-webhook' }
const shop = 'http://shop.example'
const receipt = '0197c1f0-0000-7000-8000-000000000001'
const order = { receipt, amountMinor: 74_956, currency: 'INR', notes: {}, payBy: new Date(Date.now() + 8 * 60_000) }
const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

/** A shop that keeps the webhooks it gets, the simulator behind HTTP, and Marquee's own client in front of it. */
async function start(file = ':memory:') {
  const received: { signature: string; eventId: string; body: Buffer }[] = []
  const shopAnswers = { status: 200 }
  const listen = async (server: ReturnType<typeof createServer>) => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    cleanUp.push(() => {
      server.closeAllConnections()
      server.close()
    })
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const bytes = async (request: AsyncIterable<Buffer>) => Buffer.concat(await Array.fromAsync(request))
  const webhookUrl = await listen(
    createServer(async (request, response) => {
      const body = await bytes(request)
      received.push({
        signature: String(request.headers['x-razorpay-signature']),
        eventId: String(request.headers['x-razorpay-event-id']),
        body,
      })
      response.writeHead(shopAnswers.status).end()
    }),
  )
  const open = () =>
    createSimulator({ ...keys, file, webhookUrl, allowedReturnOrigins: [shop], basePath: '/dev/gateway' })
  let simulator = open()
  const baseUrl = await listen(
    createServer(async (request, response) => {
      const url = new URL(request.url!, 'http://x.invalid')
      const headers = request.headers as Record<string, string>
      const body = (await bytes(request)).toString()
      const answer = simulator.handle({
        method: request.method!,
        path: url.pathname,
        query: url.searchParams,
        headers,
        body,
      })
      response.writeHead(answer.status, answer.headers).end(answer.body)
    }),
  )
  cleanUp.push(() => simulator.stop())
  const gateway = createRazorpayGateway({ name: 'dev', ...keys, baseUrl, paymentPage: `${baseUrl}/pay` })
  const authorization = `Basic ${Buffer.from(`${keys.keyId}:${keys.keySecret}`).toString('base64')}`
  return {
    gateway,
    baseUrl,
    received,
    shopAnswers,
    sendDue: () => simulator.sendDue(),
    async restart() {
      await simulator.stop()
      simulator = open()
    },
    async control(switches: object) {
      const answer = await fetch(`${baseUrl}/control`, {
        method: 'POST',
        headers: { authorization },
        body: JSON.stringify(switches),
      })
      expect(answer.status).toBe(200)
    },
    /** What a guest does on the page: reads it, presses the button. */
    async press(orderId: string, action: string) {
      const page = gateway.paymentUrl(orderId, `${shop}/pay/done`)!
      expect((await fetch(page)).status).toBe(200)
      const body = new URLSearchParams({ action, return_url: `${shop}/pay/done` })
      return fetch(`${baseUrl}/pay/${orderId}`, { method: 'POST', body, redirect: 'manual' })
    },
    told: () => received.map(({ body }) => gateway.readWebhook(body).type),
    events: () => received.map(({ body }) => gateway.readWebhook(body).type).sort(),
  }
}

test('the same receipt is the same order', async () => {
  const { gateway } = await start()
  const first = await gateway.createOrder(order)
  expect(await gateway.createOrder(order)).toEqual(first)
})

test('paying brings the guest back with a good signature, and sends signed webhooks', async () => {
  const { gateway, press, sendDue, received, events } = await start()
  const { orderId } = await gateway.createOrder(order)
  const answer = await press(orderId, 'upi')
  expect(answer.status).toBe(303)
  const back = new URL(answer.headers.get('location')!)
  expect(back.origin + back.pathname).toBe(`${shop}/pay/done`)
  const paymentId = back.searchParams.get('razorpay_payment_id')!
  const signature = back.searchParams.get('razorpay_signature')!
  expect(back.searchParams.get('razorpay_order_id')).toBe(orderId)
  expect(gateway.verifyReturn({ orderId, paymentId, signature })).toBe(true)
  expect(await gateway.fetchPayments(orderId)).toEqual([
    { paymentId, orderId, status: 'captured', amountMinor: 74_956, currency: 'INR' },
  ])
  await sendDue()
  expect(events()).toEqual(['order.paid', 'payment.authorized', 'payment.captured'])
  expect(received.every(({ body, signature: signed }) => gateway.verifyWebhook(body, signed))).toBe(true)
})

test('an unanswered webhook is sent again after a restart, under the same event id', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'))
  cleanUp.push(() => rmSync(folder, { recursive: true }))
  const { gateway, press, sendDue, received, shopAnswers, restart } = await start(
    join(folder, 'books', 'ledger.sqlite'),
  )
  const { orderId } = await gateway.createOrder(order)
  shopAnswers.status = 503
  expect((await press(orderId, 'close')).status).toBe(200)
  await sendDue()
  const refused = received.splice(0).map((event) => event.eventId)
  expect(refused).toHaveLength(3)
  shopAnswers.status = 200
  await restart()
  const sendAndCount = async () => {
    await sendDue()
    return received.length
  }
  await expect.poll(sendAndCount, { timeout: 5_000, interval: 100 }).toBe(3)
  expect(received.map((event) => event.eventId).sort()).toEqual(refused.sort())
  expect(await gateway.fetchPayments(orderId)).toHaveLength(1)
})

test('a declined payment leaves the order open for another', async () => {
  const { gateway, press, sendDue, events } = await start()
  const { orderId } = await gateway.createOrder(order)
  const answer = await press(orderId, 'fail')
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('role="alert"')
  expect((await press(orderId, 'card')).status).toBe(303)
  expect((await gateway.fetchPayments(orderId)).map((payment) => payment.status)).toEqual(['failed', 'captured'])
  await sendDue()
  expect(events()).toEqual(['order.paid', 'payment.authorized', 'payment.captured', 'payment.failed'])
})

test('a paid order takes no more money by pressing again', async () => {
  const { gateway, press } = await start()
  const { orderId } = await gateway.createOrder(order)
  await press(orderId, 'upi')
  expect((await press(orderId, 'upi')).status).toBe(200)
  expect(await gateway.fetchPayments(orderId)).toHaveLength(1)
})

test('late, twice, muted and repeated: the bad days a gateway has', async () => {
  const { gateway, press, sendDue, received, control } = await start()
  const late = await gateway.createOrder(order)
  await control({ lateCaptureMs: 0, webhooksMuted: true, webhookCopies: 3 })
  await press(late.orderId, 'late')
  expect((await gateway.fetchPayments(late.orderId))[0]?.status).toBe('created')
  await sendDue()
  expect((await gateway.fetchPayments(late.orderId))[0]?.status).toBe('captured')
  expect(received).toHaveLength(0)
  await control({ webhooksMuted: false })
  await sendDue()
  expect(received).toHaveLength(9)
  expect(new Set(received.map((event) => event.eventId)).size).toBe(3)
  const twice = await gateway.createOrder({ ...order, receipt: 'another-receipt' })
  await press(twice.orderId, 'twice')
  expect((await gateway.fetchPayments(twice.orderId)).map((payment) => payment.status)).toEqual([
    'captured',
    'captured',
  ])
})

test('paying late leads to a page that looks again until the money is there', async () => {
  const { gateway, press, sendDue, control, baseUrl } = await start()
  const { orderId } = await gateway.createOrder(order)
  await control({ lateCaptureMs: 0 })
  const answer = await press(orderId, 'late')
  expect(answer.status).toBe(303)
  const path = answer.headers.get('location')!.replace('/dev/gateway', '')
  const waiting = await fetch(`${baseUrl}${path}`)
  expect(waiting.status).toBe(200)
  expect(await waiting.text()).toContain('http-equiv="refresh"')
  await sendDue()
  const done = await fetch(`${baseUrl}${path}`, { redirect: 'manual' })
  expect(done.status).toBe(303)
  expect(done.headers.get('location')).toContain(`${shop}/pay/done?razorpay_payment_id=`)
})

test('an order whose answer was lost is found, not made twice', async () => {
  const { gateway, control } = await start()
  await control({ loseAnswers: 1 })
  const first = await gateway.createOrder(order)
  expect(await gateway.createOrder(order)).toEqual(first)
})

test('one refund per key, and never more than was paid', async () => {
  const { gateway, press, control, sendDue, events } = await start()
  await control({ refundDelayMs: 0 })
  const { orderId } = await gateway.createOrder(order)
  await press(orderId, 'upi')
  const [payment] = await gateway.fetchPayments(orderId)
  const ask = (amountMinor: number, idempotencyKey: string) =>
    gateway.refund({ paymentId: payment!.paymentId, amountMinor, idempotencyKey })
  const first = await ask(74_956, 'refund-key-0001')
  expect(first.status).toBe('pending')
  expect((await ask(74_956, 'refund-key-0001')).refundId).toBe(first.refundId)
  await expect(ask(74_956, 'refund-key-0002')).rejects.toThrow(GatewayError)
  await sendDue()
  expect(events()).toEqual(['order.paid', 'payment.authorized', 'payment.captured', 'refund.processed'])
  expect((await gateway.fetchPayments(orderId))[0]?.status).toBe('refunded')
})

test('without the keys the machine side says nothing', async () => {
  const { baseUrl } = await start()
  for (const path of ['/v1/orders', '/v1/payments', '/control']) expect((await fetch(baseUrl + path)).status).toBe(401)
})

test.each(['https://evil.example/', 'javascript:alert(1)', `${shop}.evil.example/`, '/relative', ''])(
  'never returns to %s',
  async (to) => {
    const { gateway, baseUrl } = await start()
    const { orderId } = await gateway.createOrder(order)
    const page = await fetch(gateway.paymentUrl(orderId, to)!)
    expect(page.status).toBe(400)
    const body = new URLSearchParams({ action: 'upi', return_url: to })
    expect((await fetch(`${baseUrl}/pay/${orderId}`, { method: 'POST', body, redirect: 'manual' })).status).toBe(400)
    expect(await gateway.fetchPayments(orderId)).toEqual([])
  },
)

test('what stands in an address is shown as text', async () => {
  const { gateway, baseUrl } = await start()
  const { orderId } = await gateway.createOrder(order)
  const page = await fetch(
    `${baseUrl}/pay/${orderId}?return_url=${encodeURIComponent(`${shop}/"><script>alert(1)</script>`)}`,
  )
  expect(await page.text()).not.toContain('<script')
  expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${shop}`)
})

test('set aside: taken when it is asked for, once, and told of', async () => {
  const { gateway, press, sendDue, events } = await start()
  const { orderId } = await gateway.createOrder(order)
  expect((await press(orderId, 'aside')).headers.get('location')).toContain('razorpay_payment_id=')
  const [payment] = await gateway.fetchPayments(orderId)
  expect(payment?.status).toBe('authorized')
  await sendDue()
  expect(events()).toEqual(['payment.authorized'])
  expect(await gateway.capture(payment!)).toMatchObject({ status: 'captured', orderId, amountMinor: 74_956 })
  // Asked again it is refused, and looked at: it is taken, and was taken once.
  expect(await gateway.capture(payment!)).toMatchObject({ status: 'captured' })
  await sendDue()
  expect(events()).toEqual(['order.paid', 'payment.authorized', 'payment.captured'])
  await expect(gateway.capture({ ...payment!, paymentId: 'pay_unknown' })).rejects.toThrow(GatewayError)
})

test('set aside, and another amount asked for: not taken', async () => {
  const { gateway, press } = await start()
  const { orderId } = await gateway.createOrder(order)
  await press(orderId, 'aside')
  const [payment] = await gateway.fetchPayments(orderId)
  await expect(gateway.capture({ ...payment!, amountMinor: 100 })).rejects.toThrow('Capture amount')
  expect((await gateway.fetchPayments(orderId))[0]?.status).toBe('authorized')
})

test('the answer to taking it is lost: it is looked at, not taken twice', async () => {
  const { gateway, press, control } = await start()
  const { orderId } = await gateway.createOrder(order)
  await press(orderId, 'aside')
  const [payment] = await gateway.fetchPayments(orderId)
  await control({ loseAnswers: 1 })
  expect(await gateway.capture(payment!)).toMatchObject({ status: 'captured' })
})

test('set aside and never asked for: it goes back by itself after the time the order named, and was never the shop’s', async () => {
  const ledger = openLedger(':memory:')
  const row = ledger.addOrder({ receipt: null, amount: 100, currency: 'INR', notes: {}, captureMinutes: 12 })
  const { id } = setAside(ledger, row, 'card')
  runDue(ledger, Date.now() + 11 * 60_000)
  expect(ledger.payment(id)?.status).toBe('authorized')
  runDue(ledger, Date.now() + 12 * 60_000)
  expect(ledger.payment(id)?.status).toBe('refunded')
  const told = ledger.one<{ body: string }>(`SELECT body FROM webhooks WHERE type = 'refund.processed'`)
  expect(JSON.parse(told!.body).payload.payment.entity).toMatchObject({ id, captured: false })
  ledger.close()
})

test('the capture periods of an order have bounds, and ours are within them', async () => {
  const { gateway, baseUrl } = await start()
  for (const minutes of [-5, 1, 8, 12.5, 100_000])
    await gateway.createOrder({ ...order, receipt: `in-${minutes}`, payBy: new Date(Date.now() + minutes * 60_000) })
  const post = (automatic_expiry_period: number, manual_expiry_period: number) =>
    fetch(`${baseUrl}/v1/orders`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${keys.keyId}:${keys.keySecret}`).toString('base64')}` },
      body: JSON.stringify({
        amount: 100,
        currency: 'INR',
        payment: {
          capture: 'automatic',
          capture_options: { automatic_expiry_period, manual_expiry_period, refund_speed: 'normal' },
        },
      }),
    }).then((answer) => answer.status)
  expect([await post(11, 60), await post(60, 30), await post(12, 12)]).toEqual([400, 400, 200])
})

test('the bank says no, and later yes: failed, authorized, captured, of one payment', async () => {
  const { gateway, press, sendDue, control, told } = await start()
  const { orderId } = await gateway.createOrder(order)
  await control({ lateCaptureMs: 60_000 })
  await press(orderId, 'recover')
  await sendDue()
  const [failed] = await gateway.fetchPayments(orderId)
  expect([failed?.status, ...told()]).toEqual(['failed', 'payment.failed'])
  const again = await start()
  const later = await again.gateway.createOrder(order)
  await again.control({ lateCaptureMs: 0 })
  await again.press(later.orderId, 'recover')
  await again.sendDue()
  const payments = await again.gateway.fetchPayments(later.orderId)
  expect(payments.map(({ status }) => status)).toEqual(['captured'])
  expect(again.events()).toEqual(['order.paid', 'payment.authorized', 'payment.captured', 'payment.failed'])
})

test('shuffled: the last message first', async () => {
  const { gateway, press, sendDue, control, told } = await start()
  const { orderId } = await gateway.createOrder(order)
  await control({ webhooksReversed: true })
  await press(orderId, 'upi')
  await sendDue()
  expect(told()).toEqual(['order.paid', 'payment.captured', 'payment.authorized'])
})

test('scattered: each message at its own time', async () => {
  const { gateway, press, sendDue, control, received } = await start()
  await control({ webhookJitterMs: 3_600_000 })
  for (const name of ['one-receipt', 'two-receipt', 'three-receipt']) {
    const { orderId } = await gateway.createOrder({ ...order, receipt: name })
    await press(orderId, 'upi')
  }
  await sendDue()
  // All nine within the first moments of an hour would be a wonder.
  expect(received.length).toBeLessThan(9)
})

test('a refund that fails at the bank can be asked for anew, and is then processed', async () => {
  const { gateway, press, control, sendDue, told } = await start()
  await control({ refundDelayMs: 0, failRefunds: 1 })
  const { orderId } = await gateway.createOrder(order)
  await press(orderId, 'card')
  const [payment] = await gateway.fetchPayments(orderId)
  const ask = (idempotencyKey: string) =>
    gateway.refund({ paymentId: payment!.paymentId, amountMinor: 50_000, idempotencyKey })
  const first = await ask('refund-attempt-1')
  await sendDue()
  expect(told()).toContain('refund.failed')
  expect(await ask('refund-attempt-1')).toEqual({ refundId: first.refundId, status: 'failed' })
  const second = await ask('refund-attempt-2')
  expect(second.refundId).not.toBe(first.refundId)
  await sendDue()
  expect(told()).toContain('refund.processed')
  expect(await ask('refund-attempt-2')).toEqual({ refundId: second.refundId, status: 'processed' })
})

test('methods that are switched off are not offered, on the page and to the shop', async () => {
  const { gateway, control, press, baseUrl } = await start()
  expect(await gateway.fetchMethods()).toEqual(['upi', 'card', 'netbanking', 'wallet'])
  await control({ methodUpi: false, methodWallet: false, methodNetbanking: false })
  expect(await gateway.fetchMethods()).toEqual(['card'])
  const { orderId } = await gateway.createOrder(order)
  const page = await (await fetch(gateway.paymentUrl(orderId, `${shop}/`)!)).text()
  expect([page.includes('Pay by card'), page.includes('Pay by UPI'), page.includes('wallet')]).toEqual([
    true,
    false,
    false,
  ])
  await press(orderId, 'wallet')
  expect(await gateway.fetchPayments(orderId)).toEqual([])
  expect((await fetch(`${baseUrl}/v1/methods`)).status).toBe(401)
})

describe('a code to scan', () => {
  const scan = async () => {
    const it = await start()
    const { orderId } = await it.gateway.createOrder(order)
    const waiting = new URL((await it.press(orderId, 'qr')).headers.get('location')!, it.baseUrl)
    const path = waiting.pathname.replace('/dev/gateway', '')
    const look = () => fetch(`${it.baseUrl}${path}${waiting.search}`, { redirect: 'manual' })
    const answer = (action: string, phone = waiting.searchParams.get('phone')!) =>
      fetch(`${it.baseUrl}${path}`, {
        method: 'POST',
        body: new URLSearchParams({ action, phone, return_url: `${shop}/pay/done` }),
        redirect: 'manual',
      })
    const statuses = async () => (await it.gateway.fetchPayments(orderId)).map(({ status }) => status)
    return { ...it, orderId, look, answer, statuses }
  }

  test('waits, and the page looks again', async () => {
    const { look, statuses, sendDue, told } = await scan()
    const page = await (await look()).text()
    expect(page).toContain('http-equiv="refresh"')
    await sendDue()
    expect([await statuses(), told()]).toEqual([['created'], []])
  })

  test('approved, and again: taken once, and back to the shop', async () => {
    const { look, answer, statuses } = await scan()
    expect((await answer('approve')).headers.get('location')).toContain('razorpay_signature=')
    expect((await answer('approve')).status).toBe(303)
    expect((await answer('refuse')).status).toBe(303)
    expect((await look()).status).toBe(303)
    expect(await statuses()).toEqual(['captured'])
  })

  test('refused: nothing taken, another way may be chosen', async () => {
    const { answer, statuses, press, orderId } = await scan()
    const page = await (await answer('refuse')).text()
    expect(page).toContain('role="alert"')
    expect((await press(orderId, 'upi')).status).toBe(303)
    expect(await statuses()).toEqual(['failed', 'captured'])
  })

  test('the payment of another order cannot be answered here', async () => {
    const { answer, statuses, gateway, press } = await scan()
    const other = await gateway.createOrder({ ...order, receipt: 'of-somebody-else' })
    await press(other.orderId, 'qr')
    const [theirs] = await gateway.fetchPayments(other.orderId)
    expect((await answer('approve', theirs!.paymentId)).status).toBe(404)
    expect((await gateway.fetchPayments(other.orderId))[0]?.status).toBe('created')
    expect(await statuses()).toEqual(['created'])
  })
})
