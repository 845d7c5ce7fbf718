import { expect, it } from 'vitest'
import { availability } from './availability.ts'

const filmStartsAt = new Date('2026-11-21T13:00:00Z')
const before = new Date('2026-11-21T12:59:59.999Z')
const at = (seatsLeft: number, seatCount: number, now = before) =>
  availability({ seatsLeft, seatCount, filmStartsAt }, now)

it.each([
  [1000, 1000, 'available'],
  [300, 1000, 'available'], // 30 % is not under 30 %
  [299, 1000, 'filling_fast'], // 29.9 %
  [1, 3, 'available'],
  [1, 4, 'filling_fast'],
  [0, 216, 'sold_out'],
] as const)('%i of %i seats left is %s', (left, all, status) => {
  expect(at(left, all)).toBe(status)
})

it('lapses the moment the film begins, sold out or not', () => {
  expect(at(100, 100, filmStartsAt)).toBe('lapsed')
  expect(at(0, 100, filmStartsAt)).toBe('lapsed')
  expect(at(100, 100, before)).toBe('available')
})
