import type { PaymentMethod } from '@marquee/contracts/payments'
import type { z } from 'zod'
import { GatewayError, type GatewayEvent, type GatewayPayment, type PaymentGateway } from './gateway.ts'
import { openRazorpayClient, type RazorpayClient } from './razorpay-client.ts'
import {
  RazorpayAnyEvent,
  RazorpayEvent,
  RazorpayList,
  RazorpayMethods,
  RazorpayOrder,
  RazorpayPayment,
  RazorpayRefund,
} from './razorpay-wire.ts'
import { returnMessage, sameSignature } from './signatures.ts'

export type RazorpayOptions = {
  /** How payments and webhook paths call this gateway. */
  name: string
  keyId: string
  keySecret: string
  webhookSecret: string
  /** The one before, while the gateway still repeats messages that it signed with it. */
  previousWebhookSecret?: string | undefined
  baseUrl: string
  /** A hosted payment page that speaks to guests itself; Razorpay's own is opened by the browser instead. */
  paymentPage?: string
  timeoutMs?: number
}

/** A payment gateway that speaks Razorpay's protocol: Razorpay, or the development gateway. */
export function createRazorpayGateway(options: RazorpayOptions): PaymentGateway {
  const call = openRazorpayClient(options)
  return {
    name: options.name,
    keyId: options.keyId,
    createOrder: (order) => createOrder(call, order),
    async fetchPayments(orderId) {
      const path = `/v1/orders/${encodeURIComponent(orderId)}/payments`
      const { items } = await call('GET', path, RazorpayList(RazorpayPayment))
      return items.map((payment) => toPayment({ ...payment, order_id: payment.order_id ?? orderId }))
    },
    capture: (payment) => captureOrLook(call, payment),
    async fetchMethods() {
      // A public question: it takes the key's id alone, and the secret is not sent where it is not needed.
      const authorization = `Basic ${Buffer.from(`${options.keyId}:`).toString('base64')}`
      return methodsOf(await call('GET', '/v1/methods', RazorpayMethods, undefined, { authorization }))
    },
    refund: (refund) => requestRefund(call, refund),
    verifyReturn: ({ orderId, paymentId, signature }) =>
      sameSignature(options.keySecret, returnMessage(orderId, paymentId), signature),
    verifyWebhook(rawBody, signature) {
      const { webhookSecret, previousWebhookSecret } = options
      const now = sameSignature(webhookSecret, rawBody, signature)
      // Both are always tried: the time it takes says nothing of which one it was.
      const before = sameSignature(previousWebhookSecret ?? webhookSecret, rawBody, signature)
      return now || before
    },
    readWebhook,
    paymentUrl: (orderId, returnUrl) =>
      options.paymentPage
        ? `${options.paymentPage}/${encodeURIComponent(orderId)}?return_url=${encodeURIComponent(returnUrl)}`
        : null,
  }
}

type OrderRequest = Parameters<PaymentGateway['createOrder']>[0]

/**
 * The receipt identifies the purchase: `unique_receipt` makes Razorpay answer a repeat with the first order. When the
 * answer is lost, the order may exist all the same, so it is looked up before anybody is told to try again.
 */
async function createOrder(call: RazorpayClient, order: OrderRequest): Promise<{ orderId: string }> {
  if (order.receipt.length > 40) throw new GatewayError('a receipt has at most 40 characters', false)
  try {
    const created = await call('POST', '/v1/orders', RazorpayOrder, {
      amount: order.amountMinor,
      currency: order.currency,
      receipt: order.receipt,
      unique_receipt: true,
      notes: order.notes,
      payment: { capture: 'automatic', capture_options: captureOptions(order.payBy) },
    })
    return { orderId: sameOrder(created, order) }
  } catch (error) {
    const answerLost = error instanceof GatewayError && error.retry && error.status !== 429
    if (!answerLost) throw error
    const { items } = await call(
      'GET',
      `/v1/orders?receipt=${encodeURIComponent(order.receipt)}&count=10`,
      RazorpayList(RazorpayOrder),
    )
    const found = items.find((item) => item.receipt === order.receipt)
    if (!found) throw error
    return { orderId: sameOrder(found, order) }
  }
}

/** An order for another amount under our receipt must never be shown to a guest. */
function sameOrder(found: { id: string; amount: number; currency: string }, asked: OrderRequest): string {
  if (found.amount !== asked.amountMinor || found.currency !== asked.currency) {
    throw new GatewayError(`order ${found.id} exists for receipt ${asked.receipt} with another amount`, false)
  }
  return found.id
}

/** Razorpay's bounds for both periods. */
const CAPTURE_MINUTES = { least: 12, most: 7_200 }

