import type { LayoutRow, LayoutSeat, SeatKind } from '@marquee/contracts/seats'

export type RowPlan = {
  label: string
  section: string
  y: number
  /** Seats in each block from the left; between two blocks runs an aisle. */
  blocks: number[]
  /** Where the first seat stands, in seat widths from the left. */
  x?: number
  /** Aisle width in seat widths. */
  aisle?: number
  kind?: SeatKind
  /** Seats of another kind, by number. */
  special?: Record<number, SeatKind>
}

/** One row, numbered from 1 at the left. */
export function rowOfSeats({
  label,
  section,
  y,
  blocks,
  x = 0,
  aisle = 1,
  kind = 'STANDARD',
  special = {},
}: RowPlan): LayoutRow {
  const seats: LayoutSeat[] = []
  let at = x
  for (const block of blocks) {
    for (let i = 0; i < block; i++) {
      const number = seats.length + 1
      const seatKind = special[number] ?? kind
      seats.push({ number, x: at, ...(seatKind === 'STANDARD' ? {} : { kind: seatKind }) })
      at += 1
    }
    at += aisle
  }
  return { label, section, y, seats }
}

/** A wheelchair space at each end with its companion seat beside it. */
export const accessibleEnds = (count: number): Record<number, SeatKind> => ({
  1: 'WHEELCHAIR',
  2: 'COMPANION',
  [count - 1]: 'COMPANION',
  [count]: 'WHEELCHAIR',
})
