import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Ledger, OrderRow, PaymentRow, RefundRow } from './ledger.ts'
import { captureSetAside, methodsEntity, orderEntity, paymentEntity, refundEntity } from './moves.ts'
import type { SimulatorRequest, SimulatorResponse } from './simulator.ts'
import { readSwitches, Switches, setSwitches, spend } from './switches.ts'

const NewOrder = z.object({
  amount: z.int().min(100, 'The amount must be at least INR 1.00').max(50_000_000),
  currency: z.literal('INR'),
  receipt: z.string().max(40, 'receipt: the length must be no more than 40.').optional(),
  unique_receipt: z.boolean().default(false),
  notes: z.record(z.string().max(256), z.string().max(256)).default({}),
  payment: z
    .object({
      capture: z.enum(['automatic', 'manual']),
      capture_options: z
        .object({
          automatic_expiry_period: z.int().min(12, 'automatic_expiry_period must be at least 12').max(7_200),
          manual_expiry_period: z.int().max(7_200).default(7_200),
          refund_speed: z.enum(['normal', 'optimum']),
        })
        .refine((periods) => periods.manual_expiry_period >= periods.automatic_expiry_period, {
          message: 'manual_expiry_period must not be less than automatic_expiry_period',
        }),
    })
    .optional(),
})
const NewCapture = z.object({ amount: z.int(), currency: z.string() })
const NewRefund = z.object({ amount: z.int().min(100).optional(), receipt: z.string().max(40).optional() })
const RefundKey = z.string().regex(/^[A-Za-z0-9_-]{10,}$/)

const json = (status: number, body: unknown): SimulatorResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
})
const refuse = (status: number, description: string) =>
  json(status, { error: { code: status >= 500 ? 'SERVER_ERROR' : 'BAD_REQUEST_ERROR', description } })
const list = <T>(items: T[]) => json(200, { entity: 'collection', count: items.length, items })

/** The machine side: the calls of the real gateway that Marquee makes, and the switches. Basic authentication. */
export function handleApi(
  ledger: Ledger,
  credentials: { keyId: string; keySecret: string },
  request: SimulatorRequest,
): SimulatorResponse {
  // What one can pay with is public: it takes the id of the key and no secret.
  const keys = request.path === '/v1/methods' ? { ...credentials, keySecret: '' } : credentials
  if (!authorised(request.headers.authorization, keys)) return refuse(401, 'Authentication failed')
  if (request.path === '/control') return control(ledger, request)
  if (spend(ledger, 'failCalls')) return refuse(500, 'We are facing some trouble completing your request at the moment')
  const answer = route(ledger, request)
  return spend(ledger, 'loseAnswers') ? refuse(504, 'The answer was lost on the way') : answer
}

function route(ledger: Ledger, request: SimulatorRequest): SimulatorResponse {
  const [, , kind, id, part] = request.path.split('/')
  const call = `${request.method} ${kind}${id ? '/:id' : ''}${part ? `/${part}` : ''}`
  if (call === 'POST orders') return createOrder(ledger, request.body)
  if (call === 'GET orders') {
    const receipt = request.query.get('receipt')
    const rows = receipt
      ? ledger.all<OrderRow>('SELECT * FROM orders WHERE receipt = ? ORDER BY created_at LIMIT 100', receipt)
      : ledger.all<OrderRow>('SELECT * FROM orders ORDER BY created_at DESC LIMIT 100')
    return list(rows.map(orderEntity))
  }
  if (call === 'GET methods') return json(200, methodsEntity(ledger))
  if (call === 'GET payments')
    return list(ledger.all<PaymentRow>('SELECT * FROM payments ORDER BY created_at DESC LIMIT 1000').map(paymentEntity))
  if (kind === 'orders' && id) {
    const order = ledger.order(id)
    if (!order) return refuse(400, 'The id provided does not exist')
    if (call === 'GET orders/:id') return json(200, orderEntity(order))
    if (call === 'GET orders/:id/payments') return list(ledger.paymentsOf(id).map(paymentEntity))
  }
  if (kind === 'payments' && id) {
    const payment = ledger.payment(id)
    if (!payment) return refuse(400, 'The id provided does not exist')
    if (call === 'GET payments/:id') return json(200, paymentEntity(payment))
    if (call === 'GET payments/:id/refunds')
      return list(ledger.refundsOf(id).map((refund) => refundEntity(refund, payment.currency)))
    if (call === 'POST payments/:id/capture') return ledger.transaction(() => capture(ledger, payment, request.body))
    if (call === 'POST payments/:id/refund') return ledger.transaction(() => refund(ledger, id, request))
  }
  return refuse(404, 'The requested URL was not found on the server.')
}

