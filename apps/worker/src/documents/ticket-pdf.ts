import { replacedInShort } from '@marquee/core/tickets/replaced-booking'
import type { TicketData } from '@marquee/core/tickets/ticket-data'
import { amountLines, seatsOf, shortDateOf, ticketNotes, timeOf, zoneOf } from '@marquee/core/tickets/ticket-words'
import { drawPdf } from './pdf-document.ts'
import { loadPoster } from './poster.ts'
import { drawQrCode } from './qr-code.ts'
import { drawHead } from './ticket-head.ts'
import { AMOUNTS_HEIGHT, INK, MARGIN, MUTED, PAGE, PAPER, QR_SIZE, RULE } from './ticket-page.ts'
import type { Typesetter } from './typesetter.ts'

/**
 * The ticket to print: one A4 page. Data in, bytes out; the same ticket always gives the same page.
 * @param webFolder the built web app, where posters lie
 */
export async function renderTicketPdf(ticket: TicketData, webFolder?: string): Promise<Uint8Array> {
  const poster = await loadPoster(ticket.movie.poster, webFolder)
  const about = {
    title: `${ticket.movie.title}: ticket ${ticket.code}`,
    subject: `${seatsOf(ticket.seats)}, ${ticket.theatre.name}`,
    createdAt: ticket.bookedAt,
  }
  return drawPdf(about, (doc, set) => {
    doc.rect(0, 0, PAGE.width, PAGE.height).fill(PAPER)
    drawHead(doc, set, ticket, poster)
    drawPlace(doc, set, ticket)
    drawTear(doc, 536)
    const below = Math.max(drawAmounts(doc, set, ticket, 556), drawDetails(set, ticket, 556))
    drawNotes(doc, set, ticket, Math.max(below + 16, 706))
    set('Marquee · movie tickets with live seats', MARGIN, 810, { size: 8.5, colour: MUTED, width: 300 })
    set(`Ticket ${ticket.code}`, PAGE.width - MARGIN - 200, 810, {
      size: 8.5,
      colour: MUTED,
      width: 200,
      align: 'right',
    })
  })
}

/** Where to go, where to sit, and the code that opens the door. */
function drawPlace(doc: PDFKit.PDFDocument, set: Typesetter, { theatre, screen, seats, code, verifyUrl }: TicketData) {
  const width = 320
  let y = label(set, 'CINEMA', MARGIN, 322, width)
  y = set(theatre.name, MARGIN, y, { font: 'strong', size: 19, smallest: 13, colour: INK, width, lines: 2 }) + 2
  const address = `${theatre.address}, ${theatre.city} ${theatre.postcode}`
  y = set(address, MARGIN, y, { size: 10.5, smallest: 8.5, colour: MUTED, width, lines: 3 }) + 14
  label(set, 'SCREEN', MARGIN, y, 100)
  const column = MARGIN + 116
  const top = label(set, seats.length === 1 ? 'SEAT' : `${seats.length} SEATS`, column, y, 200)
  set(screen, MARGIN, top, { font: 'strong', size: 19, smallest: 10, colour: INK, width: 104, lines: 2 })
  y = set(seatsOf(seats), column, top - 4, {
    font: 'display',
    size: seats.length > 12 ? 14 : 30,
    smallest: 7.5,
    colour: INK,
    width: width - 116,
    lines: seats.length > 12 ? 5 : 2,
  })
  const sections = [...new Set(seats.map((seat) => seat.section))].join(', ')
  set(`${rowsOf(seats)} · ${sections}`, column, y + 1, {
    size: 10.5,
    smallest: 8,
    colour: MUTED,
    width: width - 116,
    lines: 2,
  })

  const x = PAGE.width - MARGIN - QR_SIZE - 24
  doc.roundedRect(x - 8, 322, QR_SIZE + 32, QR_SIZE + 66, 10).fill('#FFFFFF')
  drawQrCode(doc, verifyUrl, x + 8, 330, QR_SIZE)
  set(spaced(code), x, 330 + QR_SIZE + 6, {
    font: 'display',
    size: 20,
    colour: INK,
    width: QR_SIZE + 16,
    align: 'center',
    tracking: 1.5,
  })
  set('Show this at the door', x, 330 + QR_SIZE + 32, {
    size: 9.5,
    colour: MUTED,
    width: QR_SIZE + 16,
    align: 'center',
  })
}

