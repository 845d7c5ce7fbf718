import { createHash, createHmac } from 'node:crypto'
import {
  GatewayError,
  type GatewayEvent,
  type GatewayPayment,
  type GatewayRefundStatus,
  type PaymentGateway,
} from '@marquee/providers/payments/gateway'

type Order = Parameters<PaymentGateway['createOrder']>[0]
type Refund = { refundId: string; key: string; paymentId: string; amountMinor: number; status: GatewayRefundStatus }

export type FakeGateway = PaymentGateway & {
  /** By order id. */
  readonly orders: Map<string, Order>
  readonly payments: GatewayPayment[]
  readonly refunds: Refund[]
  refundsOf(paymentId: string): Refund[]
  /** How often each call was asked for, refused or not. */
  readonly calls: Record<'createOrder' | 'fetchPayments' | 'refund' | 'capture', number>
  /** The buyer pays: what the browser would be handed back, and the webhook the gateway would send. */
  pay(orderId: string, how?: Partial<Pick<GatewayPayment, 'status' | 'amountMinor' | 'currency'>>): PaidReturn
  /** The next calls fail with this, until told null. */
  failWith(error: GatewayError | null): void
  /** The status the next refunds come back with. */
  refundsBecome(status: GatewayRefundStatus): void
  /** Keys of refunds mean nothing any more, as after their day at a real one. */
  forgetKeys(): void
  /** A webhook body and its signature. */
  sign(event: GatewayEvent): { body: Buffer; signature: string }
}

export type PaidReturn = {
  orderId: string
  paymentId: string
  signature: string
  webhook: { body: Buffer; signature: string }
}

/** One rupee: less is neither taken nor sent. */
const LEAST_MINOR = 100
const KEY_SECRET = 'fake-gateway-key-secret'
const WEBHOOK_SECRET = 'fake-gateway-webhook-secret'
const hmac = (secret: string, data: string | Buffer) => createHmac('sha256', secret).update(data).digest('hex')
/** Ids differ between gateways and runs, as they do between real payments. */
const idOf = (kind: string, of: string) => `${kind}_${createHash('sha256').update(of).digest('hex').slice(0, 14)}`

/** A payment gateway in memory with the promises of a real one: same receipt, same order; same key, same refund. */
export function fakeGateway(): FakeGateway {
  const orders = new Map<string, Order>()
  const payments: GatewayPayment[] = []
  const byOrder = new Map<string, GatewayPayment[]>()
  const byId = new Map<string, GatewayPayment>()
  const refunds: Refund[] = []
  const refundsByPayment = new Map<string, Refund[]>()
  const refundByKey = new Map<string, Refund>()
  const calls = { createOrder: 0, fetchPayments: 0, refund: 0, capture: 0 }
  let failure: GatewayError | null = null
  let refundStatus: GatewayRefundStatus = 'processed'
  const asked = (call: keyof typeof calls) => {
    calls[call]++
    if (failure) throw failure
  }
  const sign = (event: GatewayEvent) => {
    const body = Buffer.from(JSON.stringify(event))
    return { body, signature: hmac(WEBHOOK_SECRET, body) }
  }

  return {
    name: 'fake',
    keyId: 'fake_key',
    orders,
    payments,
    refunds,
    refundsOf: (paymentId) => refundsByPayment.get(paymentId) ?? [],
    calls,
    async createOrder(order) {
      asked('createOrder')
      if (order.amountMinor < LEAST_MINOR) throw new GatewayError('the amount must be at least INR 1.00', false, 400)
      const orderId = idOf('order', order.receipt)
      if (!orders.has(orderId)) orders.set(orderId, order)
      return { orderId }
    },
    async fetchPayments(orderId) {
      asked('fetchPayments')
      return (byOrder.get(orderId) ?? []).map((payment) => ({ ...payment }))
    },
    async capture({ paymentId, amountMinor }) {
      asked('capture')
      const payment = byId.get(paymentId)
      if (!payment || payment.amountMinor !== amountMinor) throw new GatewayError('no such payment', false, 400)
      if (payment.status === 'authorized') payment.status = 'captured'
      if (payment.status !== 'captured' && payment.status !== 'refunded')
        throw new GatewayError('only authorized money can be captured', false, 400)
      return { ...payment }
    },
    async fetchMethods() {
      return ['upi', 'card']
    },
    async refund({ paymentId, amountMinor, idempotencyKey, again }) {
      asked('refund')
      const found = again && refunds.find(({ key }) => key === idempotencyKey)
      if (found) return { refundId: found.refundId, status: found.status }
      const known = refundByKey.get(idempotencyKey)
      if (known) return { refundId: known.refundId, status: known.status }
      const payment = byId.get(paymentId)
      if (!payment) throw new GatewayError('no such payment', false, 400)
      if (amountMinor < LEAST_MINOR) throw new GatewayError('the amount must be at least INR 1.00', false, 400)
      const earlier = refundsByPayment.get(paymentId) ?? []
      const already = earlier.filter((r) => r.status !== 'failed')
      const given = already.reduce((sum, r) => sum + r.amountMinor, 0)
      if (given + amountMinor > payment.amountMinor) throw new GatewayError('refund exceeds the payment', false, 400)
      const refundId = idOf('rfnd', `${idempotencyKey}#${refunds.length}`)
      const refund = { refundId, key: idempotencyKey, paymentId, amountMinor, status: refundStatus }
      refunds.push(refund)
      refundsByPayment.set(paymentId, [...earlier, refund])
      refundByKey.set(idempotencyKey, refund)
      if (given + amountMinor === payment.amountMinor && refundStatus === 'processed') payment.status = 'refunded'
      return { refundId: refund.refundId, status: refund.status }
    },
    verifyReturn: ({ orderId, paymentId, signature }) => signature === hmac(KEY_SECRET, `${orderId}|${paymentId}`),
    verifyWebhook: (rawBody, signature) => signature === hmac(WEBHOOK_SECRET, rawBody),
    readWebhook: (rawBody) => JSON.parse(rawBody.toString()) as GatewayEvent,
    paymentUrl: () => null,
    pay(orderId, how = {}) {
      const order = orders.get(orderId)
      if (!order) throw new Error(`no order ${orderId} to pay`)
      const paymentId = idOf('pay', `${orderId}#${payments.length}`)
      const { amountMinor, currency } = order
      const payment: GatewayPayment = { paymentId, orderId, status: 'captured', amountMinor, currency, ...how }
      payments.push(payment)
      byId.set(paymentId, payment)
      byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), payment])
      const webhook = sign({ kind: 'payment', type: `payment.${payment.status}`, payment: { ...payment } })
      return { orderId, paymentId, signature: hmac(KEY_SECRET, `${orderId}|${paymentId}`), webhook }
    },
    failWith(error) {
      failure = error
    },
    refundsBecome(status) {
      refundStatus = status
    },
    forgetKeys: () => refundByKey.clear(),
    sign,
  }
}
