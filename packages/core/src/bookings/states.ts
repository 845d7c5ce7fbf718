import type { MoneyStatus } from '@marquee/contracts/bookings'

// Where a booking and its money can be. Forward only, each move one conditional statement (see the SQL functions):
//   booking  PENDING -> CONFIRMED | EXPIRED | CANCELLED;  EXPIRED -> CONFIRMED (late money, seats still free);  CONFIRMED -> CANCELLED
//   payment  CREATED -> FAILED | CONFIRMED | REFUND_DUE;  FAILED -> CONFIRMED | REFUND_DUE;  REFUND_DUE -> REFUNDED
//   capture  BOOKED | REFUND_DUE -> REFUNDED;  what a cancellation gives back of a BOOKED one leaves it BOOKED
//   refund   DUE -> PENDING -> PROCESSED | FAILED;  FAILED -> DUE (one attempt more, while there are any)

type BookingStatus = 'PENDING' | 'CONFIRMED' | 'EXPIRED' | 'CANCELLED'
type CaptureOutcome = 'BOOKED' | 'REFUND_DUE' | 'REFUNDED'
type RefundState = 'DUE' | 'PENDING' | 'PROCESSED' | 'FAILED'

/**
 * Where the money is, in the guest's terms. A duplicate that goes back does not unsettle a booking that stands, and
 * neither do seats given back of it. `cancelled`: the refunds of its cancellations; one without any kept what was paid.
 */
export function moneyStatus(
  booking: BookingStatus,
  captures: CaptureOutcome[],
  cancelled: RefundState[] = [],
): MoneyStatus {
  if (captures.includes('BOOKED') && booking === 'CONFIRMED') return 'PAID'
  if (cancelled.length > 0) return cancelled.every((state) => state === 'PROCESSED') ? 'REFUNDED' : 'REFUND_STARTED'
  if (captures.includes('BOOKED')) return 'PAID'
  if (captures.includes('REFUND_DUE')) return 'REFUND_STARTED'
  if (captures.includes('REFUNDED')) return 'REFUNDED'
  return 'NOT_CHARGED'
}

/** How often a refund that fails at the gateway is asked for in all. The guest is told "started" throughout. */
export const REFUND_ATTEMPTS = 5

/** Why money goes back, as the guest is told. Keys: refunds.reason, written by settle_payment and cancel_seats. */
export const REFUND_REASONS: Record<string, string> = {
  PAID_TWICE: 'This booking was paid twice. The second payment goes back in full.',
  PAID_AFTER_END: 'The payment came after the booking had ended. It goes back in full.',
  WRONG_AMOUNT: 'The amount paid was not the amount asked for. It goes back in full.',
  SHOWTIME_OVER: 'The payment came after booking for this showtime had closed. It goes back in full.',
  VOUCHER_GONE:
    'The payment came after your hold had ended, and the gift voucher had been spent meanwhile. It goes back in full.',
  SEATS_GONE:
    'The payment came after your hold had ended, and somebody else had taken the seats. It goes back in full.',
  MOVE_TOO_LATE:
    'When the payment came, the booking it was to replace could no longer be moved and stays as it is. The payment goes back in full.',
  CANCELLED_GUEST: 'You gave seats back. This is what comes back for them by the terms you booked with.',
  CANCELLED_CINEMA: 'The cinema cancelled the showtime. Everything you paid comes back.',
  CANCELLED_MOVE: 'You moved to a showtime that costs less. The difference comes back.',
}
