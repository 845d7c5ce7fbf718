import { expect, test } from 'vitest'
import { classic216 } from '../catalog/layouts/classic-216.ts'
import { studio64 } from '../catalog/layouts/studio-64.ts'
import { plainLayout } from '../testing/factories.ts'
import { chooseBestSeats } from './choose-best-seats.ts'
import { findOrphans, nearestWithoutOrphans } from './find-orphans.ts'
import { flattenLayout } from './layout.ts'
import { couplePartners } from './seat-runs.ts'

/** "..X.": one row a string, X taken. */
function hall(...rows: string[]) {
  const width = rows[0]?.length ?? 0
  const seats = flattenLayout(plainLayout(rows.length, width))
  const taken = new Set(rows.flatMap((row, y) => [...row].flatMap((c, x) => (c === 'X' ? [y * width + x] : []))))
  return { seats, free: (index: number) => !taken.has(index) }
}
const ids = (seats: { seatId: string }[], indexes: number[]) => indexes.map((index) => seats[index]?.seatId)

test('two go side by side in the middle, two thirds back', () => {
  const choice = chooseBestSeats(hall('........', '........', '........', '........'), 2)
  expect(choice).toMatchObject({ seatIds: ['C4', 'C5'], relaxed: 'none' })
  expect(choice?.reason).toMatch(/^Row C, together, in the middle\. Nobody is left with a single seat/)
})

test('a group that would strand a single seat is passed over while another fits', () => {
  // Row B, nearest the focal point, has three free: two of them would leave one alone.
  expect(chooseBestSeats(hall('........', 'XX...XXX', '........'), 2)).toMatchObject({ relaxed: 'none' })
  expect(chooseBestSeats(hall('XXXXXXXX', 'XX...XXX', '........'), 2)?.seatIds[0]).toMatch(/^C/)
})

test('when every group strands a seat, it says so and gives the best of them', () => {
  const choice = chooseBestSeats(hall('X...X', 'XXXXX'), 2)
  expect(choice).toMatchObject({ relaxed: 'orphan' })
  expect(choice?.reason).toMatch(/single seat is left/)
})

test('a party larger than any run is split, as close together as can be', () => {
  const choice = chooseBestSeats(hall('..X..', '..X..'), 4)
  expect(choice?.relaxed).toBe('split')
  expect(choice?.seatIds).toHaveLength(4)
  expect(new Set(choice?.seatIds.map((id) => Number(id.slice(1)) < 3)).size).toBe(1)
})

test('nothing is invented when the hall is too full', () => {
  expect(chooseBestSeats(hall('X.XX', 'XXXX'), 2)).toBeNull()
})

test('an aisle is not side by side, and wheelchair places are left to those who need them', () => {
  const seats = flattenLayout(classic216())
  for (let count = 1; count <= 10; count++) {
    const choice = chooseBestSeats({ seats, free: () => true }, count)
    const chosen = choice?.indexes.map((index) => seats[index])
    // Nine of a block of ten cannot but leave the tenth.
    expect(choice?.relaxed).toBe(count === 9 ? 'orphan' : 'none')
    expect(new Set(chosen?.map((seat) => seat?.row)).size).toBe(1)
    const xs = chosen?.map((seat) => seat?.x ?? 0) ?? []
    expect(Math.max(...xs) - Math.min(...xs)).toBe(count - 1)
    expect(chosen?.some((seat) => seat?.kind === 'WHEELCHAIR' || seat?.kind === 'COMPANION')).toBe(false)
  }
})

test('couples are never parted, whatever else is taken', () => {
  const seats = flattenLayout(studio64())
  const partners = couplePartners(seats)
  expect(partners.size).toBeGreaterThan(0)
  const couples = seats.filter((seat) => seat.kind === 'COUPLE').map((seat) => seat.index)
  for (let count = 1; count <= couples.length; count++) {
    // Only the couples' seats are left: there is nothing else to choose from.
    const chosen = new Set(chooseBestSeats({ seats, free: (index) => couples.includes(index) }, count)?.indexes)
    const parted = [...chosen].filter((index) => !chosen.has(partners.get(index) ?? -1))
    expect({ count, parted, chosen: chosen.size }).toEqual({ count, parted: [], chosen: count % 2 === 0 ? count : 0 })
  }
})

test('a section can be asked for', () => {
  expect(chooseBestSeats({ ...hall('....', '....'), section: 'regular' }, 2)?.seatIds).toEqual(['A1', 'A2'])
})

test('a selection strands the seat between itself and the wall, and moving by one mends it', () => {
  const view = hall('......')
  const selection = [1, 2]
  expect(ids(view.seats, findOrphans(view, selection))).toEqual(['A1'])
  expect(ids(view.seats, nearestWithoutOrphans(view, selection) ?? [])).toEqual(['A1', 'A2'])
})

test('a seat that stood alone before is nobody’s fault', () => {
  expect(findOrphans(hall('.X....'), [2, 3])).toEqual([])
})

test('where every place strands somebody, nothing better is offered', () => {
  const view = hall('X...X')
  expect(findOrphans(view, [1, 2])).toHaveLength(1)
  expect(nearestWithoutOrphans(view, [1, 2])).toBeNull()
})
