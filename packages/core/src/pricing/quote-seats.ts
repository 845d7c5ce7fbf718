import type { Quote } from '@marquee/contracts/pricing'
import type { Config } from '../config.ts'
import { percentOf } from '../money.ts'

export type PricedSeat = { section: string; sectionName: string; priceMinor: number }

/** Gateways charge one rupee or more. What a voucher would leave below that, it leaves to be charged in full. */
export const LEAST_CHARGE_MINOR = 100

/** What makes it cheaper, and what pays for it besides the card. Minor units; more than there is to take off counts as that much. */
export type Reductions = { discountMinor?: number; voucherMinor?: number; creditMinor?: number }

/**
 * What these seats cost, all in: base less discount, convenience fee on what is left, tax on the fee. Integer minor
 * units, half up. Pure: the same seats, rates and reductions give the same price on the map, at checkout and at the gateway.
 */
export function quoteSeats(rates: Config['pricing'], seats: PricedSeat[], reductions: Reductions = {}): Quote {
  const lines: Quote['lines'] = []
  let baseMinor = 0
  for (const { section, sectionName, priceMinor } of seats) {
    let line = lines.find((one) => one.section === section && one.eachMinor === priceMinor)
    if (!line) {
      line = { section, name: sectionName, count: 0, eachMinor: priceMinor, totalMinor: 0 }
      lines.push(line)
    }
    line.count += 1
    line.totalMinor += priceMinor
    baseMinor += priceMinor
  }
  // The same for the same seats, in whichever order they were chosen.
  if (lines.length > 1) lines.sort((a, b) => a.eachMinor - b.eachMinor || (a.section < b.section ? -1 : 1))
  const discountMinor = Math.min(reductions.discountMinor ?? 0, baseMinor)
  const feeMinor = percentOf(baseMinor - discountMinor, rates.convenienceFeePercent)
  const taxMinor = percentOf(feeMinor, rates.feeTaxPercent)
  const dustMinor = dust(baseMinor - discountMinor + feeMinor + taxMinor, reductions.creditMinor ?? 0, feeMinor)
  const convenienceFeeMinor = feeMinor - dustMinor
  const totalMinor = baseMinor - discountMinor + convenienceFeeMinor + taxMinor
  const creditMinor = Math.min(reductions.creditMinor ?? 0, totalMinor)
  const owedMinor = totalMinor - creditMinor
  const voucherMinor = fromVoucher(owedMinor, reductions.voucherMinor ?? 0)
  return {
    currency: 'INR',
    lines,
    baseMinor,
    discountMinor,
    convenienceFeeMinor,
    taxMinor,
    taxPercent: rates.feeTaxPercent,
    totalMinor,
    voucherMinor,
    creditMinor,
    toPayMinor: owedMinor - voucherMinor,
  }
}

function fromVoucher(owedMinor: number, balanceMinor: number): number {
  if (balanceMinor >= owedMinor) return owedMinor
  return Math.max(0, Math.min(balanceMinor, owedMinor - LEAST_CHARGE_MINOR))
}

/**
 * What a move costs more (or less, below 0) than it is worth, when that is too little to be charged or given back: the
 * fee takes it. It comes of rounding only: the share of two seats in the fee of three is not the fee of two.
 */
function dust(totalMinor: number, creditMinor: number, feeMinor: number): number {
  const apart = totalMinor - creditMinor
  return creditMinor > 0 && Math.abs(apart) < LEAST_CHARGE_MINOR && apart <= feeMinor ? apart : 0
}
