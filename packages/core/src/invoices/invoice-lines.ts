import type { InvoiceData } from '@marquee/contracts/invoices'

// Pure: what is on an invoice and on a credit note, to the paisa.

export type Line = InvoiceData['lines'][number]
export type Tax = InvoiceData['taxes'][number]
export type Amounts = Pick<
  InvoiceData,
  'lines' | 'taxes' | 'baseMinor' | 'discountMinor' | 'convenienceFeeMinor' | 'taxMinor' | 'taxPercent' | 'totalMinor'
>
export type InvoicedSeat = { seat: number; label: string; section: string; priceMinor: number }
export type Sums = {
  baseMinor: number
  discountMinor: number
  convenienceFeeMinor: number
  taxMinor: number
  taxPercent: number
  totalMinor: number
}
export type GivenBack = {
  seats: number[]
  /** Everything given back; of it, for the seats themselves. The rest is fee and tax. */
  totalMinor: number
  forSeatsMinor: number
  /** In words, how the seats' part was reckoned; empty when it is all of their price. */
  note: string
}

/** Services accounting code of booking seats at a cinema for somebody. */
const SAC_RESERVATION = '998554'
const FEE = 'Convenience fee'

/** Everything that was bought. Lines and taxes add up to the booking's total. */
export function invoiceAmounts(booking: Sums, seats: InvoicedSeat[], sameState: boolean): Amounts {
  const lines = seatLines(seats, (group) => group.totalMinor)
  if (booking.discountMinor > 0)
    lines.push(plainLine('Discount', 'Off the seats, by a promo code', -booking.discountMinor))
  if (booking.convenienceFeeMinor > 0) lines.push(feeLine(booking.convenienceFeeMinor))
  const { baseMinor, discountMinor, convenienceFeeMinor, taxMinor, taxPercent, totalMinor } = booking
  return {
    lines,
    taxes: taxLines(taxMinor, taxPercent, sameState),
    baseMinor,
    discountMinor,
    convenienceFeeMinor,
    taxMinor,
    taxPercent,
    totalMinor,
  }
}

/** What a cancellation gives back, adding up to it. Fee and tax are in the proportion they were paid in. */
export function creditNoteAmounts(booking: Sums, back: GivenBack, seats: InvoicedSeat[], sameState: boolean): Amounts {
  const { forSeatsMinor: forSeats } = back
  const rest = back.totalMinor - forSeats
  const { convenienceFeeMinor: fee, taxMinor: tax, taxPercent } = booking
  const taxBack = fee + tax > 0 ? Math.round((rest * tax) / (fee + tax)) : 0
  const feeBack = rest - taxBack
  const cancelled = seats.filter(({ seat }) => back.seats.includes(seat))
  const groups = groupSeats(cancelled)
  const shares = share(
    forSeats,
    groups.map((group) => group.totalMinor),
  )
  const lines = seatLines(cancelled, (_group, i) => shares[i] ?? 0, back.note)
  if (feeBack > 0) lines.push(feeLine(feeBack))
  return {
    lines,
    taxes: taxLines(taxBack, taxPercent, sameState),
    baseMinor: forSeats,
    discountMinor: 0,
    convenienceFeeMinor: feeBack,
    taxMinor: taxBack,
    taxPercent,
    totalMinor: back.totalMinor,
  }
}

/** Within one state the tax is halved between union and state, the odd paisa to the state; across a border it is one. */
export function taxLines(taxMinor: number, taxPercent: number, sameState: boolean): Tax[] {
  if (taxMinor === 0) return []
  if (!sameState) return [{ name: 'IGST', percent: taxPercent, amountMinor: taxMinor }]
  const half = Math.floor(taxMinor / 2)
  return [
    { name: 'CGST', percent: taxPercent / 2, amountMinor: half },
    { name: 'SGST', percent: taxPercent / 2, amountMinor: taxMinor - half },
  ]
}

type Group = { section: string; priceMinor: number; labels: string[]; totalMinor: number }

/** By section and price, in seat order. */
function groupSeats(seats: InvoicedSeat[]): Group[] {
  const groups = Map.groupBy(seats, (seat) => `${seat.priceMinor} ${seat.section}`)
  return [...groups.values()].map((group) => ({
    section: group[0]!.section,
    priceMinor: group[0]!.priceMinor,
    labels: group.map((seat) => seat.label),
    totalMinor: group.reduce((sum, seat) => sum + seat.priceMinor, 0),
  }))
}

const seatLines = (seats: InvoicedSeat[], totalOf: (group: Group, i: number) => number, note = ''): Line[] =>
  groupSeats(seats).map((group, i) => {
    const quantity = group.labels.length
    const totalMinor = totalOf(group, i)
    const detail = [group.labels.join(', '), note].filter(Boolean).join(' · ')
    const eachMinor = totalMinor % quantity === 0 ? totalMinor / quantity : null
    return {
      what: `${group.section} seat${quantity > 1 ? 's' : ''}`,
      detail,
      sac: null,
      quantity,
      eachMinor,
      totalMinor,
    }
  })

const plainLine = (what: string, detail: string, totalMinor: number): Line => ({
  what,
  detail,
  sac: null,
  quantity: 1,
  eachMinor: totalMinor,
  totalMinor,
})
const feeLine = (totalMinor: number): Line => ({ ...plainLine(FEE, '', totalMinor), sac: SAC_RESERVATION })

/** Splits an amount by weights; what rounding leaves goes to the largest remainders, so that nothing is lost. */
export function share(amountMinor: number, weights: number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  if (whole === 0) return weights.map((_, i) => (i === 0 ? amountMinor : 0))
  const exact = weights.map((weight) => (amountMinor * weight) / whole)
  const parts = exact.map(Math.floor)
  const left = amountMinor - parts.reduce((sum, part) => sum + part, 0)
  const byRemainder = exact
    .map((value, i) => ({ i, remainder: value - parts[i]! }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i)
  for (const { i } of byRemainder.slice(0, left)) parts[i]! += 1
  return parts
}
