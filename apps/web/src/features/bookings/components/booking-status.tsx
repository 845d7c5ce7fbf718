import type { Booking } from '@marquee/contracts/bookings'
import { CircleCheck, Clock3, RotateCcw, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { type BookingPhase, bookingPhase } from '../booking-phase.ts'
import { type StatusWords, statusWords } from '../booking-words.ts'
import { mayHavePaid } from '../checkout-attempt.ts'

const ICON: Record<BookingPhase, typeof Clock3> = {
  ticket: CircleCheck,
  pay: Clock3,
  confirming: Clock3,
  expired: TriangleAlert,
  'refund-started': RotateCcw,
  refunded: RotateCcw,
  cancelled: TriangleAlert,
  moved: RotateCcw,
}
const QUIET = new Set<BookingPhase>(['expired', 'cancelled', 'moved'])

/** What happened, where the money is, what to do; `children` are the acts. */
export function BookingStatus({ booking, children }: { booking: Booking; children?: ReactNode }) {
  const phase = bookingPhase(booking)
  const { title, body }: StatusWords = statusWords(booking, mayHavePaid(sessionStorage, booking.id))
  const Icon = ICON[phase]
  const tone = phase === 'ticket' ? 'text-ok' : QUIET.has(phase) ? 'text-muted' : 'text-marquee-text'
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
