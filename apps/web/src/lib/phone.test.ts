import { describe, expect, it } from 'vitest'
import { countryOf, toE164 } from './phone.ts'

describe('toE164', () => {
  it.each([
    ['98765 43210', '+919876543210'],
    ['098765-43210', '+919876543210'],
    ['(98765) 43210', '+919876543210'],
    ['+44 20 7946 0958', '+442079460958'],
    ['00971 50 123 4567', '+971501234567'],
    ['  ', ''],
    ['+', ''],
  ])('%s from India is %s', (typed, number) => {
    expect(toE164('IN', typed)).toBe(number)
  })

  it('takes the chosen country', () => {
    expect(toE164('US', '415 555 0100')).toBe('+14155550100')
    expect(toE164('AE', '050 123 4567')).toBe('+971501234567')
  })
})

it.each([
  ['+919876543210', 'IN'],
  ['+971501234567', 'AE'],
  ['+9779812345678', 'NP'],
  ['+390612345678', null],
])('%s is from %s', (number, country) => {
  expect(countryOf(number)).toBe(country)
})
