import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentOf } from '../money.ts'
import { quoteSeats } from '../pricing/quote-seats.ts'
import { type Amounts, creditNoteAmounts, type InvoicedSeat, invoiceAmounts, share, taxLines } from './invoice-lines.ts'

const sumOf = ({ lines, taxes }: Amounts) =>
  lines.reduce((sum, line) => sum + line.totalMinor, 0) + taxes.reduce((sum, tax) => sum + tax.amountMinor, 0)

const section = fc.constantFrom('Regular', 'Premium', 'Couple')
const cart = fc.record({
  seats: fc.array(fc.record({ section, priceMinor: fc.integer({ min: 0, max: 300_000 }) }), {
    minLength: 1,
    maxLength: 12,
  }),
  discountMinor: fc.integer({ min: 0, max: 500_000 }),
  rates: fc.record({
    convenienceFeePercent: fc.constantFrom(0, 2.5, 6, 11.75),
    feeTaxPercent: fc.constantFrom(0, 5, 18, 28),
  }),
  sameState: fc.boolean(),
  percent: fc.integer({ min: 0, max: 100 }),
  chosen: fc.integer({ min: 1, max: 4_095 }),
})
type Cart = typeof cart extends fc.Arbitrary<infer T> ? T : never

function bought({ seats, rates, discountMinor }: Cart) {
  const quote = quoteSeats(
    rates,
    seats.map((seat) => ({ ...seat, sectionName: seat.section })),
    { discountMinor },
  )
  const invoiced: InvoicedSeat[] = seats.map((seat, i) => ({ ...seat, seat: i, label: `A${i + 1}` }))
  return { quote, invoiced }
}

test('lines and taxes of an invoice add up to what was charged, whatever was bought', () => {
  fc.assert(
    fc.property(cart, (given) => {
      const { quote, invoiced } = bought(given)
      const amounts = invoiceAmounts(quote, invoiced, given.sameState)
      expect(sumOf(amounts)).toBe(quote.totalMinor)
      expect(amounts.totalMinor).toBe(quote.totalMinor)
      expect(amounts.taxes.reduce((sum, tax) => sum + tax.amountMinor, 0)).toBe(quote.taxMinor)
      for (const line of amounts.lines)
        if (line.eachMinor !== null) expect(line.eachMinor * line.quantity).toBe(line.totalMinor)
    }),
    { numRuns: 2_000 },
  )
})

test('a credit note adds up to what is given back, line by line', () => {
  fc.assert(
    fc.property(cart, (given) => {
      const { quote, invoiced } = bought(given)
      const picked = invoiced.filter((_, i) => (given.chosen >> i) & 1)
      const cancelled = picked.length > 0 ? picked : [invoiced[0]!]
      const baseMinor = share(
        quote.baseMinor - quote.discountMinor,
        invoiced.map((seat) => seat.priceMinor),
      ).reduce((sum, part, i) => (cancelled.includes(invoiced[i]!) ? sum + part : sum), 0)
      const forSeatsMinor = percentOf(baseMinor, given.percent)
      const seats = cancelled.map(({ seat }) => seat)
      const note = creditNoteAmounts(
        quote,
        { seats, forSeatsMinor, totalMinor: forSeatsMinor, note: '' },
        invoiced,
        given.sameState,
      )
      expect(sumOf(note)).toBe(forSeatsMinor)
      expect(note.taxMinor + note.convenienceFeeMinor).toBe(0)
      for (const line of note.lines) expect(line.totalMinor).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: 2_000 },
  )
})

test('a credit note over the whole booking gives back exactly its fee and its tax', () => {
  fc.assert(
    fc.property(cart, (given) => {
      const { quote, invoiced } = bought(given)
      const { totalMinor, baseMinor, discountMinor, convenienceFeeMinor, taxMinor } = quote
      const back = {
        seats: invoiced.map(({ seat }) => seat),
        forSeatsMinor: baseMinor - discountMinor,
        totalMinor,
        note: '',
      }
      const note = creditNoteAmounts(quote, back, invoiced, given.sameState)
      expect(note).toMatchObject({ totalMinor, convenienceFeeMinor, taxMinor, baseMinor: baseMinor - discountMinor })
      expect(sumOf(note)).toBe(totalMinor)
    }),
    { numRuns: 2_000 },
  )
})

test('an odd paisa of tax is nobody’s loss', () => {
  expect(taxLines(757, 18, true)).toEqual([
    { name: 'CGST', percent: 9, amountMinor: 378 },
    { name: 'SGST', percent: 9, amountMinor: 379 },
  ])
  expect(taxLines(757, 18, false)).toEqual([{ name: 'IGST', percent: 18, amountMinor: 757 }])
  expect(taxLines(0, 18, true)).toEqual([])
})
