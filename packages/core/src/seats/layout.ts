import type { SeatKind, SeatLayoutDefinition } from '@marquee/contracts/seats'

export type LayoutSeatEntry = {
  /** Position in the seat map's string, in Redis and in Postgres. */
  index: number
  /** "F9" */
  seatId: string
  row: string
  number: number
  section: string
  kind: SeatKind
  x: number
  y: number
}

/** The seats of a layout in their fixed order: rows as listed, left to right. @throws Error on two seats of one name */
export function flattenLayout(definition: SeatLayoutDefinition): LayoutSeatEntry[] {
  const seen = new Set<string>()
  let index = 0
  return definition.rows.flatMap((row) =>
    row.seats.map((seat) => {
      const seatId = `${row.label}${seat.number}`
      if (seen.has(seatId)) throw new Error(`layout ${definition.name}: seat ${seatId} appears twice`)
      seen.add(seatId)
      return {
        index: index++,
        seatId,
        row: row.label,
        number: seat.number,
        section: row.section,
        kind: seat.kind ?? 'STANDARD',
        x: seat.x,
        y: row.y,
      }
    }),
  )
}
