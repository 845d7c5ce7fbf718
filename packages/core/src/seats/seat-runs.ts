import type { LayoutSeatEntry } from './layout.ts'

/** Seats that sit side by side with nothing between: same row, one seat width apart. An aisle ends a run. */
export function adjacentGroups(seats: LayoutSeatEntry[]): LayoutSeatEntry[][] {
  const groups: LayoutSeatEntry[][] = []
  const sorted = seats.toSorted((a, b) => a.y - b.y || (a.row < b.row ? -1 : a.row > b.row ? 1 : 0) || a.x - b.x)
  for (const seat of sorted) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    if (group && last && last.row === seat.row && seat.x - last.x < 1.5) group.push(seat)
    else groups.push([seat])
  }
  return groups
}

/** Maximal stretches of seats that `free` says yes to. */
export function freeRuns(seats: LayoutSeatEntry[], free: (index: number) => boolean): LayoutSeatEntry[][] {
  const runs: LayoutSeatEntry[][] = []
  for (const group of adjacentGroups(seats)) {
    let run: LayoutSeatEntry[] = []
    for (const seat of group) {
      if (free(seat.index)) run.push(seat)
      else if (run.length > 0) {
        runs.push(run)
        run = []
      }
    }
    if (run.length > 0) runs.push(run)
  }
  return runs
}

/** A couple's two seats are sold together: the partner of each. Pairs are counted along the row. */
export function couplePartners(seats: LayoutSeatEntry[]): Map<number, number> {
  const partners = new Map<number, number>()
  for (const group of adjacentGroups(seats)) {
    const couples = group.filter((seat) => seat.kind === 'COUPLE')
    for (let i = 0; i + 1 < couples.length; i += 2) {
      partners.set(couples[i]!.index, couples[i + 1]!.index)
      partners.set(couples[i + 1]!.index, couples[i]!.index)
    }
  }
  return partners
}
