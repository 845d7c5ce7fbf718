import { expect, test } from 'vitest'
import { type CancellationFacts, cancellationMail } from './mail-cancellation.ts'

const facts: CancellationFacts = {
  by: 'GUEST',
  movie: 'Tom & <Jerry>\r\nBcc: everybody@example.com',
  theatre: 'Prasad Talkies',
  startsAt: new Date('2026-11-21T14:00:00Z'),
  timeZone: 'Asia/Kolkata',
  code: 'ACDEFGHJ',
  seats: ['F7'],
  left: ['F8', 'F9'],
  refundMinor: 26_250,
  toVoucherMinor: 0,
  currency: 'INR',
  promisedBy: new Date('2026-12-01T18:29:00Z'),
  reason: '',
  statusUrls: ['https://marquee.example/refunds/0123'],
  bookingUrl: 'https://marquee.example/bookings/1',
  email: 'asha@example.com',
  withTicket: true,
}

test('some seats: what comes back, by when, where to look, and what still stands', () => {
  const { subject, text, html } = cancellationMail(facts)
  expect(subject).toBe('Cancelled: Tom & <Jerry> Bcc: everybody@example.com, seat F7')
  for (const words of [
    'Seat F7 is cancelled',
    '₹262.50 comes back.',
    'by Tuesday, 1 December 2026 at the latest',
    'Your new ticket is attached',
    'Still yours: F8, F9',
    'Showtime: Saturday, 21 November 2026, 19:30 IST',
    'https://marquee.example/refunds/0123',
  ])
    expect(text.replace(/Saturday,? 21/, 'Saturday, 21').replace(/Tuesday,? 1 /, 'Tuesday, 1 ')).toContain(words)
  expect(html).not.toContain('<Jerry>')
})

test('the whole booking, too late for anything to come back', () => {
  const { text } = cancellationMail({
    ...facts,
    left: [],
    refundMinor: 0,
    statusUrls: [],
    promisedBy: null,
    withTicket: false,
  })
  expect(text).toContain('Nothing comes back for it, by the terms you booked with.')
  expect(text).toContain('The ticket is no longer good.')
  expect(text).not.toContain('Still yours')
})

test('the cinema’s own: sorry, everything, its reason, and what a voucher paid is there already', () => {
  const { subject, text } = cancellationMail({
    ...facts,
    by: 'CINEMA',
    left: [],
    withTicket: false,
    refundMinor: 74_956,
    toVoucherMinor: 20_000,
    reason: 'The projector is broken',
  })
  expect(subject).toMatch(/^Cancelled by the cinema: /)
  for (const words of [
    'Prasad Talkies cancelled Tom',
    'Everything you paid comes back: ₹749.56.',
    '₹200 is on your gift voucher again already.',
    '₹549.56 goes to the account or card',
    'The cinema says: The projector is broken',
  ])
    expect(text).toContain(words)
})
