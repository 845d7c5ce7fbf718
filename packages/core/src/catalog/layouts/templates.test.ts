import { SeatLayoutDefinition } from '@marquee/contracts/seats'
import { describe, expect, it } from 'vitest'
import { flattenLayout } from '../../seats/layout.ts'
import { LAYOUT_TEMPLATES, type LayoutTemplateName } from './templates.ts'

const names = Object.keys(LAYOUT_TEMPLATES) as LayoutTemplateName[]

describe.each(names)('%s', (name) => {
  const definition = LAYOUT_TEMPLATES[name].build()
  const seats = flattenLayout(definition)

  it('is a valid layout with as many seats as its name says', () => {
    expect(SeatLayoutDefinition.parse(definition)).toEqual(definition)
    expect(seats).toHaveLength(Number(name.split('-')[1]))
  })

  it('lists rows from the screen back and seats from the left, all inside the hall', () => {
    const depths = definition.rows.map((row) => row.y)
    expect(depths).toEqual(depths.toSorted((a, b) => a - b))
    expect(new Set(depths).size).toBe(depths.length)
    for (const row of definition.rows) {
      for (const [i, seat] of row.seats.entries()) {
        if (i > 0) expect(seat.x - row.seats[i - 1]!.x).toBeGreaterThanOrEqual(1)
        expect(seat.x + 1).toBeLessThanOrEqual(definition.width)
      }
      expect(row.y + 1).toBeLessThanOrEqual(definition.height)
    }
  })

  it('is symmetrical about the middle of the hall', () => {
    for (const row of definition.rows) {
      const left = row.seats[0]!.x
      const right = definition.width - row.seats.at(-1)!.x - 1
      expect(left).toBeCloseTo(right, 6)
    }
  })

  it('puts every row in a known section and prices every section', () => {
    const ids = definition.sections.map((section) => section.id)
    expect(new Set(definition.rows.map((row) => row.section))).toEqual(new Set(ids))
    expect(Object.keys(LAYOUT_TEMPLATES[name].basePriceMinor).toSorted()).toEqual(ids.toSorted())
  })

  it('gives every wheelchair space a companion seat beside it', () => {
    const wheelchairs = seats.filter((seat) => seat.kind === 'WHEELCHAIR')
    expect(wheelchairs.length).toBeGreaterThanOrEqual(2)
    for (const space of wheelchairs) {
      const beside = [seats[space.index - 1], seats[space.index + 1]].filter((s) => s?.row === space.row)
      expect(beside.map((seat) => seat!.kind)).toContain('COMPANION')
    }
  })
})

it('keeps the classic hall as its guests know it', () => {
  const seats = flattenLayout(LAYOUT_TEMPLATES['classic-216'].build())
  const rowsOf = (section: string) =>
    [...new Set(seats.filter((s) => s.section === section).map((s) => s.row))].toSorted().join('')
  expect(rowsOf('premium')).toBe('ABCDEF')
  expect(rowsOf('regular')).toBe('GHIJKL')
  expect(LAYOUT_TEMPLATES['classic-216'].basePriceMinor).toEqual({ premium: 35_000, regular: 25_000 })
})

it('sells sofas in pairs', () => {
  const couple = flattenLayout(LAYOUT_TEMPLATES['studio-64'].build()).filter((s) => s.kind === 'COUPLE')
  expect(couple.map((s) => s.x)).toEqual([0.5, 1.5, 3.5, 4.5, 6.5, 7.5, 9.5, 10.5])
})