/**
 * Money set aside while the seats are kept is taken by itself. Later it is nobody's: it goes back at once, not after
 * the five days that are Razorpay's own measure, and we never have to refund it.
 */
function captureOptions(payBy: Date) {
  const minutes = Math.ceil((payBy.getTime() - Date.now()) / 60_000)
  const period = Math.min(Math.max(minutes, CAPTURE_MINUTES.least), CAPTURE_MINUTES.most)
  return { automatic_expiry_period: period, manual_expiry_period: period, refund_speed: 'normal' }
}

type CaptureRequest = Parameters<PaymentGateway['capture']>[0]

async function captureOrLook(call: RazorpayClient, asked: CaptureRequest): Promise<GatewayPayment> {
  const payment = `/v1/payments/${encodeURIComponent(asked.paymentId)}`
  try {
    const { amountMinor: amount, currency } = asked
    return toPayment(ofOrder(await call('POST', `${payment}/capture`, RazorpayPayment, { amount, currency })))
  } catch (error) {
    // Taken already, given back meanwhile, or no answer at all: only the payment itself knows.
    const now = await call('GET', payment, RazorpayPayment).catch(() => undefined)
    if (!now || now.status === 'authorized') throw error
    return toPayment(ofOrder(now))
  }
}

/** What is switched on, and nothing else. */
function methodsOf(account: z.infer<typeof RazorpayMethods>): PaymentMethod[] {
  const any = (switches: unknown) => typeof switches === 'object' && Object.values(switches ?? {}).some(Boolean)
  const on: Record<PaymentMethod, boolean> = {
    upi: account.upi ?? false,
    card: account.card ?? false,
    netbanking: any(account.netbanking),
    wallet: any(account.wallet),
  }
  return (Object.keys(on) as PaymentMethod[]).filter((method) => on[method])
}

type RefundRequest = Parameters<PaymentGateway['refund']>[0]

async function requestRefund(call: RazorpayClient, asked: RefundRequest) {
  const { paymentId, amountMinor, idempotencyKey } = asked
  const known = asked.again ? await findRefund(call, asked) : undefined
  if (known) return known
  try {
    const made = await call(
      'POST',
      `/v1/payments/${encodeURIComponent(paymentId)}/refund`,
      RazorpayRefund,
      { amount: amountMinor, speed: 'normal', receipt: idempotencyKey },
      { 'x-refund-idempotency': idempotencyKey },
    )
    return { refundId: made.id, status: made.status }
  } catch (error) {
    if (!(error instanceof GatewayError) || error.status !== 400) throw error
    // Refused as already refunded: ours from an earlier try whose answer never came, after the gateway forgot the key.
    const ours = await findRefund(call, asked)
    if (!ours) throw error
    return ours
  }
}

/** By the key we gave it, among all of its payment's. */
async function findRefund(call: RazorpayClient, { paymentId, amountMinor, idempotencyKey }: RefundRequest) {
  const path = `/v1/payments/${encodeURIComponent(paymentId)}/refunds?count=100`
  const { items } = await call('GET', path, RazorpayList(RazorpayRefund))
  const ours = items.find((item) => item.receipt === idempotencyKey && item.amount === amountMinor)
  return ours && { refundId: ours.id, status: ours.status }
}

const ACTED_ON = /^(payment\.(authorized|captured|failed)|order\.paid|refund\.[a-z_]+)$/

function readWebhook(rawBody: Buffer): GatewayEvent {
  const body: unknown = JSON.parse(rawBody.toString('utf8'))
  const { event } = RazorpayAnyEvent.parse(body)
  // A message that is refused is sent for a day, and then all of them stop: what we do not act on may say what it likes.
  if (!ACTED_ON.test(event)) return { kind: 'other', type: event }
  const { payload } = RazorpayEvent.parse(body)
  if (event.startsWith('refund.') && payload.refund) {
    const { id, payment_id, status } = payload.refund.entity
    return { kind: 'refund', type: event, refundId: id, paymentId: payment_id, status }
  }
  const payment = payload.payment?.entity
  if (payment?.order_id) {
    return { kind: 'payment', type: event, payment: toPayment({ ...payment, order_id: payment.order_id }) }
  }
  return { kind: 'other', type: event }
}

function ofOrder<T extends { order_id: string | null }>(payment: T): T & { order_id: string } {
  if (payment.order_id === null) throw new GatewayError('the gateway knows this payment without an order', false)
  return { ...payment, order_id: payment.order_id }
}

type WirePayment = { id: string; order_id: string; amount: number; currency: string; status: GatewayPayment['status'] }

const toPayment = (payment: WirePayment): GatewayPayment => ({
  paymentId: payment.id,
  orderId: payment.order_id,
  status: payment.status,
  amountMinor: payment.amount,
  currency: payment.currency,
})
