import { inflateSync } from 'node:zlib'
import { type InvoicedSeat, invoiceAmounts } from '@marquee/core/invoices/invoice-lines'
import type { InvoiceDocument } from '@marquee/core/invoices/render-invoice'
import { expect, test } from 'vitest'
import { renderInvoicePdf } from './invoice-pdf.ts'

const seats = (count: number): InvoicedSeat[] =>
  Array.from({ length: count }, (_, i) => ({
    seat: i,
    label: `A${i + 1}`,
    section: `Section ${i % 12}`,
    priceMinor: 25_000 + i,
  }))

function invoice(
  given: { seats?: number; movie?: string; reason?: string; buyer?: string; theatre?: string } = {},
): InvoiceDocument {
  const bought = seats(given.seats ?? 2)
  const baseMinor = bought.reduce((sum, seat) => sum + seat.priceMinor, 0)
  const sums = { baseMinor, discountMinor: 500, convenienceFeeMinor: 3_000, taxMinor: 541, taxPercent: 18 }
  const totalMinor = baseMinor - 500 + 3_541
  return {
    kind: given.reason ? 'CREDIT_NOTE' : 'INVOICE',
    number: 'MQ/26-27/0000123',
    issuedAt: new Date('2026-11-21T08:00:00Z'),
    data: {
      seller: {
        name: 'Foyer Ltd',
        address: ['1 Foyer Road', 'Hyderabad'],
        gstin: '36AAAAA0000A1Z5',
        state: 'Telangana',
      },
      buyer: { name: given.buyer ?? 'Asha', email: 'asha@example.com' },
      booking: {
        code: 'ACDEFGHJ',
        movie: given.movie ?? 'Aakhari Paata',
        nativeTitle: 'ఆఖరి పాట',
        theatre: given.theatre ?? 'Prasad Talkies',
        screen: 'Screen 2',
        startsAt: '2026-11-21T14:00:00Z',
        timeZone: 'Asia/Kolkata',
      },
      placeOfSupply: 'Telangana',
      ...invoiceAmounts({ ...sums, totalMinor }, bought, true),
      paid: [{ by: 'Paid online', amountMinor: totalMinor }],
      invoiceNumber: given.reason ? 'MQ/26-27/0000123' : null,
      reason: given.reason ?? null,
      currency: 'INR',
    },
  }
}
const pageCount = (pdf: Uint8Array) =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b(?!s)/g)?.length

test('it is one page with its own fonts, and the same each time', async () => {
  const pdf = await renderInvoicePdf(invoice())
  const text = Buffer.from(pdf).toString('latin1')
  expect(pageCount(pdf)).toBe(1)
  for (const font of ['Inter', 'BricolageGrotesque', 'NotoSansTelugu']) expect(text).toContain(font)
  expect(Buffer.from(await renderInvoicePdf(invoice()))).toEqual(Buffer.from(pdf))
})

test.each([
  ['fifty seats in twelve price groups', { seats: 50 }],
  ['a title without a break', { movie: 'W'.repeat(200) }],
  ['letters no font has', { movie: '🎬 𓀀 电影' }],
  ['a cinema with much to say', { reason: 'Cancelled by the cinema: '.repeat(9) }],
])('%s stays on the page', async (_what, given) => {
  expect(pageCount(await renderInvoicePdf(invoice(given)))).toBe(1)
})

/** Whether a letter is drawn anywhere: each font of the document says which letters its glyphs stand for. */
function draws(pdf: Uint8Array, letter: string): boolean {
  const bytes = Buffer.from(pdf)
  const code = `<${letter.charCodeAt(0).toString(16).padStart(4, '0')}>`
  for (let at = bytes.indexOf('\nstream\n'); at >= 0; at = bytes.indexOf('\nstream\n', at + 1)) {
    const stream = bytes.subarray(at + 8, bytes.indexOf('\nendstream', at))
    const text = stream[0] === 0x78 ? inflateSync(stream).toString('latin1') : stream.toString('latin1')
    if (text.includes('beginbfrange') && text.includes(code)) return true
  }
  return false
}
const words = (length: number) =>
  'Venkatanarasimharajuvaripeta Anantapadmanabhaswamy '
    .repeat(9)
    .slice(0, length - 1)
    .trim()
    .padEnd(length, 'u')

test.each([
  ['who bought ten seats, where and of what', { buyer: words(100), theatre: words(120), movie: words(200), seats: 10 }],
  [
    'who was cancelled, and why',
    { buyer: words(100), reason: 'The projector broke this morning, and its part comes on Monday. '.repeat(2) },
  ],
])('%s is said whole at any length that can be, on one page', async (_what, given) => {
  const pdf = await renderInvoicePdf(invoice(given))
  expect(draws(pdf, '…')).toBe(false)
  expect(pageCount(pdf)).toBe(1)
})

test('what no page could hold is cut, and one sees that it is', async () => {
  expect(draws(await renderInvoicePdf(invoice({ buyer: words(400) })), '…')).toBe(true)
})
