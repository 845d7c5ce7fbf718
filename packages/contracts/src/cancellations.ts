import { z } from 'zod'
import { Id, Instant, Minor, Text } from './common.ts'
import { SeatIds } from './seats.ts'

/** So many minutes or more before the film begins, this much of the base comes back. Longest first. */
export const CancellationTier = z.object({
  minutesBefore: z.int().min(0).max(43_200),
  percent: z.int().min(0).max(100),
})
export type CancellationTier = z.infer<typeof CancellationTier>
export const CancellationTiers = z
  .array(CancellationTier)
  .max(6)
  .refine((tiers) => tiers.every((tier, i) => i === 0 || tier.minutesBefore < tiers[i - 1]!.minutesBefore), {
    message: 'put the longest time first',
  })
  .refine((tiers) => tiers.every((tier, i) => i === 0 || tier.percent <= tiers[i - 1]!.percent), {
    message: 'cancelling later never gives back more',
  })
export type CancellationTiers = z.infer<typeof CancellationTiers>

export const CancelledBy = z.enum(['GUEST', 'CINEMA', 'MOVE'])
export const RefundState = z.enum(['DUE', 'PENDING', 'PROCESSED', 'FAILED'])

/** The seats by their names, with commas between. */
export const CancellationQuery = z.object({
  seats: Text(600)
    .transform((list) => list.split(','))
    .pipe(SeatIds)
    .optional(),
})

/** What a cancellation of these seats would give back now: GET /api/bookings/:id/cancellation?seats=A1,A2 (none: all that are left). */
export const CancellationQuote = z
  .object({
    bookingId: Id,
    seatIds: z.array(z.string()),
    cancellable: z.boolean(),
    /** Why not, in words; null when it can be. */
    refusal: z.string().nullable(),
    baseMinor: Minor,
    percent: z.int(),
    refundMinor: Minor,
    /** Of that, back to the gift voucher it was paid with. */
    toVoucherMinor: Minor,
    /** When less will come back than now; null when nothing changes before the film. */
    changesAt: Instant.nullable(),
    tiers: CancellationTiers,
    now: Instant,
  })
  .meta({ id: 'CancellationQuote' })
export type CancellationQuote = z.infer<typeof CancellationQuote>

/** POST /api/bookings/:id/cancel with `idempotency-key`: answers the Booking as it is then. What comes back is never less than was shown. */
export const CancelBookingBody = z
  .object({
    /** None: the whole booking. */
    seatIds: SeatIds.optional(),
    expectedRefundMinor: Minor,
    reason: Text(300).default(''),
  })
  .meta({ id: 'CancelBooking' })
export type CancelBookingBody = z.infer<typeof CancelBookingBody>

export const RefundView = z
  .object({
    /** Unguessable; opens the public page /refunds/:reference. */
    reference: z.string(),
    state: RefundState,
    amountMinor: Minor,
    reason: z.string(),
    startedAt: Instant,
    promisedBy: Instant.nullable(),
    processedAt: Instant.nullable(),
  })
  .meta({ id: 'RefundView' })
export type RefundView = z.infer<typeof RefundView>

export const CancellationView = z
  .object({
    id: Id,
    by: CancelledBy,
    seatIds: z.array(z.string()),
    refundMinor: Minor,
    toVoucherMinor: Minor,
    percent: z.int(),
    reason: z.string(),
    createdAt: Instant,
    refunds: z.array(RefundView),
    creditNoteNumber: z.string().nullable(),
  })
  .meta({ id: 'CancellationView' })
export type CancellationView = z.infer<typeof CancellationView>

/** As it stands in the address of a refund's page. */
export const RefundReference = z.string().regex(/^[0-9a-f]{32}$/)

/** GET /api/refunds/:reference: public to whoever has the reference; says nothing about the guest. */
export const RefundStatus = RefundView.extend({
  movie: z.string(),
  theatre: z.string(),
  bookingCode: z.string(),
  currency: z.string(),
  steps: z.array(z.object({ what: z.string(), at: Instant.nullable(), done: z.boolean() })),
  now: Instant,
}).meta({ id: 'RefundStatus' })
export type RefundStatus = z.infer<typeof RefundStatus>

/** POST /api/admin/showtimes/:id/cancel */
export const CancelShowtimeBody = z
  .object({ reason: Text(200).min(3, 'tell the guests why') })
  .meta({ id: 'CancelShowtime' })
export type CancelShowtimeBody = z.infer<typeof CancelShowtimeBody>
export const ShowtimeCancelled = z
  .object({ showtimeId: Id, bookings: z.int(), seats: z.int() })
  .meta({ id: 'ShowtimeCancelled' })
export type ShowtimeCancelled = z.infer<typeof ShowtimeCancelled>

/** GET /api/admin/showtimes/:id/cancellation-impact: what cancelling it now would do. */
export const CancellationImpact = z
  .object({
    showtimeId: Id,
    /** Paid, with seats left. */
    bookings: z.int(),
    seats: z.int(),
    /** In all, everything that those guests paid for these seats. A sum over many bookings: larger than any one amount. */
    refundMinor: z.int().min(0),
    /** Of that, back to gift vouchers. */
    toVoucherMinor: z.int().min(0),
    /** Unpaid bookings that would end. */
    drafts: z.int(),
  })
  .meta({ id: 'CancellationImpact' })
export type CancellationImpact = z.infer<typeof CancellationImpact>

/** PUT /api/admin/theatres/:id/cancellation-policy: answers the same. Counts for what is sold from then on. */
export const CancellationPolicyBody = z.object({ tiers: CancellationTiers }).meta({ id: 'CancellationPolicy' })
export type CancellationPolicyBody = z.infer<typeof CancellationPolicyBody>