function drawAmounts(doc: PDFKit.PDFDocument, set: Typesetter, ticket: TicketData, top: number): number {
  const width = 250
  let y = label(set, 'PAID', MARGIN, top, width)
  const lines = amountLines(ticket)
  // Many price groups come closer together; none is left out, and the notes keep their place.
  const size = Math.min(10.5, AMOUNTS_HEIGHT / (lines.length - 1) / 1.45)
  for (const { label: name, amount, total = false } of lines) {
    if (total) {
      doc
        .moveTo(MARGIN, y + 3)
        .lineTo(MARGIN + width, y + 3)
        .lineWidth(0.75)
        .stroke(INK)
      y += 8
    }
    const style = { font: total ? 'strong' : 'body', size: total ? 13 : size } as const
    set(name, MARGIN, y, { ...style, smallest: 5, colour: total ? INK : MUTED, width: width - 80 })
    y = set(amount, MARGIN + width - 90, y, { ...style, colour: INK, width: 90, align: 'right' }) + size * 0.24
  }
  return y
}

function drawDetails(set: Typesetter, ticket: TicketData, top: number): number {
  const x = 316
  const width = PAGE.width - MARGIN - x
  let y = label(set, 'BOOKING', x, top, width)
  const rows: [string, string][] = [
    ['Status', 'CONFIRMED'],
    ['Booking code', ticket.code],
    ...(ticket.replaces ? [['Replaces', replacedInShort(ticket.replaces)] satisfies [string, string]] : []),
    [
      'Booked',
      `${shortDateOf(ticket.bookedAt, ticket.theatre.timeZone)}, ${timeOf(ticket.bookedAt, ticket.theatre.timeZone)} ${zoneOf(ticket.bookedAt, ticket.theatre.timeZone)}`,
    ],
    ['Email', ticket.email],
    ['Showtime', ticket.showtimeId],
    ['Booking id', ticket.bookingId],
  ]
  for (const [name, value] of rows) {
    set(name, x, y, { size: 9.5, colour: MUTED, width: 64 })
    const confirmed = name === 'Status'
    const font = confirmed ? 'strong' : 'body'
    const colour = confirmed ? '#1B6E3C' : INK
    y = set(value, x + 70, y, { font, size: 9.5, smallest: 7.5, colour, width: width - 70, lines: 2 }) + 4
  }
  return y
}

function drawNotes(doc: PDFKit.PDFDocument, set: Typesetter, ticket: TicketData, top: number) {
  doc
    .moveTo(MARGIN, top)
    .lineTo(PAGE.width - MARGIN, top)
    .lineWidth(0.75)
    .stroke(RULE)
  const width = (PAGE.width - 2 * MARGIN - 24) / 2
  const notes = ticketNotes(ticket)
  let y = top + 12
  for (let i = 0; i < notes.length; i += 2) {
    const row = notes.slice(i, i + 2)
    y =
      Math.max(
        ...row.map((note, column) =>
          set(note, MARGIN + column * (width + 24), y, { size: 9.5, smallest: 8, colour: INK, width, lines: 6 }),
        ),
      ) + 8
  }
}

/** Where a paper ticket would be torn. */
function drawTear(doc: PDFKit.PDFDocument, y: number) {
  doc.circle(0, y, 9).fill(RULE).circle(PAGE.width, y, 9).fill(RULE)
  doc
    .moveTo(18, y)
    .lineTo(PAGE.width - 18, y)
    .lineWidth(1)
    .dash(3, { space: 4 })
    .stroke(RULE)
    .undash()
}

const label = (set: Typesetter, text: string, x: number, y: number, width: number) =>
  set(text, x, y, { font: 'strong', size: 8.5, colour: MUTED, width, tracking: 1.2 }) + 3

/** Read aloud in two halves. */
const spaced = (code: string) => `${code.slice(0, 4)} ${code.slice(4)}`

function rowsOf(seats: TicketData['seats']): string {
  const rows = [...new Set(seats.map((seat) => /^[A-Z]+/.exec(seat.label)?.[0] ?? seat.label))]
  return `${rows.length > 1 ? 'Rows' : 'Row'} ${rows.join(', ')}`
}
