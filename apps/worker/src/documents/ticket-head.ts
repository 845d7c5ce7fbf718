import type { TicketData } from '@marquee/core/tickets/ticket-data'
import { dateOf, durationOf, timeOf, zoneOf } from '@marquee/core/tickets/ticket-words'
import { DIM, HEAD_HEIGHT, LIGHT, MARGIN, NIGHT, PAGE, POSTER, SIGN } from './ticket-page.ts'
import type { Typesetter } from './typesetter.ts'

/** The night: poster, title, and the time, which is what people look for. */
export function drawHead(doc: PDFKit.PDFDocument, set: Typesetter, ticket: TicketData, poster: Buffer | null) {
  const { movie, showtime, theatre } = ticket
  doc.rect(0, 0, PAGE.width, HEAD_HEIGHT).fill(NIGHT)
  drawPoster(doc, set, ticket, poster, MARGIN, 30)

  const x = MARGIN + POSTER.width + 28
  const width = PAGE.width - MARGIN - x
  set('MARQUEE', x, 32, { font: 'display', size: 13, colour: SIGN, width: 200, tracking: 2 })
  set('TICKET', PAGE.width - MARGIN - 100, 34, {
    font: 'strong',
    size: 9,
    colour: DIM,
    width: 100,
    align: 'right',
    tracking: 1.5,
  })
  let y = set(movie.title, x, 58, { font: 'display', size: 30, smallest: 17, colour: LIGHT, width, lines: 2 }) + 3
  if (movie.nativeTitle)
    y = set(movie.nativeTitle, x, y, { font: 'strong', size: 16, smallest: 11, colour: DIM, width }) + 3
  const facts = [
    movie.certificate,
    durationOf(movie.runtimeMinutes),
    showtime.language,
    showtime.format,
    ...(showtime.captions ? [`${showtime.captions} captions`] : []),
  ]
  set(facts.join(' · '), x, y + 2, { size: 10.5, smallest: 8, colour: DIM, width })

  const time = timeOf(showtime.startsAt, theatre.timeZone)
  doc.font('display').fontSize(64)
  const timeWidth = doc.widthOfString(time)
  set(time, x - 2, 168, { font: 'display', size: 64, smallest: 40, colour: SIGN, width: width + 4 })
  set(zoneOf(showtime.startsAt, theatre.timeZone), x + timeWidth + 8, 211, {
    font: 'strong',
    size: 14,
    colour: SIGN,
    width: 90,
  })
  set(dateOf(showtime.startsAt, theatre.timeZone), x, 240, {
    font: 'strong',
    size: 15,
    smallest: 11,
    colour: LIGHT,
    width,
  })
  const clock = `Film starts ${timeOf(showtime.filmStartsAt, theatre.timeZone)} · out by ${timeOf(showtime.endsAt, theatre.timeZone)}`
  set(clock, x, 260, { size: 10.5, colour: DIM, width })
}

function drawPoster(
  doc: PDFKit.PDFDocument,
  set: Typesetter,
  { movie }: TicketData,
  poster: Buffer | null,
  x: number,
  y: number,
) {
  doc.save().roundedRect(x, y, POSTER.width, POSTER.height, 8).clip()
  if (poster) {
    doc.image(poster, x, y, { cover: [POSTER.width, POSTER.height], align: 'center', valign: 'center' })
  } else {
    doc
      .rect(x, y, POSTER.width, POSTER.height)
      .fill(/^#[0-9a-f]{6}$/i.test(movie.posterColour) ? movie.posterColour : '#2B1B2E')
    doc.rect(x, y, POSTER.width, 6).fill(SIGN)
    const below = set(movie.title, x + 16, y + 34, {
      font: 'display',
      size: 26,
      smallest: 12,
      colour: '#FFFFFF',
      width: POSTER.width - 32,
      lines: 4,
    })
    if (movie.nativeTitle)
      set(movie.nativeTitle, x + 16, below + 8, {
        size: 14,
        smallest: 9,
        colour: '#FFFFFF',
        width: POSTER.width - 32,
        lines: 2,
      })
    set(movie.genres.slice(0, 2).join(' · '), x + 16, y + POSTER.height - 26, {
      size: 9,
      colour: '#FFFFFF',
      width: POSTER.width - 32,
    })
  }
  doc.restore()
}
