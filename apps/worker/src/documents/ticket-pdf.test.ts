import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import type { TicketData } from '@marquee/core/tickets/ticket-data'
import { readTicket, signTicket, ticketKeys } from '@marquee/core/tickets/ticket-token'
import { expect, test } from 'vitest'
import { renderTicketPdf } from './ticket-pdf.ts'

const { default: readQrCode } = createRequire(import.meta.url)('jsqr') as typeof import('jsqr')

const keys = ticketKeys({ tickets: { signingKey: 'a secret for tests' } })
const bookingId = '0197c1f0-0000-7000-8000-0000000000aa'
const issuedAt = new Date('2026-11-21T08:00:00Z')
const token = signTicket(keys, { bookingId, issuedAt })

const ticket: TicketData = {
  bookingId,
  showtimeId: '0197c1f0-0000-7000-8000-0000000000bb',
  code: 'ACDEFGHJ',
  email: 'asha@example.com',
  bookedAt: issuedAt,
  movie: {
    title: 'Tom & <Jerry>',
    nativeTitle: 'ఆఖరి పాట',
    language: 'Telugu',
    certificate: 'UA 13+',
    runtimeMinutes: 134,
    genres: ['Drama'],
    poster: null,
    posterColour: '#2B1B2E',
  },
  showtime: {
    startsAt: new Date('2026-11-21T14:00:00Z'),
    filmStartsAt: new Date('2026-11-21T14:15:00Z'),
    endsAt: new Date('2026-11-21T16:35:00Z'),
    language: 'Telugu',
    format: 'Dolby Atmos',
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
  verifyUrl: `https://tickets.marquee.example/tickets/verify?token=${token}`,
  bookingUrl: 'https://tickets.marquee.example/bookings/1',
  ticketUrl: 'https://tickets.marquee.example/api/bookings/1/ticket.pdf',
}
const withMovie = (movie: Partial<TicketData['movie']>) => ({ ...ticket, movie: { ...ticket.movie, ...movie } })
const pageCount = (pdf: Uint8Array) =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b(?!s)/g)?.length

test('the code on the page opens our verdict, for this very booking', async () => {
  const { image, millimetres } = await paintedSquares(await renderTicketPdf(ticket))
  const read = readQrCode(image.data, image.width, image.height)
  expect(read?.data).toBe(ticket.verifyUrl)
  expect(readTicket(keys, new URL(read?.data ?? '').searchParams.get('token') ?? '')).toEqual({ bookingId, issuedAt })
  expect(millimetres).toBeGreaterThanOrEqual(40)
})

test('it is one page, with its words in it and not as a picture', async () => {
  const pdf = await renderTicketPdf(ticket)
  expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-')
  expect(pageCount(pdf)).toBe(1)
  const text = Buffer.from(pdf).toString('latin1')
  expect(text).toContain('/Lang (en-IN)')
  for (const font of ['Inter', 'BricolageGrotesque', 'NotoSansTelugu']) expect(text).toContain(font)
  expect(pdf.length).toBeLessThan(200_000)
})

test.each([
  ['a word the shaper stumbles over', 'കൊച്ചിയിലേക്ക് രാത്രി ബസ്'],
  ['one endless word', 'W'.repeat(200)],
  ['nothing', ''],
  ['letters no font has', '🎬 𓀀 电影'],
  ['turned text', '\u202eelttoB\u202c \u0000'],
  ['broken lines', 'One\nTwo\r\nThree\tFour'],
])('a title of %s makes a ticket all the same', async (_what, title) => {
  expect(pageCount(await renderTicketPdf(withMovie({ title, nativeTitle: title })))).toBe(1)
})

test('fifty seats in twelve price groups stay on the page', async () => {
  const line = (i: number) => ({
    section: `s${i}`,
    name: `Section ${i}`,
    count: 4,
    eachMinor: 35_000 + i,
    totalMinor: 140_000,
  })
  const crowd = {
    ...ticket,
    seats: Array.from({ length: 50 }, (_, i) => ({ label: `${'ABCDE'[i % 5]}${i + 100}`, section: 'Premium' })),
    quote: { ...ticket.quote, lines: Array.from({ length: 12 }, (_, i) => line(i)) },
  }
  expect(pageCount(await renderTicketPdf(crowd))).toBe(1)
})

test('a moved booking names the one it takes the place of', async () => {
  const replaces = {
    code: 'QRTVWXY3',
    startsAt: new Date('2026-11-20T14:00:00Z'),
    timeZone: 'Asia/Kolkata',
    theatre: 'Odeon',
    screen: 'Screen 1',
    labels: ['B4'],
    surplusMinor: 0,
  }
  const pdf = await renderTicketPdf({ ...ticket, replaces })
  expect(pageCount(pdf)).toBe(1)
  expect(Buffer.from(pdf)).not.toEqual(Buffer.from(await renderTicketPdf(ticket)))
})

test('a poster name from the catalogue is never a path', async () => {
  expect(pageCount(await renderTicketPdf(withMovie({ poster: '../../../../etc/passwd' })))).toBe(1)
})

/**
 * Paints the black rectangles of the page, as a viewer would: the drawing operators are read from the PDF itself.
 * Four pixels a point, cut to where they are.
 */
async function paintedSquares(pdf: Uint8Array) {
  const squares: { x: number; y: number; width: number; height: number }[] = []
  let pending: typeof squares = []
  let black = false
  for (const line of contentOf(pdf).split('\n')) {
    const numbers = line.split(' ').map(Number)
    const [x = 0, y = 0, width = 0, height = 0] = numbers
    if (line.endsWith(' re')) pending.push({ x, y, width, height })
    else if (line.endsWith(' scn')) black = x === 0 && y === 0 && width === 0
    else if (line === 'f') {
      if (black && pending.length > 20) squares.push(...pending)
      pending = []
    } else if (line === 'S' || line === 'n' || line === 'W n') pending = []
  }
  const left = Math.min(...squares.map((s) => s.x))
  const top = Math.min(...squares.map((s) => s.y))
  const size = Math.max(...squares.map((s) => s.x + s.width)) - left
  const border = 20
  const side = Math.ceil(size * 4) + 2 * border
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const square of squares) {
    const from = { x: Math.round((square.x - left) * 4) + border, y: Math.round((square.y - top) * 4) + border }
    const to = {
      x: Math.round((square.x + square.width - left) * 4) + border,
      y: Math.round((square.y + square.height - top) * 4) + border,
    }
    for (let y = from.y; y < to.y; y++)
      for (let x = from.x; x < to.x; x++) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
  }
  return { image: { data, width: side, height: side }, millimetres: (size / 72) * 25.4 }
}

/** The page's drawing operators: the longest of the streams that hold any. */
function contentOf(pdf: Uint8Array): string {
  const bytes = Buffer.from(pdf)
  const found: string[] = []
  for (let at = bytes.indexOf('stream\n'); at >= 0; at = bytes.indexOf('stream\n', at + 1)) {
    if (bytes.toString('latin1', at - 3, at) === 'end') continue
    try {
      found.push(inflateSync(bytes.subarray(at + 7, bytes.indexOf('\nendstream', at))).toString('latin1'))
    } catch {
      // Not compressed: a font's table, not a page.
    }
  }
  return found.filter((stream) => stream.includes(' re\n')).sort((a, b) => b.length - a.length)[0] ?? ''
}
