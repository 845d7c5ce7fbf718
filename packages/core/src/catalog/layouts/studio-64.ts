import type { SeatLayoutDefinition } from '@marquee/contracts/seats'
import { accessibleEnds, rowOfSeats } from './row-of-seats.ts'

/** A small room: stalls, two rows of recliners on wider spacing, and four sofas for two along the back wall. */
export function studio64(): SeatLayoutDefinition {
  const stalls = [...'ABCD'].map((label, i) =>
    rowOfSeats({
      label,
      section: 'stalls',
      y: i,
      blocks: [2, 6, 2],
      ...(label === 'A' ? { special: accessibleEnds(10) } : {}),
    }),
  )
  const recliners = [...'EF'].map((label, i) =>
    rowOfSeats({ label, section: 'recliner', y: 5 + i * 1.25, x: 1, blocks: [2, 4, 2], kind: 'PREMIUM' }),
  )
  const sofas = rowOfSeats({
    label: 'G',
    section: 'couple',
    y: 8.5,
    x: 0.5,
    blocks: [2, 2, 2, 2],
    kind: 'COUPLE',
  })
  return {
    name: 'Studio 64',
    width: 12,
    height: 9.5,
    sections: [
      { id: 'stalls', name: 'Stalls', premium: false },
      { id: 'recliner', name: 'Recliner', premium: true },
      { id: 'couple', name: 'Couple sofa', premium: true },
    ],
    rows: [...stalls, ...recliners, sofas],
  }
}
