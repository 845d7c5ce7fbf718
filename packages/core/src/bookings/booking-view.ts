import type { Booking } from '@marquee/contracts/bookings'
import type { Quote } from '@marquee/contracts/pricing'
import { tiersOf } from '../cancellations/tiers.ts'
import { movieCard } from '../catalog/movie-rows.ts'
import { SHOWTIME_FACTS, showtimeFacts, withSeatsLeft } from '../catalog/showtime-cards.ts'
import { THEATRE_CARD, theatreCard } from '../catalog/theatre-rows.ts'
import type { Ctx } from '../context.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { type StoredSums, storedQuote } from '../pricing/stored-quote.ts'
import { cancellationView } from './cancellation-view.ts'
import { moneyStatus, REFUND_REASONS } from './states.ts'

/** Everything a booking's page shows, in one query. */
export const BOOKING_VIEW = {
  seats: { orderBy: { seat: 'asc' } },
  payments: { include: { captures: { include: { refunds: { orderBy: { createdAt: 'asc' } } } } } },
  document: { select: { bookingId: true } },
  tickets: { select: { seat: true, status: true } },
  cancellations: {
    orderBy: { createdAt: 'asc' },
    include: { refunds: { orderBy: { createdAt: 'asc' } }, creditNote: { select: { number: true } } },
  },
  movedFrom: {
    select: {
      cancellations: {
        where: { by: 'MOVE' },
        select: { refundMinor: true, toVoucherMinor: true, refunds: { select: { state: true } } },
      },
    },
  },
  movedTo: { where: { confirmedAt: { not: null } }, select: { id: true } },
  showtime: {
    select: {
      ...SHOWTIME_FACTS,
      movie: { omit: { cast: true } },
      seatLayout: { select: { definition: true } },
      screen: { select: { name: true, theatreId: true, theatre: { include: { ...THEATRE_CARD, city: true } } } },
    },
  },
} satisfies Prisma.BookingInclude

type BookingRow = Prisma.BookingGetPayload<{ include: typeof BOOKING_VIEW }>

export async function bookingViews(
  ctx: Pick<Ctx, 'pool' | 'clock' | 'config'>,
  rows: BookingRow[],
): Promise<Booking[]> {
  const cards = await withSeatsLeft(
    ctx,
    rows.map((row) => showtimeFacts(row.showtime)),
  )
  return rows.map((row, i) => {
    const { theatre } = row.showtime.screen
    const captures = row.payments.flatMap((payment) => payment.captures)
    const cancelled = row.cancellations.flatMap((cancellation) => cancellation.refunds)
    // Of a booking that stands, only money that bought nothing needs a word; seats given back have their own.
    const refund =
      captures.flatMap((capture) => capture.refunds).find((each) => each.cancellationId === null) ??
      (row.status === 'CANCELLED' ? cancelled.at(-1) : undefined)
    const card = cards[i]
    if (!card) throw new Error('a showtime without its card')
    return {
      id: row.id,
      code: row.code,
      status: row.status,
      money: moneyStatus(
        row.status,
        captures.map((capture) => capture.outcome),
        [...cancelled.map((each) => each.state), ...toVouchers(row)],
      ),
      ...(captures.length === 0 && row.payments.some((payment) => payment.setAsideAt) && { moneySetAside: true }),
      refundReason: refund ? (REFUND_REASONS[refund.reason] ?? 'This payment goes back in full.') : null,
      seats: row.seats.map((seat) => ({
        seatId: seat.label,
        section: seat.section,
        priceMinor: seat.priceMinor,
        cancelled: row.status === 'CANCELLED' || isCancelled(row, seat.seat),
      })),
      cancellationTiers: tiersOf(row.cancellationTiers),
      cancellations: row.cancellations.map((cancellation) => cancellationView(cancellation, row.seats)),
      movedToId: row.movedTo[0]?.id ?? null,
      movedFromId: row.movedFromId,
      ...moveReturn(row),
      quote: quoteOf(row),
      email: row.email,
      createdAt: row.createdAt.toISOString(),
      payBy: row.payBy.toISOString(),
      now: ctx.clock.now().toISOString(),
      confirmedAt: row.confirmedAt?.toISOString() ?? null,
      ticketReady: row.document !== null,
      showtime: card,
      movie: movieCard(row.showtime.movie, null),
      theatre: theatreCard(theatre),
      city: {
        id: theatre.city.id,
        slug: theatre.city.slug,
        name: theatre.city.name,
        region: theatre.city.region,
        timeZone: theatre.city.timeZone,
        aliases: theatre.city.aliases,
      },
    }
  })
}

/** A draft's move has given nothing back yet. */
function moveReturn({ confirmedAt, movedFrom }: BookingRow): Pick<Booking, 'moveReturn'> {
  const move = confirmedAt ? movedFrom?.cancellations[0] : undefined
  if (!move || move.refundMinor === 0) return {}
  const sent = move.refunds.every(({ state }) => state === 'PROCESSED')
  return { moveReturn: { refundMinor: move.refundMinor, toVoucherMinor: move.toVoucherMinor, sent } }
}

/** What went back to a voucher is there already. */
const toVouchers = (row: BookingRow) =>
  row.cancellations.flatMap(({ toVoucherMinor }) => (toVoucherMinor > 0 ? (['PROCESSED'] as const) : []))

/** A booking's price as it was charged. */
export function quoteOf(row: StoredSums & Pick<BookingRow, 'seats' | 'showtime'>): Quote {
  const layout = row.showtime.seatLayout.definition as { sections?: { id: string; name: string }[] }
  const names = new Map(layout.sections?.map((section) => [section.id, section.name]))
  const seats = row.seats.map((seat) => ({
    section: seat.section,
    sectionName: names.get(seat.section) ?? seat.section,
    priceMinor: seat.priceMinor,
  }))
  return storedQuote(seats, row)
}

const isCancelled = (row: BookingRow, seat: number) =>
  row.tickets.some((ticket) => ticket.seat === seat && ticket.status === 'CANCELLED') &&
  !row.tickets.some((ticket) => ticket.seat === seat && ticket.status !== 'CANCELLED')
