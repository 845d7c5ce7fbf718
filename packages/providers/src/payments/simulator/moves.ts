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

export type Method = 'upi' | 'card'

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

/** Captures and refunds whose time has come. Returns how many there were. */
export function runDue(ledger: Ledger, now = Date.now()): number {
  return ledger.transaction(() => {
    const payments = ledger.all<PaymentRow>('SELECT * FROM payments WHERE capture_at <= ? LIMIT 100', now)
    for (const payment of payments) capture(ledger, payment)
    const refunds = ledger.all<RefundRow>(
      `SELECT * FROM refunds WHERE status = 'pending' AND process_at <= ? LIMIT 100`,
      now,
    )
    for (const refund of refunds) {
      ledger.run(`UPDATE refunds SET status = 'processed' WHERE id = ?`, refund.id)
      const payment = paymentEntity(ledger.payment(refund.payment_id)!)
      tell(ledger, 'refund.processed', {
        payment,
        refund: refundEntity({ ...refund, status: 'processed' }, payment.currency),
      })
    }
    return payments.length + refunds.length
  })
}

function capture(ledger: Ledger, { id, order_id }: PaymentRow): PaymentRow {
  ledger.run(`UPDATE payments SET status = 'captured', capture_at = NULL WHERE id = ?`, id)
  ledger.run(`UPDATE orders SET status = 'paid' WHERE id = ?`, order_id)
  const payment = ledger.payment(id)!
  const entity = paymentEntity(payment)
  tell(ledger, 'payment.captured', { payment: entity })
  tell(ledger, 'order.paid', { payment: entity, order: orderEntity(ledger.order(order_id)!) })
  return payment
}

function tell(ledger: Ledger, event: string, entities: Record<string, object>) {
  const { webhookCopies, webhookDelayMs } = readSwitches(ledger)
  const body = {
    entity: 'event',
    account_id: 'acc_development',
    event,
    contains: Object.keys(entities),
    payload: Object.fromEntries(Object.entries(entities).map(([name, entity]) => [name, { entity }])),
    created_at: Math.floor(Date.now() / 1000),
  }
  ledger.addWebhook(event, body, webhookCopies, Date.now() + webhookDelayMs)
}
