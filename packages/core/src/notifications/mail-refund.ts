import { REFUND_REASONS } from '../bookings/states.ts'
import type { Ctx } from '../context.ts'
import { formatMinor } from '../money.ts'
import { dateOf, timeOf, zoneOf } from '../tickets/ticket-words.ts'
import { button, facts, mailPage, paragraph, subjectLine } from './mail-layout.ts'
import { sendOnce } from './send-once.ts'

export const refundMailKey = (refundId: string) => `refund.mail:${refundId}`

export type RefundFacts = {
  movie: string
  code: string
  amountMinor: number
  currency: string
  reason: string
  /** When the gateway was told to send the money back. */
  sentAt: Date
  timeZone: string
  gatewayRefundId: string | null
  /** The public page that says how far it is. */
  statusUrl: string
  /** The booking stands; only the extra money goes back. */
  bookingStands: boolean
  bookingUrl: string
  email: string
}

/** Tells the guest that money is on its way back: what happened, how much, when. Once. @throws MailError, DeliveryBusy */
export async function mailRefund(
  ctx: Pick<Ctx, 'db' | 'pool' | 'config' | 'mail' | 'log' | 'crashPoint'>,
  input: { refundId: string },
): Promise<void> {
  const refund = await ctx.db.refund.findUnique({
    where: { id: input.refundId },
    include: {
      capture: {
        include: {
          payment: {
            include: {
              booking: {
                include: {
                  showtime: {
                    include: {
                      movie: { select: { title: true } },
                      screen: { include: { theatre: { include: { city: true } } } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  })
  if (!refund) return
  const { booking } = refund.capture.payment
  // Nobody to mail to: an account by telephone, or one that is erased by now. The public page says the same.
  if (!booking.email) return
  const delivery = { eventKey: refundMailKey(refund.id), recipient: booking.email, template: 'refund' }
  await sendOnce(ctx, delivery, async () => ({
    ...refundMail({
      movie: booking.showtime.movie.title,
      code: booking.code,
      amountMinor: refund.amountMinor,
      currency: refund.capture.currency,
      reason: refund.reason,
      sentAt: refund.updatedAt,
      timeZone: booking.showtime.screen.theatre.city.timeZone,
      gatewayRefundId: refund.gatewayRefundId,
      bookingStands: booking.status === 'CONFIRMED',
      statusUrl: `${ctx.config.http.publicBaseUrl}/refunds/${refund.reference}`,
      bookingUrl: `${ctx.config.http.publicBaseUrl}/bookings/${booking.id}`,
      email: booking.email,
    }),
    attachments: [],
  }))
}

/** Pure: the words of the mail. */
export function refundMail(refund: RefundFacts): { subject: string; text: string; html: string } {
  const amount = formatMinor(refund.amountMinor, refund.currency)
  const { sentAt, timeZone } = refund
  const heading = `${amount} is on its way back to you`
  const why = REFUND_REASONS[refund.reason] ?? 'This payment goes back in full.'
  const stands = refund.bookingStands
    ? 'Your booking itself stands, and your ticket is good.'
    : refund.reason.startsWith('CANCELLED')
      ? ''
      : 'No seats are booked with this payment.'
  const said = [why, stands].filter(Boolean).join(' ')
  const when =
    'Your bank shows it on the account or card you paid with, usually within 5 to 7 working days. You need to do nothing.'
  const rows: [string, string][] = [
    ['Amount', amount],
    ['Sent back', `${dateOf(sentAt, timeZone)}, ${timeOf(sentAt, timeZone)} ${zoneOf(sentAt, timeZone)}`],
    ['Film', refund.movie],
    ['Booking code', refund.code],
    ...(refund.gatewayRefundId ? [['Refund reference', refund.gatewayRefundId] as [string, string]] : []),
  ]
  const reason = `You get this mail because ${refund.email} was given for this booking.`
  return {
    subject: subjectLine(`${amount} is on its way back: ${refund.movie}`),
    text: [
      heading,
      '',
      said,
      '',
      ...rows.map(([name, value]) => `${name}: ${value}`),
      '',
      when,
      '',
      `How far it is: ${refund.statusUrl}`,
      `Your booking: ${refund.bookingUrl}`,
      '',
      reason,
    ].join('\n'),
    html: mailPage({
      preview: said,
      heading,
      body:
        paragraph(said) +
        facts(rows) +
        paragraph(when) +
        button(refund.statusUrl, 'See how far it is') +
        paragraph(`Your booking: ${refund.bookingUrl}`, 'muted'),
      reason,
    }),
  }
}
