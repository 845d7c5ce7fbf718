import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type OrderRow = {
  id: string
  receipt: string | null
  amount: number
  currency: string
  notes: string
  status: 'created' | 'attempted' | 'paid'
  attempts: number
  /** How long money may stay set aside before it goes back by itself. */
  capture_minutes: number
  created_at: number
}
export type PaymentRow = {
  id: string
  order_id: string
  amount: number
  currency: string
  method: string
  status: 'created' | 'authorized' | 'captured' | 'failed' | 'refunded'
  amount_refunded: number
  /** Epoch milliseconds at which the bank will say yes; null once it has answered. */
  capture_at: number | null
  /** When money that is only set aside goes back. */
  release_at: number | null
  created_at: number
}
export type RefundRow = {
  id: string
  payment_id: string
  amount: number
  receipt: string | null
  idempotency_key: string | null
  status: 'pending' | 'processed' | 'failed'
  /** 1: the bank will not take it back. */
  will_fail: number
  process_at: number
  created_at: number
}

export type Ledger = ReturnType<typeof openLedger>

/** Ids of the shape the real gateway uses: a prefix and 14 letters or digits. */
const newGatewayId = (prefix: string) =>
  `${prefix}_${Array.from(randomBytes(14), (byte) => 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'[byte % 57]).join('')}`

const LATER_COLUMNS = [
  ['orders', 'capture_minutes', 'INTEGER NOT NULL DEFAULT 7200'],
  ['payments', 'release_at', 'INTEGER'],
  ['refunds', 'will_fail', 'INTEGER NOT NULL DEFAULT 0'],
] as const

/**
 * The development gateway's own books: an outside system must not share our database, and what it knows must outlive
 * our processes. Several API processes may open one file.
 */
export function openLedger(file: string) {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const db = new DatabaseSync(file, { timeout: 5_000 })
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, receipt TEXT, amount INTEGER NOT NULL, currency TEXT NOT NULL,
      notes TEXT NOT NULL, status TEXT NOT NULL, attempts INTEGER NOT NULL, created_at INTEGER NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS orders_receipt ON orders (receipt);
    CREATE TABLE IF NOT EXISTS payments (id TEXT PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders, amount INTEGER NOT NULL,
      currency TEXT NOT NULL, method TEXT NOT NULL, status TEXT NOT NULL, amount_refunded INTEGER NOT NULL DEFAULT 0,
      capture_at INTEGER, created_at INTEGER NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS payments_order ON payments (order_id);
    CREATE INDEX IF NOT EXISTS payments_due ON payments (capture_at) WHERE capture_at IS NOT NULL;
    CREATE TABLE IF NOT EXISTS refunds (id TEXT PRIMARY KEY, payment_id TEXT NOT NULL REFERENCES payments, amount INTEGER NOT NULL,
      receipt TEXT, idempotency_key TEXT UNIQUE, status TEXT NOT NULL, process_at INTEGER NOT NULL, created_at INTEGER NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS refunds_payment ON refunds (payment_id);
    CREATE TABLE IF NOT EXISTS webhooks (id TEXT PRIMARY KEY, type TEXT NOT NULL, body TEXT NOT NULL, copies INTEGER NOT NULL DEFAULT 1,
      attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER, delivered_at INTEGER, created_at INTEGER NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS webhooks_due ON webhooks (next_at) WHERE next_at IS NOT NULL;
    CREATE TABLE IF NOT EXISTS switches (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
  `)
  // Books that were opened before these columns were needed get them now.
  for (const [table, column, type] of LATER_COLUMNS) {
    const has = db.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?').get(table, column)
    if (!has) db.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`)
  }
  const one = <T>(sql: string, ...values: (string | number | null)[]) => db.prepare(sql).get(...values) as T | undefined
  const all = <T>(sql: string, ...values: (string | number | null)[]) => db.prepare(sql).all(...values) as T[]
  const run = (sql: string, ...values: (string | number | null)[]) => Number(db.prepare(sql).run(...values).changes)

  return {
    one,
    all,
    run,
    /** IMMEDIATE: two processes must not both read before either writes. */
    transaction<T>(work: () => T): T {
      db.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        db.exec('COMMIT')
        return result
      } catch (error) {
        db.exec('ROLLBACK')
        throw error
      }
    },
    order: (id: string) => one<OrderRow>('SELECT * FROM orders WHERE id = ?', id),
    payment: (id: string) => one<PaymentRow>('SELECT * FROM payments WHERE id = ?', id),
    paymentsOf: (orderId: string) =>
      all<PaymentRow>('SELECT * FROM payments WHERE order_id = ? ORDER BY created_at, rowid', orderId),
    refundsOf: (paymentId: string) =>
      all<RefundRow>('SELECT * FROM refunds WHERE payment_id = ? ORDER BY created_at, rowid', paymentId),
    addOrder(order: {
      receipt: string | null
      amount: number
      currency: string
      notes: object
      captureMinutes: number
    }): OrderRow {
      const id = newGatewayId('order')
      run(
        `INSERT INTO orders (id, receipt, amount, currency, notes, status, attempts, created_at, capture_minutes)
         VALUES (?, ?, ?, ?, ?, 'created', 0, ?, ?)`,
        id,
        order.receipt,
        order.amount,
        order.currency,
        JSON.stringify(order.notes),
        Date.now(),
        order.captureMinutes,
      )
      return this.order(id)!
    },
    addPayment(order: OrderRow, method: string, status: PaymentRow['status'], captureAt: number | null): PaymentRow {
      const id = newGatewayId('pay')
      run(
        `INSERT INTO payments (id, order_id, amount, currency, method, status, amount_refunded, capture_at, created_at)
         VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)`,
        id,
        order.id,
        order.amount,
        order.currency,
        method,
        status,
        captureAt,
        Date.now(),
      )
      run(
        `UPDATE orders SET attempts = attempts + 1, status = CASE status WHEN 'paid' THEN 'paid' ELSE 'attempted' END WHERE id = ?`,
        order.id,
      )
      return this.payment(id)!
    },
    addRefund(
      paymentId: string,
      amount: number,
      receipt: string | null,
      key: string | null,
      processAt: number,
      willFail: boolean,
    ): RefundRow {
      const id = newGatewayId('rfnd')
      run(
        `INSERT INTO refunds (id, payment_id, amount, receipt, idempotency_key, status, process_at, created_at, will_fail)
         VALUES (?, ?, ?, ?, ?, 'pending', ?, ?, ?)`,
        id,
        paymentId,
        amount,
        receipt,
        key,
        processAt,
        Date.now(),
        Number(willFail),
      )
      run(
        `UPDATE payments SET amount_refunded = amount_refunded + ?1,
           status = CASE WHEN amount_refunded + ?1 >= amount THEN 'refunded' ELSE status END WHERE id = ?2`,
        amount,
        paymentId,
      )
      return one<RefundRow>('SELECT * FROM refunds WHERE id = ?', id)!
    },
    addWebhook(type: string, body: object, copies: number, sendAt: number) {
      run(
        `INSERT INTO webhooks (id, type, body, copies, next_at, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
        newGatewayId('evt'),
        type,
        JSON.stringify(body),
        copies,
        sendAt,
        Date.now(),
      )
    },
    close: () => db.close(),
  }
}
