import type { Ctx } from '../context.ts'
import { button, facts, mailPage, paragraph, subjectLine } from '../notifications/mail-layout.ts'
import { sendOnce } from '../notifications/send-once.ts'
import { ticketFilename } from './get-ticket-pdf.ts'
import { replacedInWords } from './replaced-booking.ts'
import { loadTicketData, type TicketData } from './ticket-data.ts'
import { amountLines, dateOf, seatsOf, timeOf, zoneOf } from './ticket-words.ts'

export const ticketMailKey = (bookingId: string) => `ticket.mail:${bookingId}`

/**
 * Mails a confirmed booking's ticket, once. The PDF is attached if it has been made by now; a mail with the link alone is
 * better than none. A booking cancelled meanwhile gets no ticket.
 * @throws MailError, DeliveryBusy
 */
export async function mailTicket(
  ctx: Pick<Ctx, 'db' | 'pool' | 'config' | 'mail' | 'log' | 'crashPoint'>,
  input: { bookingId: string },
): Promise<void> {
  const booking = await ctx.db.booking.findUnique({
    where: { id: input.bookingId },
    select: { status: true, email: true },
  })
  // An account by telephone has no address; its ticket is in its bookings.
  if (booking?.status !== 'CONFIRMED' || !booking.email) return
  const delivery = { eventKey: ticketMailKey(input.bookingId), recipient: booking.email, template: 'ticket' }
  await sendOnce(ctx, delivery, async () => {
    const [data, document] = await Promise.all([
      loadTicketData(ctx, input),
      ctx.db.ticketDocument.findUnique({ where: { bookingId: input.bookingId } }),
    ])
    const pdf = document && {
      filename: ticketFilename(data.code),
      contentType: 'application/pdf',
      content: Buffer.from(document.bytes),
    }
    return { ...ticketMail(data, pdf !== null), attachments: pdf ? [pdf] : [] }
  })
}

/** Pure: the words of the mail. */
export function ticketMail(data: TicketData, withPdf: boolean): { subject: string; text: string; html: string } {
  const { movie, showtime, theatre } = data
  const { timeZone } = theatre
  const time = timeOf(showtime.startsAt, timeZone)
  const zone = zoneOf(showtime.startsAt, timeZone)
  const heading = data.replaces ? `Your booking moved: ${movie.title}` : `You’re going to ${movie.title}`
  const how = withPdf
    ? 'Your ticket is attached. Its code lets you in.'
    : 'Your ticket is ready in your booking. Its code lets you in.'
  const changed = data.replaces && replacedInWords(data.replaces)
  const rows: [string, string][] = [
    ['Date', dateOf(showtime.startsAt, timeZone)],
    ['Time', `${time} ${zone}`],
    ['Film', `starts ${timeOf(showtime.filmStartsAt, timeZone)}, out by ${timeOf(showtime.endsAt, timeZone)}`],
    ['Where', `${theatre.name}, ${data.screen}`],
    ['Address', `${theatre.address}, ${theatre.city} ${theatre.postcode}`],
    ['Seats', seatsOf(data.seats)],
    ['Booking code', data.code],
  ]
  const paid = amountLines(data).map(({ label, amount }): [string, string] => [label, amount])
  const arrive = 'Come 15 minutes early, and bring a photo ID.'
  const reason = `You get this mail because ${data.email} was given for this booking.`
  return {
    subject: subjectLine(
      `${data.replaces ? 'Your moved booking' : 'Your ticket'}: ${movie.title}, ${time}, seats ${seatsOf(data.seats)}`,
    ),
    text: [
      heading,
      '',
      how,
      '',
      ...(changed ? [changed, ''] : []),
      ...[...rows, ...paid].map(([name, value]) => `${name}: ${value}`),
      '',
      arrive,
      '',
      `Your booking: ${data.bookingUrl}`,
      `Check the ticket: ${data.verifyUrl}`,
      '',
      reason,
    ].join('\n'),
    html: mailPage({
      preview: `${dateOf(showtime.startsAt, timeZone)}, ${time} ${zone}. ${theatre.name}, seats ${seatsOf(data.seats)}.`,
      heading,
      body:
        paragraph(how) +
        (changed ? paragraph(changed) : '') +
        facts(rows) +
        facts(paid) +
        button(data.bookingUrl, 'See your booking') +
        paragraph(arrive, 'muted'),
      reason,
    }),
  }
}
