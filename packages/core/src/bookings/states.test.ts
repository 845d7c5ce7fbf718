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
  ['CANCELLED', ['BOOKED'], 'PAID'], // too late for anything to come back
  ['CANCELLED', ['BOOKED'], 'REFUND_STARTED', ['DUE']],
  ['CANCELLED', ['BOOKED'], 'REFUND_STARTED', ['PROCESSED', 'FAILED']],
  ['CANCELLED', ['BOOKED'], 'REFUNDED', ['PROCESSED', 'PROCESSED']],
  ['CONFIRMED', ['BOOKED'], 'PAID', ['PENDING']], // some seats of it
] as const)(
  '%s with %j is %s',
  (booking, captures, money, cancelled?: readonly ('DUE' | 'PENDING' | 'PROCESSED' | 'FAILED')[]) => {
    expect(moneyStatus(booking, [...captures], [...(cancelled ?? [])])).toBe(money)
  },
)
