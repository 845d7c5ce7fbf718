import type { LayoutSeatEntry } from './layout.ts'
import { freeRuns } from './seat-runs.ts'

type Hall = { seats: LayoutSeatEntry[]; free: (index: number) => boolean }

/**
 * Single seats that this selection would strand: free, with nobody free beside them any more, although somebody was
 * before. `free` counts the selection's own seats as free.
 */
export function findOrphans(hall: Hall, selection: number[]): number[] {
  const chosen = new Set(selection)
  const before = new Map(
    freeRuns(hall.seats, hall.free).flatMap((run) => run.map((seat) => [seat.index, run] as const)),
  )
  return freeRuns(hall.seats, (index) => hall.free(index) && !chosen.has(index))
    .filter((run) => run.length === 1 && run[0]!.kind !== 'WHEELCHAIR' && run[0]!.kind !== 'COMPANION')
    .map((run) => run[0]!.index)
    .filter((index) => {
      const run = before.get(index)
      // Stranded by us only if its neighbours went into this selection.
      return run !== undefined && run.length > 1 && run.some((seat) => chosen.has(seat.index))
    })
}

/**
 * The same number of seats, as near as possible, that strands nobody: the selection moved along its run. Null when
 * every place in it strands somebody (then nobody is refused).
 */
export function nearestWithoutOrphans(hall: Hall, selection: number[]): number[] | null {
  const chosen = new Set(selection)
  const runs = freeRuns(hall.seats, hall.free)
  const touched = runs.filter((run) => run.some((seat) => chosen.has(seat.index)))
  const moved: number[] = []
  for (const run of touched) {
    const mine = run.filter((seat) => chosen.has(seat.index))
    const from = run.indexOf(mine[0]!)
    const better = Array.from({ length: run.length - mine.length + 1 }, (_, i) => i)
      .toSorted((a, b) => Math.abs(a - from) - Math.abs(b - from))
      .map((i) => run.slice(i, i + mine.length).map((seat) => seat.index))
      .find((window) => findOrphans(hall, window).length === 0)
    if (!better) return null
    moved.push(...better)
  }
  return moved.length === selection.length ? moved.toSorted((a, b) => a - b) : null
}
