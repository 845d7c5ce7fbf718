import fc from 'fast-check'
import { expect, test } from 'vitest'
import { invoiceAmounts } from '../invoices/invoice-lines.ts'
import { LEAST_CHARGE_MINOR, quoteSeats } from '../pricing/quote-seats.ts'
import { storedQuote } from '../pricing/stored-quote.ts'
import { evaluatePromo, type PromoFacts } from './evaluate-promo.ts'

// One price, the arithmetic of it: thousands of carts, no services. The same through Postgres and a gateway: one-price.int.test.

const NOW = new Date('2027-03-06T12:00:00Z')
const HERE = { movieId: 'film', theatreId: 'cinema', now: NOW }

const section = fc.constantFrom('regular', 'premium', 'recliner')
const cart = fc.array(fc.record({ priceMinor: fc.integer({ min: 0, max: 250_000 }), section }), {
  minLength: 1,
  maxLength: 10,
})
const rates = fc.record({
  convenienceFeePercent: fc.oneof(fc.constantFrom(0, 6, 7.5), fc.double({ min: 0, max: 50, noNaN: true })),
  feeTaxPercent: fc.oneof(fc.constantFrom(0, 5, 18), fc.double({ min: 0, max: 50, noNaN: true })),
})
const running: PromoFacts = {
  kind: 'PERCENT',
  percent: 20,
  amountMinor: null,
  capMinor: null,
  minBaseMinor: 0,
  startsAt: new Date('2027-01-01'),
  endsAt: new Date('2028-01-01'),
  maxUses: null,
  maxUsesPerUser: null,
  active: true,
  movie: null,
  theatre: null,
  uses: 0,
  usesByUser: 0,
}
const promo: fc.Arbitrary<PromoFacts | null> = fc.oneof(
  fc.constant(null),
  fc
    .record({
      percent: fc.integer({ min: 1, max: 100 }),
      capMinor: fc.option(fc.integer({ min: 1, max: 60_000 })),
      minBaseMinor: fc.integer({ min: 0, max: 80_000 }),
    })
    .map((given) => ({ ...running, ...given })),
  fc
    .record({ amountMinor: fc.integer({ min: 1, max: 300_000 }), minBaseMinor: fc.integer({ min: 0, max: 80_000 }) })
    .map((given): PromoFacts => ({ ...running, kind: 'FLAT', percent: null, ...given })),
)
const voucherMinor = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 400_000 }))
const priced = (seats: { priceMinor: number; section: string }[]) =>
  seats.map((seat) => ({ ...seat, sectionName: seat.section }))

test('what is shown is what is stored, invoiced and charged, for any cart, rates, code and voucher', () => {
  fc.assert(
    fc.property(cart, rates, promo, voucherMinor, (chosen, rate, code, voucher) => {
      const seats = priced(chosen)
      const plain = quoteSeats(rate, seats)
      const { discountMinor, problem } = evaluatePromo(code, { ...HERE, baseMinor: plain.baseMinor })
      const quote = quoteSeats(rate, seats, { discountMinor, voucherMinor: voucher })

      // The first number, without any code, is the same computation.
      expect(quoteSeats(rate, seats, {})).toEqual(plain)
      if (problem) expect(discountMinor).toBe(0)
      expect(quote.totalMinor).toBeLessThanOrEqual(plain.totalMinor)

      // Parts add up, in whole paise, and nobody pays with more than there is.
      expect(quote.lines.reduce((sum, line) => sum + line.totalMinor, 0)).toBe(quote.baseMinor)
      expect(quote.baseMinor - quote.discountMinor + quote.convenienceFeeMinor + quote.taxMinor).toBe(quote.totalMinor)
      expect(quote.totalMinor - quote.voucherMinor - quote.creditMinor).toBe(quote.toPayMinor)
      expect(quote.discountMinor).toBeLessThanOrEqual(quote.baseMinor)
      expect(quote.voucherMinor).toBeLessThanOrEqual(voucher)
      for (const part of Object.values(quote)) if (typeof part === 'number') expect(part).toBeGreaterThanOrEqual(0)
      expect([quote.totalMinor, quote.voucherMinor, quote.toPayMinor].every(Number.isInteger)).toBe(true)

      // A gateway takes it: nothing, or a rupee and more, unless the seats themselves cost less than that.
      if (plain.totalMinor >= LEAST_CHARGE_MINOR && quote.toPayMinor > 0)
        expect(quote.toPayMinor).toBeGreaterThanOrEqual(LEAST_CHARGE_MINOR)

      // The booking's row gives the same quote back, whatever the rates have become since.
      expect(storedQuote(seats, quote)).toEqual(quote)

      // So does the invoice.
      const invoiced = invoiceAmounts(
        quote,
        seats.map((seat, i) => ({ ...seat, seat: i, label: `A${i + 1}` })),
        true,
      )
      const listed = invoiced.lines.reduce((sum, line) => sum + line.totalMinor, 0)
      expect(listed + invoiced.taxes.reduce((sum, tax) => sum + tax.amountMinor, 0)).toBe(quote.totalMinor)

      // Nor does the order of the seats, or asking again, change it.
      expect(quoteSeats(rate, seats.toReversed(), { discountMinor, voucherMinor: voucher }).toPayMinor).toBe(
        quote.toPayMinor,
      )
    }),
    { numRuns: 5_000 },
  )
})

