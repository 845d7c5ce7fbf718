// The mail server is away for longer than a job is tried. Jobs run on real queues; their pauses are skipped, not stubbed.
import { enqueue } from '@marquee/core/jobs/enqueue'
import { openQueues, type Queues } from '@marquee/core/jobs/queues'
import { startRelay } from '@marquee/core/jobs/relay-outbox'
import { issueRefund } from '@marquee/core/payments/issue-refund'
import { settlePayment } from '@marquee/core/payments/settle-payment'
import { bookSeats } from '@marquee/core/testing/book-seats'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import { createPageFetcher } from '@marquee/providers/listings/fetch/page-fetcher'
import { openListing } from '@marquee/providers/listings/registry'
import { MailError } from '@marquee/providers/mail/mail-sender'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { handlers } from './handlers.ts'
import { startRunner } from './runner.ts'

let ctx: TestContext
let queues: Queues
const pages = createPageFetcher({ userAgent: 'MarqueeBot/1.0 (+http://marquee.example/bot)' })
let runner: ReturnType<typeof startRunner>
let relay: ReturnType<typeof startRelay>
/** How far the sweeps' clock is ahead. */
let laterMs = 0
beforeAll(async () => {
  ctx = await testContext({ clock: { now: () => new Date(Date.now() + laterMs) } })
  queues = openQueues(ctx.config, ctx.log)
  await queues.byName.notify.waitUntilReady()
  const pdf = async () => new Uint8Array([37, 80, 68, 70])
  const workerCtx = { ...ctx, queues, renderTicketPdf: pdf, renderInvoicePdf: pdf, pages, listings: openListing }
  runner = startRunner(workerCtx, handlers)
  relay = startRelay(workerCtx)
})
afterEach(() => {
  ctx.mail.failWith(null)
  laterMs = 0
})
afterAll(async () => {
  await relay.stop()
  await runner.close()
  await queues.close()
  await pages.close()
  await ctx.close()
})

const soon = { timeout: 15_000, interval: 50 }
const mailsTo = (recipient: string | null) => ctx.mail.sent.filter((mail) => mail.to === recipient)

/** Every pause over at once, until as many mail jobs as expected have used up all their attempts. */
async function untilDead(count: number) {
  await expect
    .poll(async () => {
      for (const job of await queues.byName.notify.getDelayed()) await job.promote().catch(() => {})
      return queues.byName.notify.getFailedCount()
    }, soon)
    .toBe(count)
  for (const job of await queues.byName.notify.getFailed()) expect(job.attemptsMade).toBe(12)
}

async function sweep(name: 'ticket.sweep' | 'refund-mail.sweep', key: string) {
  await enqueue({ queues }, [{ name, payload: {}, key }])
  await expect.poll(() => queues.byName.critical.getJobState(key), soon).toBe('completed')
}

test('a ticket is mailed although the server was away for longer than all attempts, twice', async () => {
  ctx.mail.failWith(new MailError('connect ECONNREFUSED', true))
  const { bookingId, user } = await bookSeats(ctx)
  await untilDead(2)
  await ctx.pool.query(`UPDATE bookings SET confirmed_at = confirmed_at - interval '1 hour' WHERE id = $1`, [bookingId])
  await sweep('ticket.sweep', 'first')
  await untilDead(4)

  ctx.mail.failWith(null)
  laterMs = 20 * 60_000
  await sweep('ticket.sweep', 'in the next turn')
  await expect.poll(() => mailsTo(user.email).length, soon).toBe(1)
  expect(mailsTo(user.email)[0]?.attachments).toHaveLength(1)
  await expect
    .poll(() => ctx.db.delivery.count({ where: { recipient: user.email ?? '', state: 'SENT' } }), soon)
    .toBe(1)
})

test('a refund is told of although the server was away for longer than all attempts', async () => {
  const { bookingId, paymentId, user } = await bookSeats(ctx)
  await expect.poll(() => mailsTo(user.email).length, soon).toBe(1)
  const before = await queues.byName.notify.getFailedCount()
  ctx.mail.failWith(new MailError('535 login refused', true, { ours: true }))
  const { gatewayOrderId } = await ctx.db.payment.findUniqueOrThrow({ where: { id: paymentId } })
  const { totalMinor } = await ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId } })
  const second = ctx.gateway.pay(gatewayOrderId ?? '')
  const capture = { gatewayPaymentId: second.paymentId, amountMinor: totalMinor, currency: 'INR' }
  expect(await settlePayment(ctx, { paymentId, capture, learntFrom: 'return' })).toBe('REFUND_DUE')
  const refund = await ctx.db.refund.findFirstOrThrow({ where: { capture: { paymentId } } })
  await issueRefund(ctx, { refundId: refund.id })
  await untilDead(before + 1)

  ctx.mail.failWith(null)
  await sweep('refund-mail.sweep', 'too early')
  expect(mailsTo(user.email)).toHaveLength(1)
  await ctx.pool.query(
    `UPDATE outbox_events SET created_at = created_at - interval '1 hour' WHERE topic = 'refund.mail'`,
  )
  await sweep('refund-mail.sweep', 'an hour later')
  await expect.poll(() => mailsTo(user.email).length, soon).toBe(2)
  expect(mailsTo(user.email)[1]?.subject).toContain('on its way back')
})
