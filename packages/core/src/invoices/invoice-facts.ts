import type { InvoiceData } from '@marquee/contracts/invoices'
import type { SeatLayoutDefinition } from '@marquee/contracts/seats'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import type { InvoicedSeat } from './invoice-lines.ts'

const BOOKING_TO_INVOICE = {
  seats: { orderBy: { seat: 'asc' } },
  user: { select: { name: true } },
  voucher: { include: { voucher: { select: { hint: true } } } },
  movedFrom: { select: { code: true } },
  payments: { include: { captures: { where: { outcome: 'BOOKED' }, select: { gatewayPaymentId: true } } } },
  showtime: {
    select: {
      startsAt: true,
      movie: { select: { title: true, nativeTitle: true } },
      seatLayout: { select: { definition: true } },
      screen: {
        select: { name: true, theatre: { select: { name: true, city: { select: { region: true, timeZone: true } } } } },
      },
    },
  },
} satisfies Prisma.BookingInclude

export type BookingToInvoice = Prisma.BookingGetPayload<{ include: typeof BOOKING_TO_INVOICE }>

/** What every document of a booking says alike. Only what was sold is invoiced. @throws NOT_FOUND */
export async function loadInvoiceFacts(ctx: Pick<Ctx, 'db' | 'config'>, bookingId: string) {
  const booking = await ctx.db.booking.findFirst({
    where: { id: bookingId, status: { in: ['CONFIRMED', 'CANCELLED'] }, confirmedAt: { not: null } },
    include: BOOKING_TO_INVOICE,
  })
  if (!booking) throw notFound('Confirmed booking')
  const { showtime } = booking
  const { theatre } = showtime.screen
  const layout = showtime.seatLayout.definition as SeatLayoutDefinition
  const sections = new Map(layout.sections.map((section) => [section.id, section.name]))
  const seats: InvoicedSeat[] = booking.seats.map(({ seat, label, section, priceMinor }) => ({
    seat,
    label,
    section: sections.get(section) ?? section,
    priceMinor,
  }))
  const { seller } = ctx.config
  const common = {
    seller: {
      name: seller.name,
      address: seller.address.split(',').map((line) => line.trim()),
      gstin: seller.gstin,
      state: seller.state,
    },
    buyer: { name: booking.user.name, email: booking.email || null },
    booking: {
      code: booking.code,
      movie: showtime.movie.title,
      nativeTitle: showtime.movie.nativeTitle,
      theatre: theatre.name,
      screen: showtime.screen.name,
      startsAt: showtime.startsAt.toISOString(),
      timeZone: theatre.city.timeZone,
    },
    placeOfSupply: theatre.city.region,
    currency: booking.currency,
  } satisfies Partial<InvoiceData>
  const sameState = fold(theatre.city.region) === fold(seller.state)
  return { booking, seats, common, sameState }
}

const fold = (state: string) => state.trim().toLowerCase().replaceAll(/\s+/g, ' ')
