import type { Booking } from '@marquee/contracts/bookings'
import { CircleCheck, Clock3, RotateCcw, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatMoney } from '../../../lib/format.ts'
import { type BookingPhase, bookingPhase } from '../booking-phase.ts'
import { mayHavePaid } from '../checkout-attempt.ts'

const ICON: Record<BookingPhase, typeof Clock3> = {
  ticket: CircleCheck,
  pay: Clock3,
  confirming: Clock3,
  expired: TriangleAlert,
  'refund-started': RotateCcw,
  refunded: RotateCcw,
  cancelled: TriangleAlert,
}

type Words = { title: string; body: string }

function wordsFor(booking: Booking, afterPaying: boolean): Words {
  const total = formatMoney(booking.quote.totalMinor, { exact: true })
  switch (bookingPhase(booking)) {
    case 'ticket':
      return {
        title: 'You are going.',
        // Paid twice, for example: the ticket stands, and the other money is accounted for.
        body: `${total} paid. The ticket is also on its way to ${booking.email}.${booking.refundReason ? ` ${booking.refundReason}` : ''}`,
      }
    case 'pay':
      return {
        title: 'Your seats are waiting for the payment.',
        body: afterPaying
          ? 'We have not heard of a payment yet. If you have paid, do not pay again: this page updates itself.'
          : 'Nothing has been charged yet.',
      }
    case 'confirming':
      return {
        title: 'Confirming your payment…',
        body: `This usually takes a few seconds. You can close this page: the ticket goes to ${booking.email} either way, and if the seats cannot be kept, ${total} comes back by itself. Please do not pay again.`,
      }
    case 'expired':
      return {
        title: 'The time to pay ran out.',
        body: afterPaying
          ? 'The seats went back to everybody, and we have not heard of a payment. If you have paid, do not pay again: it ends in a ticket or a full refund, and this booking says which.'
          : 'The seats went back to everybody. Nothing was charged.',
      }
    case 'cancelled':
      return { title: 'This booking was let go.', body: 'Nothing was charged.' }
    case 'refund-started':
      return {
        title: `${total} is on its way back to you.`,
        body: `${booking.refundReason ?? 'The booking could not be kept.'} The refund has started and goes to the account or card you paid with, usually within 5 to 7 working days. There is nothing you need to do.`,
      }
    case 'refunded':
      return {
        title: `${total} was refunded.`,
        body: `${booking.refundReason ?? 'The booking could not be kept.'} Your bank may take a few days to show it.`,
      }
  }
}

/** What happened, where the money is, what to do; `children` are the acts. */
export function BookingStatus({ booking, children }: { booking: Booking; children?: ReactNode }) {
  const phase = bookingPhase(booking)
  const { title, body } = wordsFor(booking, mayHavePaid(sessionStorage, booking.id))
  const Icon = ICON[phase]
  const tone =
    phase === 'ticket' ? 'text-ok' : phase === 'expired' || phase === 'cancelled' ? 'text-muted' : 'text-marquee-text'
  return (
    <section role="status" className="flex items-start gap-4">
      <Icon aria-hidden="true" className={`mt-1 size-7 shrink-0 ${tone}`} />
      <div className="min-w-0 flex-1">
        <h1 className="text-26 sm:text-34">{title}</h1>
        <p className="mt-2 max-w-[62ch] text-muted">{body}</p>
        {children && <div className="mt-5 flex flex-wrap items-center gap-3">{children}</div>}
      </div>
    </section>
  )
}
