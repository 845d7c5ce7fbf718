import type { Ledger, OrderRow, PaymentRow, RefundRow } from './ledger.ts'
import { readSwitches } from './switches.ts'

// What can happen to money at the gateway. Each move writes its webhooks in the same transaction.

export const orderEntity = (order: OrderRow) => ({
  id: order.id,
  entity: 'order',
  amount: order.amount,
  amount_paid: order.status === 'paid' ? order.amount : 0,
  amount_due: order.status === 'paid' ? 0 : order.amount,
  currency: order.currency,
  receipt: order.receipt,
  status: order.status,
  attempts: order.attempts,
  notes: JSON.parse(order.notes) as Record<string, string>,
  created_at: Math.floor(order.created_at / 1000),
})

export const paymentEntity = (payment: PaymentRow) => ({
  id: payment.id,
  entity: 'payment',
  amount: payment.amount,
  currency: payment.currency,
  status: payment.status,
  order_id: payment.order_id,
  method: payment.method,
  captured: payment.status === 'captured' || payment.status === 'refunded',
  amount_refunded: payment.amount_refunded,
  refund_status: payment.amount_refunded === 0 ? null : payment.amount_refunded >= payment.amount ? 'full' : 'partial',
  error_code: payment.status === 'failed' ? 'BAD_REQUEST_ERROR' : null,
  error_description: payment.status === 'failed' ? 'Payment was declined by the bank' : null,
  created_at: Math.floor(payment.created_at / 1000),
})

export const refundEntity = (refund: RefundRow, currency = 'INR') => ({
  id: refund.id,
  entity: 'refund',
  amount: refund.amount,
  currency,
  payment_id: refund.payment_id,
  receipt: refund.receipt,
  status: refund.status,
  created_at: Math.floor(refund.created_at / 1000),
})

export const METHODS = ['upi', 'card', 'netbanking', 'wallet'] as const
export type Method = (typeof METHODS)[number]

/** What /v1/methods says, in the real gateway's form: an empty list is `[]`, one that is not an object. */
export function methodsEntity(ledger: Ledger) {
  const { methodUpi, methodCard, methodNetbanking, methodWallet } = readSwitches(ledger)
  return {
    entity: 'methods',
    card: methodCard,
    upi: methodUpi,
    netbanking: methodNetbanking ? { DEMB: 'Demonstration Bank', TEST: 'Test Bank of Nowhere' } : [],
    wallet: methodWallet ? { testwallet: true } : [],
  }
}
export const methodsOn = (ledger: Ledger): Method[] => {
  const { card, upi, netbanking, wallet } = methodsEntity(ledger)
  const on = { upi, card, netbanking: !Array.isArray(netbanking), wallet: !Array.isArray(wallet) }
  return METHODS.filter((method) => on[method])
}

/** A payment the bank accepts at once. */
export const pay = (ledger: Ledger, order: OrderRow, method: Method) =>
  ledger.transaction(() => capture(ledger, ledger.addPayment(order, method, 'created', null)))

/** A payment the bank has not answered yet; `runDue` captures it. */
export const payLater = (ledger: Ledger, order: OrderRow, method: Method, afterMs: number) =>
  ledger.transaction(() => ledger.addPayment(order, method, 'created', Date.now() + afterMs))

export const decline = (ledger: Ledger, order: OrderRow, method: Method) =>
  ledger.transaction(() => {
    const payment = ledger.addPayment(order, method, 'failed', null)
    tell(ledger, 'payment.failed', { payment: paymentEntity(payment) })
    return payment
  })

/** The bank said no, tells the gateway so, and then takes the money after all: `runDue` captures it. */
export const declineThenPay = (ledger: Ledger, order: OrderRow, method: Method, afterMs: number) =>
  ledger.transaction(() => {
    const payment = ledger.addPayment(order, method, 'failed', Date.now() + afterMs)
    tell(ledger, 'payment.failed', { payment: paymentEntity(payment) })
    return payment
  })

/** Money that is set aside and not taken: somebody must ask for it, or it goes back by itself. */
export const setAside = (ledger: Ledger, order: OrderRow, method: Method) =>
  ledger.transaction(() => {
    const { id } = ledger.addPayment(order, method, 'created', null)
    return authorise(ledger, id, Date.now() + order.capture_minutes * 60_000)
  })

/** A payment that waits for a phone: nothing happens until `answerPhone`. */
export const askPhone = (ledger: Ledger, order: OrderRow) =>
  ledger.transaction(() => ledger.addPayment(order, 'upi', 'created', null))

