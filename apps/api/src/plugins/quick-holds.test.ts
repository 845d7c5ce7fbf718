// What passes at a glance must pass by contract, or it would take what nobody promised to understand.
import { HoldSeatsBody } from '@marquee/contracts/seats'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainSeatIds } from './quick-holds.ts'

const seatId = fc
  .tuple(fc.constantFrom('A', 'H', 'AB'), fc.integer({ min: 1, max: 30 }))
  .map(([row, n]) => `${row}${n}`)
const odd = fc.oneof(fc.anything(), fc.string(), seatId, fc.stringMatching(/^[A-Za-z0-9 \n"\\-]{0,9}$/))
const list = fc.oneof(fc.array(seatId, { maxLength: 60 }), fc.array(odd, { maxLength: 4 }), odd)
const json = (value: unknown) => JSON.stringify(value) ?? ''
const body = fc.oneof(
  list.map((seatIds) => json({ seatIds })),
  fc.tuple(list, list).map(([one, other]) => `{"seatIds":${json(one)},"seatIds":${json(other)}}`),
  fc.tuple(list, odd).map(([seatIds, more]) => json({ seatIds, more })),
  fc.tuple(list, fc.string()).map(([seatIds, tail]) => json({ seatIds }) + tail),
  fc.anything().map(json),
)

test('never more than the contract allows, and the same seats', () => {
  fc.assert(
    fc.property(body, (text) => {
      const seatIds = plainSeatIds(text)
      if (seatIds) expect(HoldSeatsBody.parse(JSON.parse(text))).toEqual({ seatIds })
    }),
    { numRuns: 5_000 },
  )
})

test('what our own pages send passes at a glance', () => {
  const ten = Array.from({ length: 10 }, (_, i) => `AB${i + 10}`)
  for (const seatIds of [['A1'], ['A1', 'AB12', 'L18'], ten]) expect(plainSeatIds(json({ seatIds }))).toEqual(seatIds)
})

test('what is doubtful is left to the contract', () => {
  const eleven = Array.from({ length: 11 }, (_, i) => `A${i + 1}`)
  for (const seatIds of [['A1', 'A1'], [], ['a1'], ['A01'], eleven, ['A1\n'], [['A1']]])
    expect(plainSeatIds(json({ seatIds }))).toBe(null)
  for (const text of ['', '{"seatIds":["A1"]}\n', '{"seatIds": ["A1"]}', '{"seatIds":["A1"],"more":1}'])
    expect(plainSeatIds(text)).toBe(null)
})
