import type { Quote } from '@marquee/contracts/pricing'
import type { Config } from '../config.ts'
import { percentOf } from '../money.ts'

export type PricedSeat = { section: string; sectionName: string; priceMinor: number }

/**
 * What these seats cost, all in: base, convenience fee on the base, tax on the fee. Integer minor units, half up.
 * Pure: the same seats and rates give the same total on the map, at checkout and at the gateway.
 */
export function quoteSeats(rates: Config['pricing'], seats: PricedSeat[]): Quote {
  const lines = new Map<string, Quote['lines'][number]>()
  for (const seat of seats) {
    const key = `${seat.section} ${seat.priceMinor}`
    const line = lines.get(key) ?? {
      section: seat.section,
      name: seat.sectionName,
      count: 0,
      eachMinor: seat.priceMinor,
      totalMinor: 0,
    }
    line.count += 1
    line.totalMinor += seat.priceMinor
    lines.set(key, line)
  }
  const baseMinor = seats.reduce((sum, seat) => sum + seat.priceMinor, 0)
  const convenienceFeeMinor = percentOf(baseMinor, rates.convenienceFeePercent)
  const taxMinor = percentOf(convenienceFeeMinor, rates.feeTaxPercent)
  return {
    currency: 'INR',
    lines: [...lines.values()],
    baseMinor,
    convenienceFeeMinor,
    taxMinor,
    taxPercent: rates.feeTaxPercent,
    totalMinor: baseMinor + convenienceFeeMinor + taxMinor,
  }
}
