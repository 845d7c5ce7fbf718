import { expect, test } from 'vitest'
import { differences } from './differences.ts'

test('each value in words, the same or not', () => {
  const before = { tiers: [{ minutesBefore: 120, percent: 75 }], role: 'admin', note: 'kept', theatreIds: ['a', 'b'] }
  const after = { tiers: [], role: 'host', note: 'kept', theatreIds: ['a'] }
  expect(differences(before, after)).toEqual([
    { name: 'tiers', was: 'minutesBefore 120, percent 75', is: '(none)' },
    { name: 'role', was: 'admin', is: 'host' },
    { name: 'note', was: 'kept', is: 'kept' },
    { name: 'theatreIds', was: 'a; b', is: 'a' },
  ])
})

test('what was made has no before, what was erased no after', () => {
  expect(differences(null, { hint: 'MHAN', note: '' })).toEqual([
    { name: 'hint', was: null, is: 'MHAN' },
    { name: 'note', was: null, is: '(empty)' },
  ])
  expect(differences({ active: true }, null)).toEqual([{ name: 'active', was: 'true', is: null }])
  expect(differences(null, null)).toEqual([])
})
