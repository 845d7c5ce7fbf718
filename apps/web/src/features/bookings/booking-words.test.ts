import type { Booking } from '@marquee/contracts/bookings'
import { describe, expect, it } from 'vitest'
import { statusWords } from './booking-words.ts'
import { isLate, refundWords } from './refund-words.ts'

/** Only what the words look at. */
const ticket = (toPayMinor: number, moveReturn?: Booking['moveReturn']) =>
  ({
    status: 'CONFIRMED',
    money: 'PAID',
    email: 'asha@example.com',
    refundReason: null,
    cancellations: [],
    quote: { toPayMinor },
    ...(moveReturn && { moveReturn }),
  }) as unknown as Booking
const said = (booking: Booking) =>
  statusWords(booking, false).body.replace(' The ticket is also on its way to asha@example.com.', '')

describe('what a new ticket says of its money', () => {
  it.each([
    ['bought', ticket(53_540), '₹535.40 paid.'],
    ['paid by a voucher whole', ticket(0), 'Nothing was left to pay.'],
    [
      'moved to cheaper seats',
      ticket(0, { refundMinor: 11_800, toVoucherMinor: 0, sent: false }),
      '₹118.00 of what you paid before comes back to you.',
    ],
    [
      'and the money has gone out',
      ticket(0, { refundMinor: 11_800, toVoucherMinor: 0, sent: true }),
      '₹118.00 of what you paid before was sent back.',
    ],
    [
      'paid by both',
      ticket(0, { refundMinor: 11_800, toVoucherMinor: 1_800, sent: false }),
      '₹100.00 of what you paid before comes back to you. ₹18.00 is on the gift voucher again.',
    ],
    [
      'paid by a voucher alone',
      ticket(0, { refundMinor: 1_800, toVoucherMinor: 1_800, sent: true }),
      '₹18.00 is on the gift voucher again.',
    ],
  ])('%s', (_, booking, words) => expect(said(booking)).toBe(words))
})

describe('a refund', () => {
  const refund = { state: 'PENDING', promisedBy: '2026-11-21T18:29:00.000Z', processedAt: null } as const

  it('is late after its promised moment, never without a promise', () => {
    expect(isLate(refund, '2026-11-21T18:28:59.999Z')).toBe(false)
    expect(isLate(refund, '2026-11-21T18:29:00.001Z')).toBe(true)
    expect(isLate({ promisedBy: null }, '2026-11-21T18:29:00.001Z')).toBe(false)
  })

  it('that is late does not promise a day that is over', () => {
    expect(refundWords(refund, 'Asia/Kolkata', false).sentence).toContain('should be with you')
    expect(refundWords(refund, 'Asia/Kolkata', true).sentence).toContain('was to be with you')
  })
})
