import type { SeatLayoutDefinition } from '@marquee/contracts/seats'
import { describe, expect, it } from 'vitest'
import { layOutHall, ROW_STEP, STEP } from './seat-geometry.ts'
import { seatAfterMove } from './seat-neighbours.ts'

const row = (label: string, section: string, y: number, xs: number[], kind?: 'COUPLE') => ({
  label,
  section,
  y,
  seats: xs.map((x, at) => ({ number: at + 1, x, ...(kind ? { kind } : {}) })),
})
// B is short and off centre, C has an aisle, D is couples behind a cross-aisle in another section.
const definition: SeatLayoutDefinition = {
  name: 'Small',
  width: 7,
  height: 6,
  sections: [
    { id: 'reg', name: 'Regular', premium: false },
    { id: 'sofa', name: 'Sofas', premium: true },
  ],
  rows: [
    row('A', 'reg', 0, [0, 1, 2, 3, 4, 5, 6]),
    row('B', 'reg', 1, [2, 3]),
    row('C', 'reg', 2, [0, 1, 4, 5, 6]),
    row('D', 'sofa', 5, [0, 1, 2, 4, 5], 'COUPLE'),
  ],
}
const hall = layOutHall(definition)
const at = (seatId: string) => hall.indexById.get(seatId) ?? -1
const move = (seatId: string, how: Parameters<typeof seatAfterMove>[2], goalX?: number) =>
  hall.seats[seatAfterMove(hall, at(seatId), how, goalX)]?.seatId

describe('layOutHall', () => {
  it('keeps the order of the layout as the index of the map', () => {
    expect(hall.seats.map((seat) => seat.seatId).slice(6, 10)).toEqual(['A7', 'B1', 'B2', 'C1'])
    expect(hall.seats.every((seat, index) => seat.index === index && at(seat.seatId) === index)).toBe(true)
  })

  it('leaves aisles empty', () => {
    const [, two, three] = hall.rows[2]?.seats ?? []
    expect((three?.x ?? 0) - (two?.x ?? 0)).toBe(3 * STEP)
  })

  it('bends rows with the screen: ends lower than the middle', () => {
    const [end, , , middle] = hall.rows[0]?.seats ?? []
    expect(end?.y).toBeGreaterThan(middle?.y ?? Infinity)
    expect(middle?.y).toBe(hall.rows[0]?.y)
  })

  it('gives each run of a section its name, and adds no room where a cross-aisle is there already', () => {
    expect(hall.runs.map((run) => [run.name, run.rows.join('')])).toEqual([
      ['Regular', 'ABC'],
      ['Sofas', 'D'],
    ])
    expect((hall.rows[3]?.y ?? 0) - (hall.rows[2]?.y ?? 0)).toBe(3 * ROW_STEP)
  })

  it('pairs couple seats from the left, never across an aisle', () => {
    expect(hall.rows[3]?.seats.map((seat) => seat.couple)).toEqual(['left', 'right', null, 'left', 'right'])
  })

  it('keeps everything inside its bounds', () => {
    for (const seat of hall.seats) {
      expect(seat.x).toBeGreaterThan(0)
      expect(seat.x + 30).toBeLessThan(hall.width)
      expect(seat.y + 30).toBeLessThanOrEqual(hall.height)
    }
  })
})

describe('seatAfterMove', () => {
  it('crosses aisles sideways and stops at the ends', () => {
    expect(move('C2', 'right')).toBe('C3')
    expect(move('C5', 'right')).toBe('C5')
    expect(move('A1', 'left')).toBe('A1')
  })

  it('goes to the nearest seat of the next row', () => {
    expect(move('A7', 'down')).toBe('B2')
    expect(move('B1', 'down')).toBe('C2')
    expect(move('D1', 'up')).toBe('C1')
    expect(move('A1', 'up')).toBe('A1')
  })

  it('comes back to the column it started from after a short row', () => {
    const start = hall.seats[at('A7')]?.x
    expect(move('B2', 'down', start)).toBe('C5')
  })

  it('jumps to the ends of the row and the hall', () => {
    expect(move('C3', 'rowStart')).toBe('C1')
    expect(move('C3', 'rowEnd')).toBe('C5')
    expect(move('C3', 'hallStart')).toBe('A1')
    expect(move('C3', 'hallEnd')).toBe('D5')
  })
})
