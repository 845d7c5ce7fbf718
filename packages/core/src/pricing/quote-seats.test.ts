import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quoteSeats } from './quote-seats.ts'

const rates = { convenienceFeePercent: 6, feeTaxPercent: 18 }
const seat = (priceMinor: number, section = 'premium') => ({ section, sectionName: section, priceMinor })

test('two premium seats cost what the map says: 700.00 + 42.00 + 7.56', () => {
  expect(quoteSeats(rates, [seat(35_000), seat(35_000)])).toMatchObject({
    baseMinor: 70_000,
    convenienceFeeMinor: 4_200,
    taxMinor: 756,
    totalMinor: 74_956,
    lines: [{ section: 'premium', count: 2, eachMinor: 35_000, totalMinor: 70_000 }],
  })
})

test('the parts always add up, in whole paise, whatever the order of the seats', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ price: fc.integer({ min: 0, max: 500_000 }), section: fc.constantFrom('a', 'b', 'c') }), {
        minLength: 1,
        maxLength: 10,
      }),
      fc.double({ min: 0, max: 50, noNaN: true }),
      fc.double({ min: 0, max: 50, noNaN: true }),
      (picked, fee, tax) => {
        const seats = picked.map((p) => seat(p.price, p.section))
        const quote = quoteSeats({ convenienceFeePercent: fee, feeTaxPercent: tax }, seats)
        expect(quote.lines.reduce((sum, line) => sum + line.totalMinor, 0)).toBe(quote.baseMinor)
        expect(quote.totalMinor).toBe(quote.baseMinor + quote.convenienceFeeMinor + quote.taxMinor)
        expect(Number.isInteger(quote.totalMinor)).toBe(true)
        expect(quoteSeats({ convenienceFeePercent: fee, feeTaxPercent: tax }, seats.toReversed()).totalMinor).toBe(
          quote.totalMinor,
        )
      },
    ),
  )
})

test('a credit that is a paisa short, or over, pays it all: no gateway charges or gives back less than a rupee', () => {
  const two = [seat(31_000), seat(31_000)] // 620.00 + 37.20 + 6.70
  expect(quoteSeats(rates, two)).toMatchObject({ convenienceFeeMinor: 3_720, totalMinor: 66_390 })
  for (const creditMinor of [66_389, 66_391, 66_390 - 99, 66_390 + 99]) {
    const quote = quoteSeats(rates, two, { creditMinor })
    expect(quote).toMatchObject({ baseMinor: 62_000, totalMinor: creditMinor, creditMinor, toPayMinor: 0 })
    expect(quote.baseMinor + quote.convenienceFeeMinor + quote.taxMinor).toBe(creditMinor)
  }
  expect(quoteSeats(rates, two, { creditMinor: 66_290 })).toMatchObject({ totalMinor: 66_390, toPayMinor: 100 })
  expect(quoteSeats(rates, two, { creditMinor: 70_000 })).toMatchObject({ totalMinor: 66_390, toPayMinor: 0 })
  // Without a fee there is nothing to take it from; it is charged as it is.
  const free = { convenienceFeePercent: 0, feeTaxPercent: 18 }
  expect(quoteSeats(free, [seat(10_000)], { creditMinor: 9_990 })).toMatchObject({ totalMinor: 10_000, toPayMinor: 10 })
})
