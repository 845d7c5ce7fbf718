import type { SeatKind, SeatLayoutDefinition } from '@marquee/contracts/seats'

/** Drawing units. One seat is 30 wide in a step of 36, so scale 1 gives the 28–32 px targets of a desktop. */
export const SEAT = 30
export const STEP = 36
export const ROW_STEP = 39
const SIDE = 34
const SCREEN_DEPTH = 82
const LABEL_DEPTH = 36
/** How much lower the ends of a row hang than its middle. */
const BEND = 12

export type HallSeat = {
  index: number
  seatId: string
  row: string
  number: number
  kind: SeatKind
  section: string
  premium: boolean
  /** Top left corner in drawing units. */
  x: number
  y: number
  /** Which half of a two-seater this is. */
  couple: 'left' | 'right' | null
}

export type HallRow = { label: string; section: string; y: number; first: number; seats: HallSeat[] }
/** Neighbouring rows of one section: what carries a name and a price. */
export type SectionRun = { section: string; name: string; premium: boolean; labelY: number; rows: string[] }

export type Hall = {
  width: number
  height: number
  rows: HallRow[]
  seats: HallSeat[]
  runs: SectionRun[]
  indexById: ReadonlyMap<string, number>
  /** How far the ends of the screen and of every row hang. */
  bend: number
  /** Room above a section for its name. */
  labelDepth: number
}

/** Places every seat of a layout. Seat order is the layout's own order, which is the order of `SeatMap.map`. */
export function layOutHall(definition: SeatLayoutDefinition): Hall {
  const columns = definition.rows.flatMap((row) => row.seats.map((seat) => seat.x))
  const left = Math.min(...columns)
  const right = Math.max(...columns)
  const middle = (left + right) / 2
  const reach = Math.max(1, (right - left) / 2)
  const width = (right - left) * STEP + SEAT + 2 * SIDE
  const bend = Math.min(BEND, reach * 1.4)
  const sections = new Map(definition.sections.map((section) => [section.id, section]))

  const seats: HallSeat[] = []
  const rows: HallRow[] = []
  const runs: SectionRun[] = []
  // A wide hall is drawn small, and its names must be large enough to read then.
  const labelDepth = Math.max(LABEL_DEPTH, width * 0.05)
  const depths = depthsOf(definition, labelDepth)
  definition.rows.forEach((row, at) => {
    const section = sections.get(row.section)
    const y = depths[at] ?? 0
    const run = runs.at(-1)
    if (run?.section === row.section) run.rows.push(row.label)
    else {
      const name = section?.name ?? row.section
      runs.push({
        section: row.section,
        name,
        premium: section?.premium ?? false,
        labelY: y - labelDepth * 0.36,
        rows: [row.label],
      })
    }
    const first = seats.length
    const couples = coupleHalves(row.seats.map((seat) => ({ x: seat.x, couple: seat.kind === 'COUPLE' })))
    row.seats.forEach((seat, place) => {
      const kind = seat.kind ?? 'STANDARD'
      const half = couples[place] ?? null
      seats.push({
        index: seats.length,
        seatId: `${row.label}${seat.number}`,
        row: row.label,
        number: seat.number,
        kind,
        section: row.section,
        premium: (section?.premium ?? false) || kind === 'PREMIUM',
        x: SIDE + (seat.x - left) * STEP,
        y: y + bend * ((seat.x - middle) / reach) ** 2,
        couple: half,
      })
    })
    rows.push({ label: row.label, section: row.section, y, first, seats: seats.slice(first) })
  })
  const deepest = Math.max(...rows.map((row) => row.y))
  return {
    width,
    height: deepest + bend + SEAT + 12,
    rows,
    seats,
    runs,
    indexById: new Map(seats.map((seat) => [seat.seatId, seat.index])),
    bend,
    labelDepth,
  }
}

/** Depth of each row, with room above the first row of every section for its name, unless a cross-aisle gives it. */
function depthsOf(definition: SeatLayoutDefinition, labelDepth: number): number[] {
  const depths: number[] = []
  let extra = 0
  let last: { y: number; section: string } | undefined
  const first = Math.min(...definition.rows.map((row) => row.y))
  for (const row of definition.rows) {
    if (last === undefined || last.section !== row.section) {
      const gap = last === undefined ? 0 : Math.max(0, (row.y - last.y - 1) * ROW_STEP)
      extra += Math.max(0, labelDepth - gap)
    }
    depths.push(SCREEN_DEPTH + (row.y - first) * ROW_STEP + extra)
    last = { y: row.y, section: row.section }
  }
  return depths
}

/** Two-seaters are counted in pairs from the left of each unbroken run of couple seats. */
function coupleHalves(seats: readonly { x: number; couple: boolean }[]): ('left' | 'right' | null)[] {
  const halves: ('left' | 'right' | null)[] = seats.map(() => null)
  for (let at = 0; at + 1 < seats.length; at++) {
    const one = seats[at]
    const next = seats[at + 1]
    if (!one?.couple || !next?.couple || halves[at] !== null || next.x - one.x > 1.01) continue
    halves[at] = 'left'
    halves[at + 1] = 'right'
  }
  return halves
}
