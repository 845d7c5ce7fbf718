import type { LayoutRow, SeatKind, SeatLayoutDefinition } from '@marquee/contracts/seats'
import { rowOfSeats } from './row-of-seats.ts'

/** Total seats of each row, front to back; the widths make the hall fan out and close again under the roof. */
const STALLS = [28, 30, 32, 34, 36, 36, 38, 38]
const ROYAL = [40, 40, 40, 40, 40, 40, 40, 40, 40]
const CIRCLE = [44, 44, 44, 44, 44, 44]
const BALCONY = [40, 40, 38, 34, 28, 24]
const CENTRE_BLOCK = 18
const WIDTH = 48

/** A single-screen palace of 1,100: stalls, royal stalls, dress circle and balcony around one straight centre block. */
export function grand1100(): SeatLayoutDefinition {
  const labels = [...'ABCDEFGHJKLMNPQRS']
  const stalls = STALLS.map((seats, i) => fanRow(labels[i]!, 'stalls', i, seats))
  const royal = ROYAL.map((seats, i) => {
    const label = labels[STALLS.length + i]!
    return fanRow(label, 'royal', 9 + i, seats, 'PREMIUM', label === 'S' ? levelEntry(seats) : {})
  })
  const circle = CIRCLE.map((seats, i) => fanRow(`A${'ABCDEF'[i]}`, 'circle', 20 + i, seats, 'PREMIUM'))
  const balcony = BALCONY.map((seats, i) => fanRow(`B${'ABCDEF'[i]}`, 'balcony', 27.5 + i, seats))
  return {
    name: 'Grand 1100',
    width: WIDTH,
    height: 33.5,
    sections: [
      { id: 'stalls', name: 'Stalls', premium: false },
      { id: 'royal', name: 'Royal stalls', premium: true },
      { id: 'circle', name: 'Dress circle', premium: true },
      { id: 'balcony', name: 'Balcony', premium: false },
    ],
    rows: [...stalls, ...royal, ...circle, ...balcony],
  }
}

/** Centred on the hall: the two aisles run straight, and each longer row reaches further out at both sides. */
function fanRow(
  label: string,
  section: string,
  y: number,
  seats: number,
  kind: SeatKind = 'STANDARD',
  special: Record<number, SeatKind> = {},
): LayoutRow {
  const side = (seats - CENTRE_BLOCK) / 2
  return rowOfSeats({
    label,
    section,
    y,
    blocks: [side, CENTRE_BLOCK, side],
    aisle: 1.5,
    x: (WIDTH - seats - 3) / 2,
    kind,
    special,
  })
}

/** The last row of the stalls is reached without a step: two wheelchair spaces at each end, each with its companion. */
const levelEntry = (seats: number): Record<number, SeatKind> => ({
  1: 'WHEELCHAIR',
  2: 'COMPANION',
  3: 'COMPANION',
  4: 'WHEELCHAIR',
  [seats - 3]: 'WHEELCHAIR',
  [seats - 2]: 'COMPANION',
  [seats - 1]: 'COMPANION',
  [seats]: 'WHEELCHAIR',
})
