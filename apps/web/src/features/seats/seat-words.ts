import type { SeatKind } from '@marquee/contracts/seats'
import type { Hall, HallSeat } from './seat-geometry.ts'
import type { SeatLook } from './seat-status.ts'

const KIND: Record<SeatKind, string | null> = {
  STANDARD: null,
  PREMIUM: null,
  COUPLE: 'couple seat',
  WHEELCHAIR: 'wheelchair space',
  COMPANION: 'companion seat',
}

export function lookWords(look: SeatLook, backBy: string | null): string {
  switch (look) {
    case 'free':
      return 'free'
    case 'yours':
      return 'yours'
    case 'held':
      return backBy ? `being chosen by somebody, back by ${backBy} if not bought` : 'being chosen by somebody'
    case 'sold':
      return 'sold'
    case 'blocked':
      return 'not for sale'
  }
}

/** "Row F, seat 7, premium, ₹350, free" */
export function seatName(input: {
  seat: HallSeat
  sectionName: string
  price: string
  look: SeatLook
  backBy: string | null
}): string {
  const kind = KIND[input.seat.kind]
  const words = [`Row ${input.seat.row}`, `seat ${input.seat.number}`, input.sectionName.toLowerCase()]
  if (kind) words.push(kind)
  return [...words, input.price, lookWords(input.look, input.backBy)].join(', ')
}

/** "F9, F10" in the order of the hall, whatever order they were chosen in. */
export function seatList(hall: Hall, seatIds: readonly string[]): string {
  return inHallOrder(hall, seatIds).join(', ')
}

export function inHallOrder(hall: Hall, seatIds: readonly string[]): string[] {
  return [...seatIds].sort((one, other) => (hall.indexById.get(one) ?? 0) - (hall.indexById.get(other) ?? 0))
}

/** "F9", "F9 and F10", "F9, F10 and 3 more" */
export function shortList(seatIds: readonly string[], most = 4): string {
  if (seatIds.length <= 1) return seatIds[0] ?? ''
  const shown = seatIds.length <= most ? seatIds.slice(0, -1) : seatIds.slice(0, most - 1)
  const rest = seatIds.length <= most ? (seatIds.at(-1) ?? '') : `${seatIds.length - shown.length} more`
  return `${shown.join(', ')} and ${rest}`
}
