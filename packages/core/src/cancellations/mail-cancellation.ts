import type { Ctx } from '../context.ts'
import { formatMinor } from '../money.ts'
import { button, facts, mailPage, paragraph, subjectLine } from '../notifications/mail-layout.ts'
import { sendOnce } from '../notifications/send-once.ts'
import { ticketFilename } from '../tickets/get-ticket-pdf.ts'
import { dateOf, timeOf, zoneOf } from '../tickets/ticket-words.ts'

export const cancellationMailKey = (cancellationId: string) => `cancellation.mail:${cancellationId}`

export type CancellationFacts = {
  by: 'GUEST' | 'CINEMA' | 'MOVE'
  movie: string
  theatre: string
  startsAt: Date
  timeZone: string
  code: string
  /** Seats given back, and those that still stand. */
  seats: string[]
  left: string[]
  refundMinor: number
  toVoucherMinor: number
  currency: string
  /** By when the guest has the money; null when none goes back by the way it came. */
  promisedBy: Date | null
  /** In the cinema's words; empty for a guest's own. */
  reason: string
  /** Public pages that say how far each refund is. */
  statusUrls: string[]
  bookingUrl: string
  email: string
  withTicket: boolean
}

/**
 * Tells the guest what was cancelled, what comes back, by when, and where to look. Once for each cancellation. Where some
 * seats still stand, their ticket comes with it if it is drawn by now. @throws MailError, DeliveryBusy
 */
export async function mailCancellation(
  ctx: Pick<Ctx, 'db' | 'pool' | 'config' | 'mail' | 'log' | 'crashPoint'>,
  input: { cancellationId: string },
): Promise<void> {
  const row = await ctx.db.cancellation.findUnique({
    where: { id: input.cancellationId },
    include: {
      refunds: { orderBy: { createdAt: 'asc' } },
      booking: {
        include: {
          seats: { orderBy: { seat: 'asc' } },
          cancellations: { select: { seats: true } },
          document: true,
          showtime: { include: { movie: true, screen: { include: { theatre: { include: { city: true } } } } } },
        },
      },
    },
  })
  // An account without an address has nobody to mail to.
  if (!row?.booking.email) return
  const { booking } = row
  const { publicBaseUrl } = ctx.config.http
  const labels = (of: (seat: number) => boolean) =>
    booking.seats.filter((seat) => of(seat.seat)).map((seat) => seat.label)
  const gone = new Set(booking.cancellations.flatMap((each) => each.seats))
  const left = booking.status === 'CONFIRMED' ? labels((seat) => !gone.has(seat)) : []
  const pdf =
    left.length > 0 && booking.document
      ? [
          {
            filename: ticketFilename(booking.code),
            contentType: 'application/pdf',
            content: Buffer.from(booking.document.bytes),
          },
        ]
      : []
  const { theatre } = booking.showtime.screen
  const delivery = { eventKey: cancellationMailKey(row.id), recipient: booking.email, template: 'cancellation' }
  await sendOnce(ctx, delivery, async () => ({
    ...cancellationMail({
      by: row.by,
      movie: booking.showtime.movie.title,
      theatre: theatre.name,
      startsAt: booking.showtime.startsAt,
      timeZone: theatre.city.timeZone,
      code: booking.code,
      seats: labels((seat) => row.seats.includes(seat)),
      left,
      refundMinor: row.refundMinor,
      toVoucherMinor: row.toVoucherMinor,
      currency: booking.currency,
      promisedBy: row.refunds[0]?.promisedBy ?? null,
      reason: row.reason,
      statusUrls: row.refunds.map((refund) => `${publicBaseUrl}/refunds/${refund.reference}`),
      bookingUrl: `${publicBaseUrl}/bookings/${booking.id}`,
      email: booking.email,
      withTicket: pdf.length > 0,
    }),
    attachments: pdf,
  }))
}

/** Pure: the words of the mail. */
export function cancellationMail(it: CancellationFacts): { subject: string; text: string; html: string } {
  const money = (minor: number) => formatMinor(minor, it.currency)
  const when = `${dateOf(it.startsAt, it.timeZone)}, ${timeOf(it.startsAt, it.timeZone)} ${zoneOf(it.startsAt, it.timeZone)}`
  const seats = `${it.seats.length > 1 ? 'Seats' : 'Seat'} ${it.seats.join(', ')}`
  const heading =
    it.by === 'CINEMA'
      ? `${it.theatre} cancelled ${it.movie}`
      : it.left.length > 0
        ? `${seats} ${it.seats.length > 1 ? 'are' : 'is'} cancelled`
        : `Your booking for ${it.movie} is cancelled`
  const card = it.refundMinor - it.toVoucherMinor
  const back =
    it.refundMinor === 0
      ? 'Nothing comes back for it, by the terms you booked with.'
      : [
          it.by === 'CINEMA'
            ? `We are sorry. Everything you paid comes back: ${money(it.refundMinor)}.`
            : `${money(it.refundMinor)} comes back.`,
          it.toVoucherMinor > 0 && `${money(it.toVoucherMinor)} is on your gift voucher again already.`,
          card > 0 &&
            `${money(card)} goes to the account or card you paid with${it.promisedBy ? `, by ${dateOf(it.promisedBy, it.timeZone)} at the latest` : ''}. You need to do nothing.`,
        ]
          .filter(Boolean)
          .join(' ')
  const ticket =
    it.left.length === 0
      ? 'The ticket is no longer good.'
      : it.withTicket
        ? 'Your new ticket is attached; it is good for the seats you keep. The old paper shows seats that are no longer yours.'
        : 'Your ticket is good for the seats you keep. The new one is in your booking.'
  const rows: [string, string][] = [
    ['Film', it.movie],
    ['Showtime', when],
    ['Where', it.theatre],
    ['Cancelled', it.seats.join(', ')],
    ...(it.left.length > 0 ? [['Still yours', it.left.join(', ')] as [string, string]] : []),
    ...(it.by === 'CINEMA' && it.reason ? [['The cinema says', it.reason] as [string, string]] : []),
    ['Comes back', money(it.refundMinor)],
    ['Booking code', it.code],
  ]
  const [status] = it.statusUrls
  const reason = `You get this mail because ${it.email} was given for this booking.`
  return {
    subject: subjectLine(
      it.by === 'CINEMA'
        ? `Cancelled by the cinema: ${it.movie}, ${when}`
        : `Cancelled: ${it.movie}, ${seats.replace('S', 's')}`,
    ),
    text: [
      heading,
      '',
      back,
      ticket,
      '',
      ...rows.map(([name, value]) => `${name}: ${value}`),
      '',
      ...it.statusUrls.map((url) => `How far the money is: ${url}`),
      `Your booking: ${it.bookingUrl}`,
      '',
      reason,
    ].join('\n'),
    html: mailPage({
      preview: `${back} ${ticket}`,
      heading,
      body:
        paragraph(back) +
        facts(rows) +
        paragraph(ticket) +
        (status ? button(status, 'See how far the money is') : button(it.bookingUrl, 'See your booking')) +
        it.statusUrls
          .slice(1)
          .map((url) => paragraph(`Another part of it: ${url}`, 'muted'))
          .join(''),
      reason,
    }),
  }
}
