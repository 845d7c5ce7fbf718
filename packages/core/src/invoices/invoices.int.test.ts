import type { InvoiceData } from '@marquee/contracts/invoices'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { openQueues } from '../jobs/queues.ts'
import { bookSeats } from '../testing/book-seats.ts'
import { makeScreen, makeShowtime, makeTheatre, makeUser } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { getInvoicePdf } from './get-invoice-pdf.ts'
import { issueCreditNote } from './issue-credit-note.ts'
import { issueInvoice } from './issue-invoice.ts'
import { listInvoices } from './list-invoices.ts'
import { renderInvoice } from './render-invoice.ts'
import { sweepInvoices } from './sweep-invoices.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ env: { SELLER_STATE: 'Telangana', SELLER_NAME: 'Foyer Ltd' } })
})
afterAll(() => ctx.close())

const dataOf = async (id: string) => (await ctx.db.invoice.findUniqueOrThrow({ where: { id } })).data as InvoiceData
const counter = (number: string) => Number(number.slice(number.lastIndexOf('/') + 1))

async function showtimeIn(region: string) {
  const theatre = await makeTheatre(ctx)
  await ctx.db.city.update({ where: { id: theatre.cityId }, data: { region } })
  return makeShowtime(ctx, { screen: await makeScreen(ctx, { theatreId: theatre.id }) })
}
const cancel = (
  bookingId: string,
  given: { by: 'GUEST' | 'CINEMA'; refundMinor: number; percent: number; seats: number[] },
) => ctx.db.cancellation.create({ data: { id: newId(), bookingId, key: newId(), baseMinor: 50_000, ...given } })

test('twenty workers at two bookings: two invoices with neighbouring numbers', async () => {
  const bookings = await Promise.all([bookSeats(ctx), bookSeats(ctx)])
  const issued = await Promise.all(
    Array.from({ length: 20 }, (_, i) => issueInvoice(ctx, { bookingId: bookings[i % 2]!.bookingId })),
  )
  const numbers = [...new Set(issued.map(({ number }) => number))].sort()
  expect(numbers).toHaveLength(2)
  expect(counter(numbers[1]!) - counter(numbers[0]!)).toBe(1)
  const { bookingId } = await bookSeats(ctx)
  expect(counter((await issueInvoice(ctx, { bookingId })).number)).toBe(counter(numbers[1]!) + 1)
})

test('a transaction that fails after it took a number leaves no gap', async () => {
  const first = await issueInvoice(ctx, { bookingId: (await bookSeats(ctx)).bookingId })
  const { bookingId } = await bookSeats(ctx)
  const year = first.number.split('/')[1]
  const failing = ctx.db.$transaction(async (tx) => {
    const { nextNumber, takeNumber } = await import('./series.ts')
    await nextNumber(tx, `MQ/${year}`)
    await takeNumber(tx, `MQ/${year}`)
    throw new Error('the power went')
  })
  await expect(failing).rejects.toThrow('the power went')
  expect(counter((await issueInvoice(ctx, { bookingId })).number)).toBe(counter(first.number) + 1)
})

test('what was sold at home is billed CGST and SGST, elsewhere IGST, and it is the price that was paid', async () => {
  for (const [region, taxes] of [
    ['telangana ', ['CGST', 'SGST']],
    ['Karnataka', ['IGST']],
  ] as const) {
    const { bookingId, user } = await bookSeats(ctx, { showtime: await showtimeIn(region) })
    const data = await dataOf((await issueInvoice(ctx, { bookingId })).id)
    const booking = await ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId } })
    expect(data.taxes.map(({ name }) => name)).toEqual(taxes)
    expect(data).toMatchObject({ totalMinor: booking.totalMinor, placeOfSupply: region, invoiceNumber: null })
    expect(data.seller).toMatchObject({ name: 'Foyer Ltd', state: 'Telangana' })
    const { name, email } = await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } })
    expect(data.buyer).toEqual({ name, email })
    expect(data.paid.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(booking.totalMinor)
  }
})

test('what it says is frozen: a later name or price changes nothing', async () => {
  const { bookingId, user, showtime } = await bookSeats(ctx)
  const { id } = await issueInvoice(ctx, { bookingId })
  const before = await dataOf(id)
  await ctx.db.user.update({ where: { id: user.id }, data: { name: 'Somebody Else' } })
  await ctx.db.movie.update({ where: { id: showtime.movieId }, data: { title: 'Another title' } })
  expect((await issueInvoice(ctx, { bookingId })).id).toBe(id)
  expect(await dataOf(id)).toEqual(before)
})

