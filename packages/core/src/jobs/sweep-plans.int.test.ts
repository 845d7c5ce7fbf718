// Sweeps come round every minute or oftener, over tables that keep the sales of years: each must find what is recent by an
// index. A clock that moves within a statement (clock_timestamp) can bound no index; the statement's own (now) can.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { sweepCancellations } from '../cancellations/sweep-cancellations.ts'
import { sweepInvoices } from '../invoices/sweep-invoices.ts'
import { sweepRefundMails } from '../notifications/sweep-refund-mails.ts'
import { reconcilePayments } from '../payments/reconcile-payments.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { findUnsentTickets } from '../tickets/find-unsent-tickets.ts'
import type { Queues } from './queues.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

/** How Postgres would find what each question of `act` asks for, were the tables large. */
async function plans(act: () => Promise<unknown>): Promise<string[]> {
  const spy = vi.spyOn(ctx.pool, 'query')
  await act()
  const asked = spy.mock.calls.map(([text, values]) => ({ text: String(text), values: values as unknown as unknown[] }))
  spy.mockRestore()
  const client = await ctx.pool.connect()
  try {
    await client.query('SET enable_seqscan = off')
    const told: string[] = []
    for (const { text, values } of asked) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS off) ${text}`, values)
      told.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
    }
    return told
  } finally {
    await client.query('RESET enable_seqscan')
    client.release()
  }
}

const nowhere = {} as Queues
test.each<[string, () => Promise<unknown>, string[]]>([
  ['open and settled payments', () => reconcilePayments(ctx), ['created_at', 'created_at']],
  ['tickets not sent', () => findUnsentTickets(ctx), ['confirmed_at']],
  ['guests not told', () => sweepCancellations({ ...ctx, queues: nowhere }), ['created_at', 'cancelled_at']],
  ['refunds not told', () => sweepRefundMails({ ...ctx, queues: nowhere }), ['processed_at']],
  [
    'documents not there',
    () => sweepInvoices({ ...ctx, queues: nowhere }),
    ['confirmed_at', 'created_at', 'issued_at'],
  ],
])('%s are found by their time', async (_name, act, columns) => {
  const told = await plans(act)
  for (const [n, column] of columns.entries())
    expect(told[n]).toMatch(new RegExp(`Index Cond: .*\\b${column} [<>]=? \\(?now\\(\\)`))
})
