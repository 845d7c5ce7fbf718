// What passes at a glance must pass by contract, or the route would take what nobody promised to understand.
import { Id } from '@marquee/contracts/common'
import { HOLD_TOKEN_HEADER, HoldSeatsBody, HoldToken } from '@marquee/contracts/seats'
import { newId, newSecret } from '@marquee/core/ids'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { PLAINLY_GOOD } from './quick-validation.ts'

const CONTRACTS = {
  params: z.object({ id: Id }),
  headers: z.object({ [HOLD_TOKEN_HEADER]: HoldToken.optional() }),
  body: HoldSeatsBody,
}
const seatId = fc
  .tuple(fc.constantFrom('A', 'H', 'AB'), fc.integer({ min: 1, max: 30 }))
  .map(([row, n]) => `${row}${n}`)
const odd = fc.oneof(fc.anything(), fc.string(), seatId, fc.stringMatching(/^[A-Za-z0-9 \n-]{0,9}$/))
const PARTS = {
  params: fc.record({
    id: fc.oneof(odd, fc.uuid(), fc.constant(newId()), fc.uuid({ version: [1, 4, 7, 8] }), fc.constant(`${newId()}\n`)),
  }),
  headers: fc.record({ [HOLD_TOKEN_HEADER]: fc.oneof(odd, fc.constant(newSecret()), fc.constant(`${newSecret()}\n`)) }),
  body: fc.record({ seatIds: fc.oneof(odd, fc.array(seatId, { maxLength: 60 }), fc.array(odd, { maxLength: 4 })) }),
}

test.each(['params', 'headers', 'body'] as const)('%s: never more than the contract allows', (part) => {
  const isPlainlyGood: (data: never) => boolean = PLAINLY_GOOD[part]
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: PARTS[part] }, { weight: 1, arbitrary: fc.anything() }), (data) => {
      if (isPlainlyGood(data as never)) expect(data).toMatchObject(CONTRACTS[part].parse(data))
    }),
    { numRuns: 3_000 },
  )
})

test('what our own pages send passes at a glance', () => {
  expect(PLAINLY_GOOD.params({ id: newId() })).toBe(true)
  expect(PLAINLY_GOOD.params({ id: '191d9d63-447b-8ee9-aad0-8d4a344f5e7b' })).toBe(true) // as demo data has them
  expect(PLAINLY_GOOD.headers({})).toBe(true)
  expect(PLAINLY_GOOD.headers({ [HOLD_TOKEN_HEADER]: newSecret() })).toBe(true)
  expect(PLAINLY_GOOD.body({ seatIds: ['A1', 'AB12', 'L18'] })).toBe(true)
})

test('what is doubtful is left to the contract', () => {
  expect(PLAINLY_GOOD.body({ seatIds: ['A1', 'A1'] })).toBe(false)
  expect(PLAINLY_GOOD.body({ seatIds: [] })).toBe(false)
  expect(PLAINLY_GOOD.body(null)).toBe(false)
  expect(PLAINLY_GOOD.headers({ [HOLD_TOKEN_HEADER]: `${newSecret()}\n` })).toBe(false)
})
