import { describe, expect, it } from 'vitest'
import { LAYOUT_TEMPLATES, type LayoutTemplateName } from '../catalog/layouts/templates.ts'
import { flattenLayout } from '../seats/layout.ts'
import { sellSeats } from './sell-seats.ts'
import { chance } from './stable.ts'

const hall = (name: LayoutTemplateName) => flattenLayout(LAYOUT_TEMPLATES[name].build())

describe.each(Object.keys(LAYOUT_TEMPLATES) as LayoutTemplateName[])('selling %s', (name) => {
  const seats = hall(name)

  it.each([0, 0.1, 0.5, 0.9, 1])('at %d sells about that much, no seat twice, parties side by side', (occupancy) => {
    const parties = sellSeats(chance('test', name, occupancy), seats, occupancy)
    const sold = parties.flat()
    expect(new Set(sold).size).toBe(sold.length)
    expect(sold.length / seats.length).toBeGreaterThanOrEqual(occupancy - 0.01)
    expect(sold.length / seats.length).toBeLessThanOrEqual(occupancy + 0.1)
    for (const party of parties) {
      const row = party.map((index) => seats[index]!)
      for (const [i, seat] of row.slice(1).entries()) {
        expect(seat.row).toBe(row[i]!.row)
        expect(seat.x - row[i]!.x).toBe(1)
      }
    }
  })

  it('leaves wheelchair spaces and their companions free until the house is full', () => {
    const kinds = sellSeats(chance('test', name), seats, 0.85)
      .flat()
      .map((index) => seats[index]!.kind)
    expect(kinds).not.toContain('WHEELCHAIR')
    expect(kinds).not.toContain('COMPANION')
  })
})

it('gives the same seats for the same name and others for another', () => {
  const seats = hall('classic-216')
  const once = sellSeats(chance('a'), seats, 0.4)
  expect(sellSeats(chance('a'), seats, 0.4)).toEqual(once)
  expect(sellSeats(chance('b'), seats, 0.4)).not.toEqual(once)
})
