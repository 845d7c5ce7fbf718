import { cancelSeats } from '@marquee/core/cancellations/cancel-seats'
import { sweepCancellations } from '@marquee/core/cancellations/sweep-cancellations'
import { readConfig } from '@marquee/core/config'
import { getHealth } from '@marquee/core/health/get-health'
import { getInvoicePdf } from '@marquee/core/invoices/get-invoice-pdf'
import { listInvoices } from '@marquee/core/invoices/list-invoices'
import { SCHEDULES } from '@marquee/core/jobs/catalog'
import { jobId } from '@marquee/core/jobs/enqueue'
import { listCapturedMessages } from '@marquee/core/notifications/list-captured-messages'
import { readHall } from '@marquee/core/seats/read-hall'
import { bookSeats } from '@marquee/core/testing/book-seats'
import { makeShowtime } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import { getTicketPdf } from '@marquee/core/tickets/get-ticket-pdf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorker } from './start-worker.ts'

let ctx: TestContext
let worker: ReturnType<typeof startWorker>
beforeAll(async () => {
  ctx = await testContext()
  worker = startWorker(readConfig(ctx.env))
})
afterAll(async () => {
  await worker.close()
  await ctx.close()
})

const soon = { timeout: 15_000, interval: 50 }
const mailsTo = async (recipient: string | null) =>
  (await listCapturedMessages(ctx, { recipient: recipient ?? undefined, limit: 20, offset: 0 })).items

test('a booking becomes a ticket, a mail with the ticket, and seats shown as sold', async () => {
  const { bookingId, actor, user, showtime } = await bookSeats(ctx)
  await expect.poll(async () => (await mailsTo(user.email)).length, soon).toBe(1)
  const [mail] = await mailsTo(user.email)
  const { bytes, filename } = await getTicketPdf(ctx, actor, { bookingId })
  expect(mail?.attachments).toEqual([{ filename, contentType: 'application/pdf', sizeBytes: bytes.byteLength }])
  expect(await ctx.db.delivery.findFirst({ where: { recipient: user.email ?? '' } })).toMatchObject({
    state: 'SENT',
    template: 'ticket',
    attempts: 1,
  })
  await expect.poll(async () => (await readHall(ctx, { showtimeId: showtime.id })).map.slice(0, 3), soon).toBe('220')
})

test('a booking becomes an invoice that can be printed', async () => {
  const { bookingId, actor } = await bookSeats(ctx)
  const invoice = async () => (await listInvoices(ctx, actor, { bookingId })).items[0]
  await expect.poll(async () => (await invoice())?.pdfReady, soon).toBe(true)
  const { bytes } = await getInvoicePdf(ctx, actor, { invoiceId: (await invoice())?.id ?? '' })
  expect(Buffer.from(bytes).subarray(0, 5).toString()).toBe('%PDF-')
  expect(await ctx.db.invoice.count({ where: { bookingId } })).toBe(1)
})

test('a seat given back: free on the screens, a new ticket for the other, a mail with it, a credit note', async () => {
  const { bookingId, actor, user, showtime } = await bookSeats(ctx)
  await expect.poll(async () => (await mailsTo(user.email)).length, soon).toBe(1)
  const before = await getTicketPdf(ctx, actor, { bookingId })
  const done = await cancelSeats(ctx.pool, {
    bookingId,
    userId: user.id,
    key: 'one seat',
    by: 'GUEST',
    actorId: user.id,
    seats: [0],
  })
  expect(done.outcome).toBe('CANCELLED')
  await expect.poll(async () => (await mailsTo(user.email)).length, soon).toBe(2)
  const after = await getTicketPdf(ctx, actor, { bookingId })
  expect(Buffer.from(after.bytes).equals(Buffer.from(before.bytes))).toBe(false)
  const mail = (await mailsTo(user.email)).find((each) => each.subject?.startsWith('Cancelled'))
  expect(mail?.attachments).toMatchObject([{ filename: after.filename, sizeBytes: after.bytes.byteLength }])
  expect(mail?.text).toMatch(/refunds\/[0-9a-f]{32}/)
  await expect.poll(async () => (await readHall(ctx, { showtimeId: showtime.id })).map.slice(0, 3), soon).toBe('020')
  await expect
    .poll(async () => (await listInvoices(ctx, actor, { bookingId })).items.map((item) => item.kind).sort(), soon)
    .toEqual(['CREDIT_NOTE', 'INVOICE'])
})

test('a cancelled showtime: every guest is told once, also when its jobs were lost', async () => {
  const showtime = await makeShowtime(ctx)
  const sales = [
    await bookSeats(ctx, { showtime, seatIds: ['A1'] }),
    await bookSeats(ctx, { showtime, seatIds: ['A2', 'A3'] }),
  ]
  // As if the outbox had been relayed into a Redis that forgot it.
  await ctx.pool.query(
    `UPDATE showtimes SET status = 'CANCELLED', cancelled_at = now(), cancel_reason = 'The projector is broken' WHERE id = $1`,
    [showtime.id],
  )
  expect(await sweepCancellations(worker.ctx)).toMatchObject({ showtimes: 1 })
  for (const { user, bookingId } of sales) {
    const told = async () => (await mailsTo(user.email)).filter((mail) => mail.subject?.startsWith('Cancelled by'))
    await expect.poll(async () => (await told()).length, soon).toBe(1)
    expect((await told())[0]?.text).toContain('The projector is broken')
    expect(await ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId } })).toMatchObject({ status: 'CANCELLED' })
  }
  expect(await sweepCancellations(worker.ctx)).toEqual({ untold: 0, showtimes: 0 })
})

test('the same event twice: still one mail', async () => {
  const { bookingId, user } = await bookSeats(ctx)
  await expect.poll(async () => (await mailsTo(user.email)).length, soon).toBe(1)
  await ctx.db.outboxEvent.create({ data: { key: `again:${bookingId}`, topic: 'ticket.mail', payload: { bookingId } } })
  await expect
    .poll(async () => worker.ctx.queues.byName.notify.getJobState(jobId(`again:${bookingId}`)), soon)
    .toBe('completed')
  expect(await mailsTo(user.email)).toHaveLength(1)
})

test('a job that cannot succeed is dead at once and stays to be looked at', async () => {
  await ctx.db.outboxEvent.create({
    data: { key: 'poison:1', topic: 'ticket.render', payload: { bookingId: 'nonsense' } },
  })
  const { bulk } = worker.ctx.queues.byName
  await expect.poll(async () => bulk.getJobState(jobId('poison:1')), soon).toBe('failed')
  expect((await bulk.getJob(jobId('poison:1')))?.attemptsMade).toBe(1)
})

test('schedules are set, and set again after Redis has lost them', async () => {
  const { applySchedules } = await import('./schedules.ts')
  const names = async () => {
    const all = await Promise.all(Object.values(worker.ctx.queues.byName).map((queue) => queue.getJobSchedulers()))
    return all
      .flat()
      .map((scheduler) => scheduler.key)
      .sort()
  }
  const wanted = SCHEDULES.map(({ name }) => name).sort()
  await expect.poll(names, soon).toEqual(wanted)
  for (const { name } of SCHEDULES) {
    for (const queue of Object.values(worker.ctx.queues.byName)) await queue.removeJobScheduler(name)
  }
  await worker.ctx.queues.byName.bulk.upsertJobScheduler('of.the.past', { every: 60_000 })
  await applySchedules(worker.ctx.queues)
  expect(await names()).toEqual(wanted)
})

test('the health page sees a worker', async () => {
  await expect.poll(async () => (await getHealth(ctx)).worker, soon).toBe('running')
})
