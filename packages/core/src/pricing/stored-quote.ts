import type { Quote } from '@marquee/contracts/pricing'
import { type PricedSeat, quoteSeats } from './quote-seats.ts'

const SUMS = [
  'baseMinor',
  'discountMinor',
  'convenienceFeeMinor',
  'taxMinor',
  'taxPercent',
  'totalMinor',
  'voucherMinor',
  'creditMinor',
] as const

export type StoredSums = Pick<Quote, (typeof SUMS)[number]>

/** The quote of a booking: lines from its seats, sums as they were charged. A later change of rates never rewrites them. */
export function storedQuote(seats: PricedSeat[], row: StoredSums): Quote {
  const { currency, lines } = quoteSeats({ convenienceFeePercent: 0, feeTaxPercent: 0 }, seats)
  const sums = Object.fromEntries(SUMS.map((name) => [name, row[name]])) as StoredSums
  return { currency, lines, ...sums, toPayMinor: row.totalMinor - row.voucherMinor - row.creditMinor }
}