test('a credit note takes back what was refunded, once, from an invoice that is issued first', async () => {
  const { bookingId } = await bookSeats(ctx)
  const { id } = await cancel(bookingId, { by: 'GUEST', refundMinor: 37_500, percent: 75, seats: [0, 1] })
  const notes = await Promise.all([1, 2, 3].map(() => issueCreditNote(ctx, { cancellationId: id })))
  expect(new Set(notes.map((note) => note?.id)).size).toBe(1)
  expect(notes[0]?.number).toMatch(/^MC\/\d{2}-\d{2}\/\d{7}$/)
  const invoice = await issueInvoice(ctx, { bookingId })
  expect(await dataOf(notes[0]!.id)).toMatchObject({
    totalMinor: 37_500,
    taxMinor: 0,
    invoiceNumber: invoice.number,
    reason: 'Cancelled by the guest',
    lines: [{ quantity: 2, totalMinor: 37_500, detail: 'A1, A2 · 75\u00a0% of ₹500' }],
  })
})

test('when the cinema cancels, fee and tax come back too; when nothing comes back there is no note', async () => {
  const { bookingId } = await bookSeats(ctx)
  const { totalMinor, taxMinor, convenienceFeeMinor } = await ctx.db.booking.findUniqueOrThrow({
    where: { id: bookingId },
  })
  const all = await cancel(bookingId, { by: 'CINEMA', refundMinor: totalMinor, percent: 100, seats: [0, 1] })
  const note = await issueCreditNote(ctx, { cancellationId: all.id })
  expect(await dataOf(note!.id)).toMatchObject({ totalMinor, taxMinor, convenienceFeeMinor })
  const late = await cancel(bookingId, { by: 'GUEST', refundMinor: 0, percent: 0, seats: [0] })
  expect(await issueCreditNote(ctx, { cancellationId: late.id })).toBeNull()
})

test('its owner lists and gets it; anybody else finds nothing', async () => {
  const { bookingId, actor } = await bookSeats(ctx)
  const stranger = { ...actor, userId: (await makeUser(ctx)).id }
  const { items } = await listInvoices(ctx, actor, { bookingId })
  expect(items).toMatchObject([{ kind: 'INVOICE', pdfReady: false }])
  const invoiceId = items[0]!.id
  await expect(getInvoicePdf(ctx, actor, { invoiceId })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(await ctx.db.outboxEvent.findUnique({ where: { key: `invoice.render:${invoiceId}` } })).not.toBeNull()
  const draw = { ...ctx, renderInvoicePdf: async () => new Uint8Array([37, 80]) }
  await renderInvoice(draw, { invoiceId })
  await renderInvoice({ ...draw, renderInvoicePdf: () => Promise.reject(new Error('drawn twice')) }, { invoiceId })
  const { bytes, filename } = await getInvoicePdf(ctx, actor, { invoiceId })
  expect(bytes.byteLength).toBe(2)
  expect(filename).toMatch(/^marquee-invoice-MQ-\d{2}-\d{2}-\d{7}\.pdf$/)
  expect((await listInvoices(ctx, actor, { bookingId })).items[0]?.pdfReady).toBe(true)
  await expect(getInvoicePdf(ctx, stranger, { invoiceId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(listInvoices(ctx, stranger, { bookingId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(listInvoices(ctx, { kind: 'anonymous' }, { bookingId })).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  })
})

test('a draft has none', async () => {
  const { bookingId, actor } = await bookSeats(ctx)
  await ctx.db.booking.update({ where: { id: bookingId }, data: { status: 'EXPIRED', confirmedAt: null } })
  expect(await listInvoices(ctx, actor, { bookingId })).toEqual({ items: [] })
  await expect(issueInvoice(ctx, { bookingId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a sweep finds what has no document, and leaves the demo’s and the young ones alone', async () => {
  const queues = openQueues(ctx.config, ctx.log)
  try {
    await queues.byName.bulk.waitUntilReady()
    const [late, young, demo] = await Promise.all([bookSeats(ctx), bookSeats(ctx), bookSeats(ctx)])
    const before = new Date(ctx.clock.now().getTime() - 10 * 60_000)
    for (const { bookingId } of [late, demo])
      await ctx.db.booking.update({ where: { id: bookingId }, data: { confirmedAt: before } })
    await ctx.db.outboxEvent.delete({ where: { key: `booking.confirmed:${demo.bookingId}` } })
    const cancelled = await cancel(young.bookingId, { by: 'GUEST', refundMinor: 100, percent: 50, seats: [0] })
    await sweepInvoices({ ...ctx, queues })
    const asked = (await queues.byName.bulk.getJobs(['waiting', 'prioritized'])).map((job) => job.data as object)
    expect(asked).toContainEqual({ bookingId: late.bookingId })
    expect(asked).toContainEqual({ cancellationId: cancelled.id })
    expect(asked).not.toContainEqual({ bookingId: young.bookingId })
    expect(asked).not.toContainEqual({ bookingId: demo.bookingId })
  } finally {
    await queues.close()
  }
})
