import { describe, expect, it } from 'vitest'
import { bookingPhase, pollInterval } from './booking-phase.ts'
import {
  type AttemptStorage,
  attemptFor,
  bookingOfOrder,
  forgetAttempt,
  forgetEndedAttempt,
  mayHavePaid,
  rememberOrder,
} from './checkout-attempt.ts'

const memory = (): AttemptStorage => {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}
const full: AttemptStorage = {
  getItem: () => {
    throw new Error('forbidden')
  },
  setItem: () => {
    throw new Error('full')
  },
  removeItem: () => {
    throw new Error('forbidden')
  },
}

describe('attemptFor', () => {
  let count = 0
  const newKey = () => `key-${++count}`
  const seats = { showtimeId: 's', seatIds: ['F9', 'F10'], totalMinor: 74_956, holdToken: 'x'.repeat(43) }

  it('keeps one key for one attempt, whatever the order of the seats', () => {
    const storage = memory()
    const { key } = attemptFor(storage, seats, newKey)
    expect(attemptFor(storage, { ...seats, seatIds: ['F10', 'F9'] }, newKey).key).toBe(key)
  })

  it('takes a new key for other seats, another price, another hold, or after going back', () => {
    const storage = memory()
    const keys = new Set([
      attemptFor(storage, seats, newKey).key,
      attemptFor(storage, { ...seats, seatIds: ['F9'] }, newKey).key,
      attemptFor(storage, { ...seats, totalMinor: 74_957 }, newKey).key,
      attemptFor(storage, { ...seats, holdToken: 'y'.repeat(43) }, newKey).key,
      attemptFor(storage, { ...seats, codes: ['HALF'] }, newKey).key,
    ])
    forgetAttempt(storage, 's')
    keys.add(attemptFor(storage, { ...seats, holdToken: 'y'.repeat(43) }, newKey).key)
    expect(keys.size).toBe(6)
  })

  it('takes a new key once the booking under the old one is over, and only then', () => {
    const storage = memory()
    for (const code of ['HOLD_GONE', 'SEATS_TAKEN', 'PRICE_CHANGED', 'IDEMPOTENCY_KEY_REUSED']) {
      const { key } = attemptFor(storage, seats, newKey)
      for (const passing of ['TIMEOUT', 'OFFLINE', 'GATEWAY_UNAVAILABLE', 'HOLD_LIMIT', 'RATE_LIMITED'])
        forgetEndedAttempt(storage, 's', passing)
      expect(attemptFor(storage, seats, newKey).key).toBe(key)
      forgetEndedAttempt(storage, 's', code)
      expect(attemptFor(storage, seats, newKey).key).not.toBe(key)
    }
  })

  it('finds the booking of an order that came back failed', () => {
    const storage = memory()
    attemptFor(storage, seats, newKey)
    rememberOrder(storage, 's', 'order_1', 'b1')
    expect(bookingOfOrder(storage, 'order_1')).toEqual({ bookingId: 'b1', showtimeId: 's' })
    expect(bookingOfOrder(storage, 'order_2')).toBeNull()
    expect(bookingOfOrder(storage, null)).toEqual({ bookingId: 'b1', showtimeId: 's' })
    expect(attemptFor(storage, seats, newKey).bookingId).toBe('b1')
    expect(mayHavePaid(storage, 'b1')).toBe(true)
    expect(mayHavePaid(storage, 'b2')).toBe(false)
  })

  it('works without storage', () => {
    expect(attemptFor(full, seats, newKey).key).toBeTruthy()
    rememberOrder(full, 's', 'o', 'b')
    forgetAttempt(full, 's')
    expect(bookingOfOrder(full, 'o')).toBeNull()
  })
})

