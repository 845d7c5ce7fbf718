import type { Booking } from '@marquee/contracts/bookings'

/** What a booking is to its guest, of all the pairs of status and money that can be. */
export type BookingPhase =
  | 'ticket'
  | 'pay'
  | 'confirming'
  | 'expired'
  | 'refund-started'
  | 'refunded'
  | 'cancelled'
  | 'moved'

type Standing = Pick<Booking, 'status' | 'money'> & Partial<Pick<Booking, 'cancellations' | 'movedToId'>>

/** Refunds that follow from giving seats back, whoever did. */
const refundsOf = (booking: Standing) => booking.cancellations?.flatMap((cancellation) => cancellation.refunds) ?? []

export function bookingPhase(booking: Standing): BookingPhase {
  if (booking.movedToId) return 'moved'
  const givenBack = (booking.cancellations?.length ?? 0) > 0
  // Some of the seats were given back: the others are still a ticket, wherever that money is.
  if (givenBack && booking.status === 'CONFIRMED') return 'ticket'
  if (givenBack && booking.status === 'CANCELLED') {
    const refunds = refundsOf(booking)
    if (refunds.length === 0) return 'cancelled'
    return refunds.every((refund) => refund.state === 'PROCESSED') ? 'refunded' : 'refund-started'
  }
  // Money on its way back is the first thing to say, whatever became of the seats.
  if (booking.money === 'REFUND_STARTED') return 'refund-started'
  if (booking.money === 'REFUNDED') return 'refunded'
  switch (booking.status) {
    case 'CONFIRMED':
      return 'ticket'
    case 'PENDING':
      return booking.money === 'NOT_CHARGED' ? 'pay' : 'confirming'
    // Paid or being confirmed although the time ran out: the answer is still on its way.
    case 'EXPIRED':
      return booking.money === 'NOT_CHARGED' ? 'expired' : 'confirming'
    case 'CANCELLED':
      return booking.money === 'NOT_CHARGED' ? 'cancelled' : 'confirming'
  }
}

const QUICK_MS = 1_500
const SLOW_MS = 6_000
const QUICK_FOR_MS = 30_000
const REFUND_MS = 15_000
/** Banks answer late: an expired booking may still turn into a ticket or a refund. */
const LATE_MS = 10_000
const LATE_FOR_MS = 180_000

/**
 * How long to wait before asking again, or false when nothing more will happen by itself. Quick at first, while
 * somebody watches, then easier on everybody.
 * @param watchedMs how long this page has been waiting
 */
export function pollInterval(
  booking: Standing & Pick<Booking, 'ticketReady' | 'payBy' | 'now'>,
  watchedMs: number,
): number | false {
  const phase = bookingPhase(booking)
  const waiting = phase === 'confirming' || (phase === 'ticket' && !booking.ticketReady)
  if (phase === 'pay') return SLOW_MS
  if (phase === 'expired') {
    // Counted from the later of the two: the page may have been open long before the time ran out.
    const sinceExpiry = Date.parse(booking.now) - Date.parse(booking.payBy)
    return Math.min(watchedMs, sinceExpiry) < LATE_FOR_MS ? LATE_MS : false
  }
  if (waiting) return watchedMs < QUICK_FOR_MS ? QUICK_MS : SLOW_MS
  const going = refundsOf(booking).some((refund) => refund.state === 'DUE' || refund.state === 'PENDING')
  return phase === 'refund-started' || going ? REFUND_MS : false
}