function createOrder(ledger: Ledger, body: string): SimulatorResponse {
  const asked = NewOrder.safeParse(parse(body))
  if (!asked.success) return refuse(400, asked.error.issues[0]!.message)
  const { unique_receipt, receipt = null, payment, ...order } = asked.data
  const captureMinutes = payment?.capture_options.manual_expiry_period ?? 7_200
  return ledger.transaction(() => {
    const known =
      unique_receipt && receipt ? ledger.one<OrderRow>('SELECT * FROM orders WHERE receipt = ?', receipt) : undefined
    return json(200, orderEntity(known ?? ledger.addOrder({ ...order, receipt, captureMinutes })))
  })
}

function capture(ledger: Ledger, payment: PaymentRow, body: string): SimulatorResponse {
  const asked = NewCapture.safeParse(parse(body))
  if (!asked.success) return refuse(400, asked.error.issues[0]!.message)
  if (payment.status === 'captured') return refuse(400, 'This payment has already been captured')
  if (asked.data.amount !== payment.amount || asked.data.currency !== payment.currency)
    return refuse(400, 'Capture amount must be equal to the amount authorized')
  const taken = captureSetAside(ledger, payment.id)
  return taken
    ? json(200, paymentEntity(taken))
    : refuse(400, 'Only payments which have been authorized and not yet captured can be captured')
}

function refund(ledger: Ledger, paymentId: string, request: SimulatorRequest): SimulatorResponse {
  const asked = NewRefund.safeParse(parse(request.body))
  if (!asked.success) return refuse(400, asked.error.issues[0]!.message)
  const key = request.headers['x-refund-idempotency'] ?? null
  if (key !== null && !RefundKey.safeParse(key).success)
    return refuse(400, 'The idempotency key must be at least 10 characters long')
  const payment = ledger.payment(paymentId)!
  const amount = asked.data.amount ?? payment.amount - payment.amount_refunded
  const known = key ? ledger.one<RefundRow>('SELECT * FROM refunds WHERE idempotency_key = ?', key) : undefined
  if (known) {
    const same = known.payment_id === paymentId && known.amount === amount
    return same
      ? json(200, refundEntity(known, payment.currency))
      : refuse(400, 'Different request body sent for the same Idempotency Header')
  }
  if (payment.status === 'refunded') return refuse(400, 'The payment has been fully refunded already')
  if (payment.status !== 'captured') return refuse(400, 'The payment status should be captured for action to be taken')
  if (amount > payment.amount - payment.amount_refunded)
    return refuse(400, 'The refund amount provided is greater than amount captured')
  const made = ledger.addRefund(
    paymentId,
    amount,
    asked.data.receipt ?? null,
    key,
    Date.now() + readSwitches(ledger).refundDelayMs,
    spend(ledger, 'failRefunds'),
  )
  return json(200, refundEntity(made, payment.currency))
}

function control(ledger: Ledger, request: SimulatorRequest): SimulatorResponse {
  if (request.method === 'GET') {
    const waiting = ledger.one<{ n: number }>('SELECT count(*) AS n FROM webhooks WHERE next_at IS NOT NULL')!.n
    return json(200, { switches: readSwitches(ledger), webhooksWaiting: waiting })
  }
  const changes = Switches.partial().strict().safeParse(parse(request.body))
  if (!changes.success) return refuse(400, z.prettifyError(changes.error))
  return json(200, { switches: setSwitches(ledger, changes.data) })
}

function authorised(header: string | undefined, { keyId, keySecret }: { keyId: string; keySecret: string }): boolean {
  const expected = Buffer.from(`Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}`)
  const given = Buffer.from(header ?? '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body || '{}')
  } catch {
    return undefined
  }
}
