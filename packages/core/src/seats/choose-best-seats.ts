import type { BestSeats } from '@marquee/contracts/seats'
import type { LayoutSeatEntry } from './layout.ts'
import { couplePartners, freeRuns } from './seat-runs.ts'

type Hall = { seats: LayoutSeatEntry[]; free: (index: number) => boolean; section?: string | undefined }
type Choice = { seats: LayoutSeatEntry[]; orphans: number; distance: number }

/** Two thirds back, in the middle: where the sound and the picture are set up for. */
const FOCAL_DEPTH = 2 / 3
/** A row is worth a little less than a seat sideways: people sooner move back than off the centre. */
const ROW_WEIGHT = 0.8

/**
 * The best `count` free seats: together in one row, leaving nobody a single seat, nearest the focal point. If the hall
 * has none, a single seat may be left beside; if not that either, the party is split over as few rows as will do.
 * Wheelchair and companion places are left to those who need them. Null: not so many seats left.
 */
export function chooseBestSeats(hall: Hall, count: number): (BestSeats & { indexes: number[] }) | null {
  const focal = focalPoint(hall.seats)
  const partners = couplePartners(hall.seats)
  const wanted = (seat: LayoutSeatEntry) =>
    seat.kind !== 'WHEELCHAIR' &&
    seat.kind !== 'COMPANION' &&
    (hall.section === undefined || seat.section === hall.section)
  const runs = freeRuns(hall.seats, (index) => hall.free(index) && wanted(hall.seats[index]!))

  const choices = runs.flatMap((run) => windows(run, count, focal, partners))
  const whole = best(choices.filter((c) => c.orphans === 0)) ?? best(choices)
  if (whole) {
    const relaxed = whole.orphans === 0 ? 'none' : 'orphan'
    return {
      ...describe(whole.seats),
      relaxed,
      reason: `${place(whole, focal)}${relaxed === 'none' ? ' Nobody is left with a single seat beside you.' : ' A single seat is left beside you: the hall has no better group of this size.'}`,
    }
  }
  const split = splitParty(runs, count, focal, partners)
  if (!split) return null
  return {
    ...describe(split),
    relaxed: 'split',
    reason: `There are no ${count} seats side by side any more: these are as close together as they come.`,
  }
}

/** Every way to seat `count` in one run that does not part a couple's seats. */
function windows(run: LayoutSeatEntry[], count: number, focal: Point, partners: Map<number, number>): Choice[] {
  const found: Choice[] = []
  for (let i = 0; i + count <= run.length; i++) {
    const seats = run.slice(i, i + count)
    const taken = new Set(seats.map((s) => s.index))
    if (seats.some((s) => partners.has(s.index) && !taken.has(partners.get(s.index)!))) continue
    const [left, right] = [i, run.length - i - count]
    found.push({ seats, orphans: Number(left === 1) + Number(right === 1), distance: distance(seats, focal) })
  }
  return found
}

const best = (choices: Choice[]) => choices.toSorted((a, b) => a.orphans - b.orphans || a.distance - b.distance)[0]

/** Largest groups first, each as near to the seats already chosen as can be. */
function splitParty(
  runs: LayoutSeatEntry[][],
  count: number,
  focal: Point,
  partners: Map<number, number>,
): LayoutSeatEntry[] | null {
  const chosen: LayoutSeatEntry[] = []
  let centre = focal
  let left = runs
  while (chosen.length < count) {
    let next: Choice | undefined
    for (let size = count - chosen.length; size > 0 && !next; size--)
      next = best(left.flatMap((run) => windows(run, size, centre, partners)))
    if (!next) return null
    chosen.push(...next.seats)
    const taken = new Set(next.seats.map((s) => s.index))
    left = left.flatMap((run) => freeRuns(run, (index) => !taken.has(index)))
    centre = middle(chosen)
  }
  return chosen
}

type Point = { x: number; y: number }
const middle = (seats: LayoutSeatEntry[]): Point => ({
  x: seats.reduce((sum, s) => sum + s.x, 0) / seats.length,
  y: seats.reduce((sum, s) => sum + s.y, 0) / seats.length,
})
const distance = (seats: LayoutSeatEntry[], focal: Point) => {
  const at = middle(seats)
  return Math.hypot(at.x - focal.x, (at.y - focal.y) * ROW_WEIGHT)
}
function focalPoint(seats: LayoutSeatEntry[]): Point {
  const ys = seats.map((s) => s.y)
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
  return { x: middle(seats).x, y: top + (bottom - top) * FOCAL_DEPTH }
}

function describe(seats: LayoutSeatEntry[]) {
  const sorted = seats.toSorted((a, b) => a.index - b.index)
  return { indexes: sorted.map((s) => s.index), seatIds: sorted.map((s) => s.seatId) }
}

function place(choice: Choice, focal: Point): string {
  const at = middle(choice.seats)
  const together = choice.seats.length > 1 ? ', together' : ''
  const off = Math.abs(at.x - focal.x)
  const side =
    off <= 1 ? 'in the middle' : off <= 4 ? 'close to the middle' : at.x < focal.x ? 'to the left' : 'to the right'
  return `Row ${choice.seats[0]!.row}${together}, ${side}.`
}
