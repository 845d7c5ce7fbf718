import type { InvoiceDocument } from '@marquee/core/invoices/render-invoice'
import { formatMinor } from '@marquee/core/money'
import { dateOf, shortDateOf, timeOf, zoneOf } from '@marquee/core/tickets/ticket-words'
import { drawInvoiceTable } from './invoice-table.ts'
import { drawPdf } from './pdf-document.ts'
import { INK, LIGHT, MARGIN, MUTED, NIGHT, PAGE, RULE, SIGN } from './ticket-page.ts'
import type { Typesetter } from './typesetter.ts'

const WIDTH = PAGE.width - 2 * MARGIN
const BAND_HEIGHT = 132
/** Law and books go by Indian time, wherever the cinema is. */
const BOOKS_TIME_ZONE = 'Asia/Kolkata'

/** An invoice or a credit note: one A4 page. Data in, bytes out; the same document always gives the same page. */
export async function renderInvoicePdf(invoice: InvoiceDocument): Promise<Uint8Array> {
  const { data, number, issuedAt } = invoice
  const title = titleOf(invoice)
  return drawPdf(
    { title: `${title} ${number}`, subject: `Booking ${data.booking.code}`, createdAt: issuedAt },
    (doc, set) => {
      doc.rect(0, 0, PAGE.width, PAGE.height).fill('#FFFFFF')
      drawBand(doc, set, invoice, title)
      const below = drawParties(set, invoice, BAND_HEIGHT + 26)
      const tableTop = drawOccasion(doc, set, invoice, below + 18)
      drawInvoiceTable(doc, set, invoice, tableTop + 20)
      drawFoot(doc, set, invoice)
    },
  )
}

/** What has no GST number on it is no tax invoice. */
const titleOf = ({ kind, data }: InvoiceDocument) =>
  kind === 'CREDIT_NOTE' ? 'Credit note' : data.seller.gstin ? 'Tax invoice' : 'Invoice'

function drawBand(
  doc: PDFKit.PDFDocument,
  set: Typesetter,
  { kind, number, issuedAt, data }: InvoiceDocument,
  title: string,
) {
  doc.rect(0, 0, PAGE.width, BAND_HEIGHT).fill(NIGHT)
  set('MARQUEE', MARGIN, 30, { font: 'display', size: 13, colour: SIGN, width: 200, tracking: 2 })
  set(title, MARGIN, 62, { font: 'display', size: 32, colour: LIGHT, width: 300 })
  const x = PAGE.width - MARGIN - 240
  const right = { width: 240, align: 'right' } as const
  set(number, x, 32, { font: 'strong', size: 15, colour: LIGHT, ...right })
  set(dateOf(issuedAt, BOOKS_TIME_ZONE), x, 53, { size: 10, colour: '#B5A99A', ...right })
  if (data.invoiceNumber) set(`For invoice ${data.invoiceNumber}`, x, 67, { size: 10, colour: '#B5A99A', ...right })
  set(formatMinor(data.totalMinor, data.currency), x, 84, { font: 'display', size: 24, colour: SIGN, ...right })
  if (kind === 'CREDIT_NOTE' && data.reason)
    set(data.reason, MARGIN, 103, { size: 10, smallest: 7.5, colour: '#B5A99A', width: 300, lines: 2 })
}

/** Who sells, who buys, and where the law thinks it happened. A paper for the tax office names them whole. */
function drawParties(set: Typesetter, { data }: InvoiceDocument, top: number): number {
  const column = (WIDTH - 40) / 3
  const { seller, buyer } = data
  const columns: [string, string, string[]][] = [
    [
      'FROM',
      seller.name,
      [...addressLines(seller.address), seller.state, ...(seller.gstin ? [`GSTIN ${seller.gstin}`] : [])],
    ],
    ['BILLED TO', buyer.name, buyer.email ? [buyer.email] : []],
    ['PLACE OF SUPPLY', data.placeOfSupply, ['Reverse charge: no']],
  ]
  const bottoms = columns.map(([name, first, rest], i) => {
    const x = MARGIN + i * (column + 20)
    let y = label(set, name, x, top, column)
    y = set(first, x, y, { font: 'strong', size: 11.5, smallest: 8.5, colour: INK, width: column, lines: 4 }) + 2
    for (const line of rest) y = set(line, x, y, { size: 9.5, smallest: 7, colour: MUTED, width: column, lines: 2 }) + 1
    return y
  })
  return Math.max(...bottoms)
}

/** The evening it was for. */
function drawOccasion(doc: PDFKit.PDFDocument, set: Typesetter, { data }: InvoiceDocument, top: number): number {
  rule(doc, top)
  const { booking } = data
  const startsAt = new Date(booking.startsAt)
  const when = `${shortDateOf(startsAt, booking.timeZone)}, ${timeOf(startsAt, booking.timeZone)} ${zoneOf(startsAt, booking.timeZone)}`
  const film = 230
  let y = label(set, 'FILM', MARGIN, top + 14, film)
  y = set(booking.movie, MARGIN, y, { font: 'strong', size: 11.5, smallest: 8, colour: INK, width: film, lines: 4 })
  if (booking.nativeTitle)
    y = set(booking.nativeTitle, MARGIN, y + 1, { size: 9.5, smallest: 7.5, colour: MUTED, width: film, lines: 3 })
  const cinemaX = MARGIN + film + 20
  let right = label(set, 'CINEMA', cinemaX, top + 14, 165)
  right = set(`${booking.theatre}, ${booking.screen}`, cinemaX, right, {
    size: 9.5,
    smallest: 7.5,
    colour: INK,
    width: 165,
    lines: 6,
  })
  right = set(when, cinemaX, right + 1, { size: 9.5, smallest: 7.5, colour: MUTED, width: 165 })
  const codeX = PAGE.width - MARGIN - 90
  const below = label(set, 'BOOKING', codeX, top + 14, 90)
  set(booking.code, codeX, below, { font: 'strong', size: 11.5, colour: INK, width: 90, tracking: 0.6 })
  const bottom = Math.max(y, right) + 14
  rule(doc, bottom)
  return bottom
}

function drawFoot(doc: PDFKit.PDFDocument, set: Typesetter, { kind, data, number }: InvoiceDocument) {
  rule(doc, 770)
  const notes = [
    'GST is charged on Marquee’s own service, the convenience fee. Seat prices are set by the cinema.',
    kind === 'CREDIT_NOTE'
      ? `Takes back from invoice ${data.invoiceNumber}. Made out by computer and good without a signature.`
      : 'Made out by computer and good without a signature.',
  ]
  set(notes.join(' '), MARGIN, 780, { size: 8.5, colour: MUTED, width: WIDTH - 140, lines: 3 })
  set(number, PAGE.width - MARGIN - 130, 780, { size: 8.5, colour: MUTED, width: 130, align: 'right' })
}

/** Three short lines rather than six: an address is written with many commas. */
function addressLines(parts: string[]): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    if (last !== undefined && `${last}, ${part}`.length <= 34) lines[lines.length - 1] = `${last}, ${part}`
    else lines.push(part)
  }
  return lines.slice(0, 5)
}

const rule = (doc: PDFKit.PDFDocument, y: number) =>
  doc
    .moveTo(MARGIN, y)
    .lineTo(PAGE.width - MARGIN, y)
    .lineWidth(0.75)
    .stroke(RULE)

const label = (set: Typesetter, text: string, x: number, y: number, width: number) =>
  set(text, x, y, { font: 'strong', size: 8, colour: MUTED, width, tracking: 1.2 }) + 3