/** The phone's answer, once. Undefined: it was answered already, or is not of this order. */
export const answerPhone = (ledger: Ledger, order: OrderRow, paymentId: string, approved: boolean) =>
  ledger.transaction(() => {
    const payment = ledger.payment(paymentId)
    if (payment?.order_id !== order.id || payment.status !== 'created' || payment.capture_at !== null) return undefined
    if (approved) return capture(ledger, payment)
    ledger.run(`UPDATE payments SET status = 'failed' WHERE id = ?`, paymentId)
    const failed = ledger.payment(paymentId)!
    tell(ledger, 'payment.failed', { payment: paymentEntity(failed) })
    return failed
  })

/** The merchant takes what is set aside. Undefined: there is nothing set aside. */
export function captureSetAside(ledger: Ledger, paymentId: string): PaymentRow | undefined {
  const payment = ledger.payment(paymentId)
  return payment?.status === 'authorized' ? capture(ledger, payment) : undefined
}

/** Captures, refunds and releases whose time has come. Returns how many there were. */
export function runDue(ledger: Ledger, now = Date.now()): number {
  return ledger.transaction(() => {
    const payments = ledger.all<PaymentRow>('SELECT * FROM payments WHERE capture_at <= ? LIMIT 100', now)
    for (const payment of payments) capture(ledger, payment)
    const refunds = ledger.all<RefundRow>(
      `SELECT * FROM refunds WHERE status = 'pending' AND process_at <= ? LIMIT 100`,
      now,
    )
    for (const refund of refunds) {
      const status = refund.will_fail ? 'failed' : 'processed'
      ledger.run('UPDATE refunds SET status = ? WHERE id = ?', status, refund.id)
      // What the bank would not take back is the merchant's again, and can be refunded anew.
      if (refund.will_fail)
        ledger.run(
          `UPDATE payments SET amount_refunded = amount_refunded - ?, status = 'captured' WHERE id = ?`,
          refund.amount,
          refund.payment_id,
        )
      const payment = paymentEntity(ledger.payment(refund.payment_id)!)
      tell(ledger, `refund.${status}`, { payment, refund: refundEntity({ ...refund, status }, payment.currency) })
    }
    const released = ledger.all<PaymentRow>(
      `SELECT * FROM payments WHERE status = 'authorized' AND release_at <= ? LIMIT 100`,
      now,
    )
    for (const { id } of released) release(ledger, id)
    return payments.length + refunds.length + released.length
  })
}

function authorise(ledger: Ledger, id: string, releaseAt: number): PaymentRow {
  ledger.run(`UPDATE payments SET status = 'authorized', capture_at = NULL, release_at = ? WHERE id = ?`, releaseAt, id)
  const payment = ledger.payment(id)!
  tell(ledger, 'payment.authorized', { payment: paymentEntity(payment) })
  return payment
}

/** Back to whom it came from without ever having been the merchant's: a refund of a payment that was not captured. */
function release(ledger: Ledger, id: string) {
  ledger.run(`UPDATE payments SET status = 'refunded', amount_refunded = amount, release_at = NULL WHERE id = ?`, id)
  const payment = { ...paymentEntity(ledger.payment(id)!), captured: false }
  const refund = {
    id: `rfnd_${id.slice(4)}`,
    entity: 'refund',
    payment_id: id,
    amount: payment.amount,
    currency: payment.currency,
    receipt: null,
    status: 'processed',
  }
  tell(ledger, 'refund.processed', { payment, refund })
}

function capture(ledger: Ledger, { id, order_id, status }: PaymentRow): PaymentRow {
  // It passes through, and says so: the merchant hears of both.
  if (status !== 'authorized') authorise(ledger, id, 0)
  ledger.run(`UPDATE payments SET status = 'captured', capture_at = NULL, release_at = NULL WHERE id = ?`, id)
  ledger.run(`UPDATE orders SET status = 'paid' WHERE id = ?`, order_id)
  const payment = ledger.payment(id)!
  const entity = paymentEntity(payment)
  tell(ledger, 'payment.captured', { payment: entity })
  tell(ledger, 'order.paid', { payment: entity, order: orderEntity(ledger.order(order_id)!) })
  return payment
}

function tell(ledger: Ledger, event: string, entities: Record<string, object>) {
  const { webhookCopies, webhookDelayMs, webhookJitterMs } = readSwitches(ledger)
  const body = {
    entity: 'event',
    account_id: 'acc_development',
    event,
    contains: Object.keys(entities),
    payload: Object.fromEntries(Object.entries(entities).map(([name, entity]) => [name, { entity }])),
    created_at: Math.floor(Date.now() / 1000),
  }
  const jitterMs = Math.floor(Math.random() * webhookJitterMs)
  ledger.addWebhook(event, body, webhookCopies, Date.now() + webhookDelayMs + jitterMs)
}
