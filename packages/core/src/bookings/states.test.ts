import { expect, test } from 'vitest'
import { moneyStatus } from './states.ts'

test.each([
  ['PENDING', [], 'NOT_CHARGED'],
  ['EXPIRED', [], 'NOT_CHARGED'],
  ['CONFIRMED', ['BOOKED'], 'PAID'],
  ['CONFIRMED', ['BOOKED', 'REFUND_DUE'], 'PAID'],
  ['CONFIRMED', ['REFUNDED', 'BOOKED'], 'PAID'],
  ['EXPIRED', ['REFUND_DUE'], 'REFUND_STARTED'],
  ['EXPIRED', ['REFUNDED', 'REFUND_DUE'], 'REFUND_STARTED'],
  ['EXPIRED', ['REFUNDED'], 'REFUNDED'],
  ['CANCELLED', ['REFUNDED'], 'REFUNDED'],
] as const)('%s with %j is %s', (booking, captures, money) => {
  expect(moneyStatus(booking, [...captures])).toBe(money)
})
