import type { SeatLayoutDefinition } from '@marquee/contracts/seats'
import { accessibleEnds, rowOfSeats } from './row-of-seats.ts'

/** A middling hall with one aisle down its centre; the letters I and O are left out, as in most halls. */
export function court134(): SeatLayoutDefinition {
  const silver = [...'ABC'].map((label, i) =>
    rowOfSeats({
      label,
      section: 'silver',
      y: i,
      x: 1,
      blocks: [6, 6],
      aisle: 1.5,
      ...(label === 'A' ? { special: accessibleEnds(12) } : {}),
    }),
  )
  const gold = [...'DEFG'].map((label, i) =>
    rowOfSeats({ label, section: 'gold', y: 4 + i, blocks: [7, 7], aisle: 1.5 }),
  )
  const platinum = [...'HJK'].map((label, i) =>
    rowOfSeats({ label, section: 'platinum', y: 9 + i, blocks: [7, 7], aisle: 1.5, kind: 'PREMIUM' }),
  )
  return {
    name: 'Court 134',
    width: 15.5,
    height: 12,
    sections: [
      { id: 'silver', name: 'Silver', premium: false },
      { id: 'gold', name: 'Gold', premium: false },
      { id: 'platinum', name: 'Platinum', premium: true },
    ],
    rows: [...silver, ...gold, ...platinum],
  }
}
