import type { CancellationTiers } from '@marquee/contracts/cancellations'
import type { Quote } from '@marquee/contracts/pricing'
import { BOOKING_VIEW, quoteOf } from '../bookings/booking-view.ts'
import { tiersOf } from '../cancellations/tiers.ts'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { findReplaced, type ReplacedBooking } from './replaced-booking.ts'
import { signTicket, ticketKeys } from './ticket-token.ts'

/** Everything a ticket says, on paper and in a mail. Plain values: rendering it needs nothing else. */
export type TicketData = {
  bookingId: string
  showtimeId: string
  code: string
  email: string
  bookedAt: Date
  movie: {
    title: string
    nativeTitle: string | null
    language: string
    certificate: string
    runtimeMinutes: number
    genres: string[]
    poster: string | null
    posterColour: string
  }
  showtime: {
    startsAt: Date
    filmStartsAt: Date
    endsAt: Date
    language: string
    format: string
    captions: string | null
  }
  theatre: { name: string; area: string; address: string; postcode: string; city: string; timeZone: string }
  screen: string
  /** Those that still stand. */
  seats: { label: string; section: string }[]
  /** What was given back of this booking, in seat order; none: nothing. */
  cancelled: { labels: string[]; refundMinor: number }
  cancellationTiers: CancellationTiers
  /** The booking it was moved from; null: none. */
  replaces: ReplacedBooking | null
  quote: Quote
  /** What the QR code says: opens the verdict in any phone's camera. */
  verifyUrl: string
  bookingUrl: string
  ticketUrl: string
}

/** @throws NOT_FOUND when there is no such confirmed booking */
export async function loadTicketData(
  ctx: Pick<Ctx, 'db' | 'config'>,
  input: { bookingId: string },
): Promise<TicketData> {
  const booking = await ctx.db.booking.findFirst({
    where: { id: input.bookingId, status: 'CONFIRMED' },
    include: BOOKING_VIEW,
  })
  if (!booking) throw notFound('Confirmed booking')
  const { showtime } = booking
  const { theatre } = showtime.screen
  const base = ctx.config.http.publicBaseUrl
  const quote = quoteOf(booking)
  const gone = new Set(booking.cancellations.flatMap((cancellation) => cancellation.seats))
  const sections = new Map(quote.lines.map((line) => [line.section, line.name]))
  return {
    bookingId: booking.id,
    showtimeId: showtime.id,
    code: booking.code,
    email: booking.email,
    bookedAt: booking.createdAt,
    movie: showtime.movie,
    showtime,
    theatre: { ...theatre, address: addressOf(theatre), city: theatre.city.name, timeZone: theatre.city.timeZone },
    screen: showtime.screen.name,
    seats: booking.seats
      .filter((seat) => !gone.has(seat.seat))
      .map((seat) => ({ label: seat.label, section: sections.get(seat.section) ?? seat.section })),
    cancelled: {
      labels: booking.seats.filter((seat) => gone.has(seat.seat)).map((seat) => seat.label),
      refundMinor: booking.cancellations.reduce((sum, cancellation) => sum + cancellation.refundMinor, 0),
    },
    cancellationTiers: tiersOf(booking.cancellationTiers),
    replaces: await findReplaced(ctx, booking),
    quote,
    verifyUrl: verifyUrlOf(ctx.config, booking),
    bookingUrl: `${base}/bookings/${booking.id}`,
    ticketUrl: `${base}/api/bookings/${booking.id}/ticket.pdf`,
  }
}

/** The same on paper, in the mail and on the guest's screen, whenever it is asked for. */
export function verifyUrlOf(
  config: Ctx['config'],
  booking: { id: string; confirmedAt: Date | null; createdAt: Date },
): string {
  const token = signTicket(ticketKeys(config), {
    bookingId: booking.id,
    issuedAt: booking.confirmedAt ?? booking.createdAt,
  })
  return `${config.http.publicBaseUrl}/tickets/verify?token=${token}`
}

/** Many addresses end with their area already. */
const addressOf = ({ address, area }: { address: string; area: string }) =>
  address.toLowerCase().includes(area.toLowerCase()) ? address : `${address}, ${area}`
