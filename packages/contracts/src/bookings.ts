import { z } from 'zod'
import { CancellationTiers, CancellationView } from './cancellations.ts'
import { City } from './cities.ts'
import { Id, Instant, Minor, PageQuery, paged } from './common.ts'
import { MovieCard } from './movies.ts'
import { PromoText, VoucherText } from './offers.ts'
import { Quote } from './pricing.ts'
import { SeatIds } from './seats.ts'
import { ShowtimeCard } from './showtimes.ts'
import { TheatreCard } from './theatres.ts'

export const BookingStatus = z.enum(['PENDING', 'CONFIRMED', 'EXPIRED', 'CANCELLED'])
/** Where the money is, in the guest's terms. */
export const MoneyStatus = z.enum(['NOT_CHARGED', 'CONFIRMING', 'PAID', 'REFUND_STARTED', 'REFUNDED'])
export type MoneyStatus = z.infer<typeof MoneyStatus>

export const IDEMPOTENCY_KEY_HEADER = 'idempotency-key'
export const IdempotencyKey = z
  .string()
  .min(8)
  .max(100)
  .regex(/^[A-Za-z0-9_-]+$/)

/** POST /api/bookings with `idempotency-key` and `x-hold-token`. */
export const StartCheckoutBody = z
  .object({
    showtimeId: Id,
    seatIds: SeatIds,
    /** What the guest was shown they pay (`toPayMinor`). Another price is refused, never charged. */
    expectedTotalMinor: Minor,
    promoCode: PromoText.optional(),
    voucherCode: VoucherText.optional(),
  })
  .meta({ id: 'StartCheckout' })
export type StartCheckoutBody = z.infer<typeof StartCheckoutBody>

export const Checkout = z
  .object({
    bookingId: Id,
    gateway: z.string(),
    keyId: z.string(),
    /** Empty when nothing is left to charge: the booking is confirmed already. */
    orderId: z.string(),
    amountMinor: Minor,
    currency: z.string(),
    payBy: Instant,
    now: Instant,
    /** The gateway's own payment page, where it has one (the development gateway does). */
    paymentUrl: z.string().nullable(),
    breakdown: Quote,
  })
  .meta({ id: 'Checkout' })
export type Checkout = z.infer<typeof Checkout>

export const Booking = z
  .object({
    id: Id,
    code: z.string(),
    status: BookingStatus,
    money: MoneyStatus,
    /** True: the bank set money aside after the seats were let go. It was not taken, and is released by itself. */
    moneySetAside: z.boolean().optional(),
    /** Why the money goes back, in words; null otherwise. */
    refundReason: z.string().nullable(),
    seats: z.array(z.object({ seatId: z.string(), section: z.string(), priceMinor: Minor, cancelled: z.boolean() })),
    cancellationTiers: CancellationTiers,
    cancellations: z.array(CancellationView),
    /** The booking that took this one's place, and the one whose place it took. */
    movedToId: Id.nullable(),
    movedFromId: Id.nullable(),
    /** What the move gave back of the earlier booking's money, when these seats cost less. */
    moveReturn: z
      .object({
        refundMinor: Minor,
        /** Of that, on the gift voucher again. */
        toVoucherMinor: Minor,
        /** The money is sent; what went to a voucher always is. */
        sent: z.boolean(),
      })
      .optional(),
    quote: Quote,
    email: z.string(),
    createdAt: Instant,
    payBy: Instant,
    now: Instant,
    confirmedAt: Instant.nullable(),
    ticketReady: z.boolean(),
    showtime: ShowtimeCard,
    movie: MovieCard,
    theatre: TheatreCard,
    city: City,
  })
  .meta({ id: 'Booking' })
export type Booking = z.infer<typeof Booking>

export const BookingListQuery = PageQuery.extend({ when: z.enum(['upcoming', 'past', 'all']).default('all') })
export type BookingListQuery = z.infer<typeof BookingListQuery>
export const BookingList = paged(Booking).meta({ id: 'BookingList' })
export type BookingList = z.infer<typeof BookingList>
