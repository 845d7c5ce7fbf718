import type { LayoutSeatEntry } from '../seats/layout.ts'
import { type Chance, pickWeighted } from './stable.ts'

const PARTIES = [
  { size: 1, weight: 14 },
  { size: 2, weight: 42 },
  { size: 3, weight: 16 },
  { size: 4, weight: 18 },
  { size: 5, weight: 5 },
  { size: 6, weight: 5 },
]
const TRIES = 10

export type SoldParty = number[]

/**
 * Which seats a public would have taken: parties side by side, thickest around the middle of the hall about two thirds
 * back, sofas in pairs. Wheelchair spaces and their companion seats go only when the house is full.
 * Returns seat indexes by party.
 */
export function sellSeats(next: Chance, seats: LayoutSeatEntry[], occupancy: number): SoldParty[] {
  if (occupancy >= 1) return runs(seats, () => true).flatMap((run) => inParties(next, run))
  const rows = Map.groupBy(seats, (seat) => seat.row)
  const depth = Math.max(...seats.map((seat) => seat.y)) + 1
  const width = Math.max(...seats.map((seat) => seat.x)) + 1
  const popularity = new Map(
    [...rows].map(([row, [first]]) => [row, Math.exp(-(((first!.y / depth - 0.66) / 0.3) ** 2))]),
  )
  const rowNames = [...rows.keys()]
  const wanted = Math.round(seats.length * occupancy)
  const taken = new Set<number>()
  const parties: SoldParty[] = []
  const isFree = (seat: LayoutSeatEntry) =>
    !taken.has(seat.index) && seat.kind !== 'WHEELCHAIR' && seat.kind !== 'COMPANION'
  while (taken.size < wanted) {
    let size = pickWeighted(next, PARTIES, (one) => one.weight)!.size
    let party: LayoutSeatEntry[] | undefined
    for (let attempt = 0; attempt < TRIES && !party; attempt++) {
      const row = rows.get(pickWeighted(next, rowNames, (name) => popularity.get(name)! + 0.04)!)!
      if (row[0]!.kind === 'COUPLE') size = 2
      // The sum of three throws leans to the middle.
      const aim = ((next() + next() + next()) / 3) * width
      party = closest(runs(row, isFree), size, aim)
    }
    party ??= closest(runs(seats, isFree), 1, width / 2)
    if (!party) break
    for (const seat of party) taken.add(seat.index)
    parties.push(party.map((seat) => seat.index))
  }
  return parties
}

/** Unbroken stretches of neighbours that satisfy `free`; an aisle breaks them, and so does the arm of a sofa. */
function runs(seats: LayoutSeatEntry[], free: (seat: LayoutSeatEntry) => boolean): LayoutSeatEntry[][] {
  const found: LayoutSeatEntry[][] = []
  let previous: LayoutSeatEntry | undefined
  for (const seat of seats) {
    if (!free(seat)) {
      previous = undefined
      continue
    }
    const joined = previous && previous.row === seat.row && seat.x - previous.x <= 1
    if (joined) found.at(-1)!.push(seat)
    else found.push([seat])
    previous = seat
  }
  return found
}

function closest(stretches: LayoutSeatEntry[][], size: number, aim: number): LayoutSeatEntry[] | undefined {
  let best: { seats: LayoutSeatEntry[]; distance: number } | undefined
  for (const stretch of stretches) {
    for (let from = 0; from + size <= stretch.length; from++) {
      const distance = Math.abs(stretch[from]!.x + size / 2 - aim)
      if (!best || distance < best.distance) best = { seats: stretch.slice(from, from + size), distance }
    }
  }
  return best?.seats
}

function inParties(next: Chance, run: LayoutSeatEntry[]): SoldParty[] {
  const parties: SoldParty[] = []
  for (let from = 0; from < run.length; ) {
    const left = run.length - from
    const size = left <= 4 ? left : 2 + Math.floor(next() * 3)
    parties.push(run.slice(from, from + size).map((seat) => seat.index))
    from += size
  }
  return parties
}

/** Share of the house sold so many days ahead: a few sold out, some filling fast, most lightly sold. */
export function demandFor(
  next: Chance,
  slot: { daysAhead: number; startMinute: number; weekend: boolean; draw: number; seatCount: number },
): number {
  const fortune = next()
  const evening = slot.startMinute >= 17 * 60 && slot.startMinute < 22 * 60
  if (slot.daysAhead <= 1 && evening && slot.seatCount < 300) {
    if (fortune < 0.05) return 1
    if (fortune < 0.2) return 0.74 + next() * 0.18
  }
  const byDay = [0.34, 0.18, 0.13, 0.09, 0.07, 0.06, 0.05][slot.daysAhead] ?? 0.03
  const byTime = slot.startMinute < 12 * 60 ? 0.5 : evening ? 1.35 : 0.9
  const share = byDay * byTime * (slot.weekend ? 1.2 : 0.95) * (0.5 + slot.draw / 2) * (0.4 + next() * 1.2)
  return Math.min(0.68, slot.seatCount > 1_000 ? share * 0.6 : share)
}
