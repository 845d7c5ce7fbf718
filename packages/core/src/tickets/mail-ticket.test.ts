import { expect, test } from 'vitest'
import { refundMail } from '../notifications/mail-refund.ts'
import { ticketMail } from './mail-ticket.ts'
import type { TicketData } from './ticket-data.ts'

const title = 'Tom & <Jerry>\r\nBcc: everybody@example.com'
const ticket: TicketData = {
  bookingId: '0197c1f0-0000-7000-8000-0000000000aa',
  showtimeId: '0197c1f0-0000-7000-8000-0000000000bb',
  code: 'ACDEFGHJ',
  email: 'asha@example.com',
  bookedAt: new Date('2026-11-20T08:00:00Z'),
  movie: {
    title,
    nativeTitle: null,
    language: 'English',
    certificate: 'U',
    runtimeMinutes: 95,
    genres: ['Comedy'],
    poster: null,
    posterColour: '#2B1B2E',
  },
  showtime: {
    startsAt: new Date('2026-11-21T14:00:00Z'),
    filmStartsAt: new Date('2026-11-21T14:15:00Z'),
    endsAt: new Date('2026-11-21T15:50:00Z'),
    language: 'English',
    format: '2D',
    captions: null,
  },
  theatre: {
    name: 'Prasad Talkies',
    area: 'Begumpet',
    address: '14 Sardar Patel Road',
    postcode: '500016',
    city: 'Hyderabad',
    timeZone: 'Asia/Kolkata',
  },
  screen: 'Screen 2',
  seats: [
    { label: 'F7', section: 'Premium' },
    { label: 'F8', section: 'Premium' },
  ],
  cancelled: { labels: [], refundMinor: 0 },
  cancellationTiers: [{ minutesBefore: 120, percent: 75 }],
  replaces: null,
  quote: {
    currency: 'INR',
    lines: [{ section: 'premium', name: 'Premium', count: 2, eachMinor: 35_000, totalMinor: 70_000 }],
    baseMinor: 70_000,
    discountMinor: 0,
    convenienceFeeMinor: 4_200,
    taxMinor: 756,
    taxPercent: 18,
    totalMinor: 74_956,
    voucherMinor: 0,
    creditMinor: 0,
    toPayMinor: 74_956,
  },
  verifyUrl: 'https://marquee.example/tickets/verify?token=abc',
  bookingUrl: 'https://marquee.example/bookings/1',
  ticketUrl: 'https://marquee.example/api/bookings/1/ticket.pdf',
}

test('a title is text in HTML, and one line in a header', () => {
  const { subject, html, text } = ticketMail(ticket, true)
  expect(html).not.toContain('<Jerry>')
  expect(html).toContain('Tom &#38; &#60;Jerry&#62;')
  expect(text).toContain('Tom & <Jerry>')
  expect(subject).not.toMatch(/[\r\n]/)
})

test('the time is the theatre’s own, with the name of its zone', () => {
  const { text } = ticketMail(ticket, true)
  expect(text).toContain('Saturday')
  expect(text).toContain('19:30 IST')
  expect(text).toContain('out by 21:20')
})

test('a moved booking says what it takes the place of, and what comes back', () => {
  const replaces = {
    code: 'QRTVWXY3',
    startsAt: new Date('2026-11-20T14:00:00Z'),
    timeZone: 'Asia/Kolkata',
    theatre: 'Odeon',
    screen: 'Screen 1',
    labels: ['B4', 'B5'],
    surplusMinor: 10_050,
  }
  const { subject, html, text } = ticketMail({ ...ticket, replaces }, true)
  expect(subject).toContain('Your moved booking')
  for (const part of [text, html]) {
    expect(part).toContain('QRTVWXY3, 20 Nov 2026, 19:30 IST, Odeon, Screen 1, seats B4, B5')
    expect(part).toContain('lets nobody in any more')
    expect(part).toContain('₹100.50 comes back')
  }
  expect(ticketMail({ ...ticket, replaces: { ...replaces, surplusMinor: 0 } }, true).text).not.toContain(
    'comes back the way',
  )
})

test('the lines add up to what was charged', () => {
  const { html, text } = ticketMail(ticket, true)
  for (const amount of ['₹700', '₹42', '₹7.56', '₹749.56']) {
    expect(text).toContain(amount)
    expect(html).toContain(amount)
  }
})

test('dark mail programs are told the colours', () => {
  const { html } = ticketMail(ticket, true)
  expect(html).toContain('name="color-scheme" content="light dark"')
  expect(html).toContain('prefers-color-scheme: dark')
})

test('a refund says what happened, how much, and when', () => {
  const { subject, text, html } = refundMail({
    movie: 'Tom & <Jerry>',
    code: 'ACDEFGHJ',
    amountMinor: 74_956,
    currency: 'INR',
    reason: 'SEATS_GONE',
    sentAt: new Date('2026-11-21T08:00:00Z'),
    timeZone: 'Asia/Kolkata',
    gatewayRefundId: 'rfnd_1',
    bookingStands: false,
    statusUrl: 'https://marquee.example/refunds/0123',
    bookingUrl: 'https://marquee.example/bookings/1',
    email: 'asha@example.com',
  })
  expect(subject).toContain('₹749.56')
  for (const words of [
    'somebody else had taken the seats',
    '13:30 IST',
    '5 to 7 working days',
    'rfnd_1',
    'No seats are booked',
  ]) {
    expect(text).toContain(words)
  }
  expect(html).not.toContain('<Jerry>')
})
