import { expect, test } from 'vitest'
import { ringingFirst } from './ringing-first.ts'

test('what rang stands first, the latest before the others, and the rest stay in their order', () => {
  const alerts = ['a', 'b', 'c', 'd'].map((id) => ({ id }))
  expect(ringingFirst(alerts, ['d', 'b']).map(({ id }) => id)).toEqual(['d', 'b', 'a', 'c'])
  expect(ringingFirst(alerts, ['gone'])).toEqual(alerts)
  expect(ringingFirst(alerts, [])).toEqual(alerts)
})
