import type { Hall, HallRow, HallSeat } from './seat-geometry.ts'

export type Move = 'left' | 'right' | 'up' | 'down' | 'rowStart' | 'rowEnd' | 'hallStart' | 'hallEnd'

/** Which key moves how; null for keys that do not move. */
export function moveOfKey(key: string, withControl: boolean): Move | null {
  switch (key) {
    case 'ArrowLeft':
      return 'left'
    case 'ArrowRight':
      return 'right'
    case 'ArrowUp':
      return 'up'
    case 'ArrowDown':
      return 'down'
    case 'Home':
      return withControl ? 'hallStart' : 'rowStart'
    case 'End':
      return withControl ? 'hallEnd' : 'rowEnd'
    default:
      return null
  }
}

/**
 * The seat a move leads to; the same index at an edge. `goalX` keeps the column through short rows, as a text editor
 * keeps it through short lines.
 */
export function seatAfterMove(hall: Hall, index: number, move: Move, goalX?: number): number {
  const seat = hall.seats[index]
  if (!seat) return index
  const rowAt = hall.rows.findIndex((row) => index >= row.first && index < row.first + row.seats.length)
  const row = hall.rows[rowAt]
  if (!row) return index
  if (move === 'hallStart') return 0
  if (move === 'hallEnd') return hall.seats.length - 1
  if (move === 'up' || move === 'down') {
    const next = nextRow(hall.rows, row, move)
    return next ? nearest(next.seats, goalX ?? seat.x).index : index
  }
  const acrossRow = [...row.seats].sort((one, other) => one.x - other.x)
  const place = acrossRow.indexOf(seat)
  const target =
    move === 'rowStart'
      ? acrossRow[0]
      : move === 'rowEnd'
        ? acrossRow.at(-1)
        : acrossRow[place + (move === 'left' ? -1 : 1)]
  return target?.index ?? index
}

function nextRow(rows: readonly HallRow[], from: HallRow, move: 'up' | 'down'): HallRow | undefined {
  const further = rows.filter((row) => (move === 'up' ? row.y < from.y : row.y > from.y))
  return further.sort((one, other) => Math.abs(one.y - from.y) - Math.abs(other.y - from.y))[0]
}

function nearest(seats: readonly HallSeat[], x: number): HallSeat {
  return seats.reduce((best, seat) => (Math.abs(seat.x - x) < Math.abs(best.x - x) ? seat : best))
}