test('a percentage stops at its cap, a flat sum at the base, and neither helps below its minimum', () => {
  fc.assert(
    fc.property(promo, fc.integer({ min: 0, max: 2_000_000 }), (code, baseMinor) => {
      const { discountMinor, problem } = evaluatePromo(code, { ...HERE, baseMinor })
      expect(discountMinor > 0).toBe(problem === null)
      if (!code || baseMinor < code.minBaseMinor) expect(discountMinor).toBe(0)
      if (!code || problem) return
      const left = baseMinor - discountMinor
      if (left > 0) {
        expect(left).toBeGreaterThanOrEqual(LEAST_CHARGE_MINOR)
        if (code.kind === 'FLAT') expect(discountMinor).toBe(code.amountMinor)
        if (code.capMinor !== null) expect(discountMinor).toBeLessThanOrEqual(code.capMinor)
        if (code.percent !== null) expect(discountMinor).toBeLessThanOrEqual((baseMinor * code.percent) / 100 + 0.5)
      }
    }),
    { numRuns: 3_000 },
  )
})

test.each([
  ['unknown', null, /not valid\. Check/],
  ['stopped', { active: false }, /not valid\. Check/],
  ['not yet', { startsAt: new Date('2027-04-01T06:30:00Z') }, /valid from 1 April 2027/],
  ['over', { endsAt: NOW }, /has ended/],
  ['another film', { movie: { id: 'other', title: 'Double Chai' } }, /for Double Chai only/],
  ['another cinema', { theatre: { id: 'other', name: 'Regal Talkies' } }, /for Regal Talkies only/],
  ['too little', { minBaseMinor: 40_001 }, /₹400\.01 or more/],
  ['used up', { maxUses: 5, uses: 5 }, /used up/],
  ['used by you', { maxUsesPerUser: 1, usesByUser: 1, maxUses: 1, uses: 1 }, /one person/],
  ['of nothing', { percent: 1, capMinor: null }, null],
] as const)('a code that is %s says so', (_, change, words) => {
  const facts = change && ({ ...running, ...change } as PromoFacts)
  const { problem, discountMinor } = evaluatePromo(facts, { ...HERE, baseMinor: 40_000 })
  if (words === null) expect([problem, discountMinor]).toEqual([null, 400])
  else expect([problem, discountMinor]).toEqual([expect.stringMatching(words), 0])
})

test('the last moment of a code is inside, its end is not', () => {
  const at = (endsAt: string) => evaluatePromo({ ...running, endsAt: new Date(endsAt) }, { ...HERE, baseMinor: 100_00 })
  expect(at('2027-03-06T12:00:00.001Z').problem).toBeNull()
  expect(at('2027-03-06T12:00:00.000Z').problem).not.toBeNull()
})
