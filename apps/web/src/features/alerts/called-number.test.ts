import { expect, test } from 'vitest'
import { codeOf, numberOf } from './called-number.ts'

const CODES = [
  { code: '+91', name: 'India' },
  { code: '+97', name: 'Nowhere' },
  { code: '+971', name: 'United Arab Emirates' },
]

test.each([
  ['98765 43210', '+919876543210'],
  ['098765-43210', '+919876543210'],
  ['+44 20 7946 0000', '+442079460000'],
  ['0044 20 7946 0000', '+442079460000'],
  ['  ', ''],
  ['none', ''],
])('%s is %s', (typed, e164) => {
  expect(numberOf('+91', typed)).toBe(e164)
})

test('the longest calling code that fits is the country', () => {
  expect(codeOf('+971501234567', CODES)).toBe('+971')
  expect(codeOf('+919876543210', CODES)).toBe('+91')
  expect(codeOf('+15550100', CODES)).toBeNull()
})
