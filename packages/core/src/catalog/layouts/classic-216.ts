import type { SeatLayoutDefinition } from '@marquee/contracts/seats'
import { accessibleEnds, rowOfSeats } from './row-of-seats.ts'

/** Twelve rows of eighteen; the screen is at row L, and the dearer half A to F sits at the back. */
export function classic216(): SeatLayoutDefinition {
  const front = [...'LKJIHG'].map((label, i) =>
    rowOfSeats({
      label,
      section: 'regular',
      y: i,
      blocks: [4, 10, 4],
      ...(label === 'L' ? { special: accessibleEnds(18) } : {}),
    }),
  )
  const back = [...'FEDCBA'].map((label, i) =>
    rowOfSeats({ label, section: 'premium', y: 7 + i, blocks: [4, 10, 4], kind: 'PREMIUM' }),
  )
  return {
    name: 'Classic 216',
    width: 20,
    height: 13,
    sections: [
      { id: 'premium', name: 'Premium', premium: true },
      { id: 'regular', name: 'Regular', premium: false },
    ],
    rows: [...front, ...back],
  }
}
