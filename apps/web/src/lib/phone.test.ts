import { describe, expect, it } from 'vitest'
import { CALLING_CODES, codeOf, HOME_CODE, numberOf } from './phone.ts'

describe('numberOf', () => {
  it.each([
    ['98765 43210', '+919876543210'],
    ['098765-43210', '+919876543210'],
    ['(98765) 43210', '+919876543210'],
    ['+44 20 7946 0958', '+442079460958'],
    ['00971 50 123 4567', '+971501234567'],
    ['  ', ''],
    ['+', ''],
    ['none', ''],
  ])('%s from India is %s', (typed, number) => {
    expect(numberOf('+91', typed)).toBe(number)
  })

  it('takes the chosen country', () => {
    expect(numberOf('+1', '415 555 0100')).toBe('+14155550100')
    expect(numberOf('+971', '050 123 4567')).toBe('+971501234567')
  })
})

describe('codeOf', () => {
  it.each([
    ['+919876543210', '+91'],
    ['+9779812345678', '+977'],
    ['+390612345678', null],
  ])('%s is from %s', (number, code) => {
    expect(codeOf(number, CALLING_CODES)).toBe(code)
  })

  it('takes the longest that fits', () => {
    const codes = [HOME_CODE, { code: '+97', name: 'Nowhere' }, { code: '+971', name: 'United Arab Emirates' }]
    expect(codeOf('+971501234567', codes)).toBe('+971')
    expect(codeOf('+15550100', codes)).toBeNull()
  })
})

it('no two countries of the list share a code: it could not be told which was chosen', () => {
  expect(new Set(CALLING_CODES.map(({ code }) => code)).size).toBe(CALLING_CODES.length)
})