describe('bookingPhase', () => {
  it('tells every pair of status and money', () => {
    const table = {
      PENDING: ['pay', 'confirming', 'confirming', 'refund-started', 'refunded'],
      CONFIRMED: ['ticket', 'ticket', 'ticket', 'refund-started', 'refunded'],
      EXPIRED: ['expired', 'confirming', 'confirming', 'refund-started', 'refunded'],
      CANCELLED: ['cancelled', 'confirming', 'confirming', 'refund-started', 'refunded'],
    } as const
    const monies = ['NOT_CHARGED', 'CONFIRMING', 'PAID', 'REFUND_STARTED', 'REFUNDED'] as const
    for (const [status, phases] of Object.entries(table)) {
      expect(monies.map((money) => bookingPhase({ status: status as keyof typeof table, money }))).toEqual(phases)
    }
  })

  it('keeps the ticket of who gave some seats back, and follows the money of who gave all', () => {
    const refund = (state: 'DUE' | 'PENDING' | 'PROCESSED' | 'FAILED') => ({
      reference: 'r',
      state,
      amountMinor: 100,
      reason: '',
      startedAt: '2026-11-21T10:00:00Z',
      promisedBy: null,
      processedAt: null,
    })
    const given = (...refunds: ReturnType<typeof refund>[]) => [
      {
        id: 'c',
        by: 'GUEST' as const,
        seatIds: ['F7'],
        refundMinor: 100,
        toVoucherMinor: 0,
        percent: 75,
        reason: '',
        createdAt: '2026-11-21T10:00:00Z',
        refunds,
        creditNoteNumber: null,
      },
    ]
    const times = { payBy: '2026-11-21T10:10:00Z', now: '2026-11-21T10:00:00Z', ticketReady: true }
    const some = { status: 'CONFIRMED', money: 'REFUND_STARTED', cancellations: given(refund('PENDING')) } as const
    expect(bookingPhase(some)).toBe('ticket')
    expect(pollInterval({ ...some, ...times }, 0)).toBe(15_000)
    expect(pollInterval({ ...some, cancellations: given(refund('PROCESSED')), ...times }, 0)).toBe(false)
    const all = { status: 'CANCELLED', money: 'PAID' } as const
    expect(bookingPhase({ ...all, cancellations: given() })).toBe('cancelled')
    expect(bookingPhase({ ...all, cancellations: given(refund('PROCESSED'), refund('FAILED')) })).toBe('refund-started')
    expect(bookingPhase({ ...all, cancellations: given(refund('PROCESSED')) })).toBe('refunded')
    expect(bookingPhase({ ...all, cancellations: given(), movedToId: 'b2' })).toBe('moved')
  })

  it('asks often while somebody waits for a ticket, then less, then never', () => {
    const times = { payBy: '2026-11-21T10:10:00Z', now: '2026-11-21T10:00:00Z' }
    const waiting = { status: 'PENDING', money: 'CONFIRMING', ticketReady: false, ...times } as const
    expect(pollInterval(waiting, 0)).toBe(1_500)
    expect(pollInterval(waiting, 60_000)).toBe(6_000)
    expect(pollInterval({ ...waiting, status: 'CONFIRMED', money: 'PAID' }, 0)).toBe(1_500)
    expect(pollInterval({ ...waiting, status: 'CONFIRMED', money: 'PAID', ticketReady: true }, 0)).toBe(false)
    expect(pollInterval({ ...waiting, status: 'EXPIRED', money: 'REFUNDED' }, 0)).toBe(false)
  })

  it('looks for late money after the time ran out, for three minutes', () => {
    const expired = { status: 'EXPIRED', money: 'NOT_CHARGED', ticketReady: false } as const
    const soon = { ...expired, payBy: '2026-11-21T10:10:00Z', now: '2026-11-21T10:12:00Z' }
    const later = { ...soon, now: '2026-11-21T10:40:00Z' }
    expect(pollInterval(soon, 900_000)).toBe(10_000)
    expect(pollInterval(later, 0)).toBe(10_000)
    expect(pollInterval(later, 180_000)).toBe(false)
  })
})
