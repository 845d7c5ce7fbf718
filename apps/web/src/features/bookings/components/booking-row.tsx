import type { Booking } from '@marquee/contracts/bookings'
import { ChevronRight } from 'lucide-react'
import { Link } from 'react-router'
import { Badge } from '../../../components/ui/badge.tsx'
import { Poster } from '../../../components/ui/poster.tsx'
import { Time } from '../../../components/ui/time.tsx'
import { formatMoney, showDayLabel } from '../../../lib/format.ts'
import { type BookingPhase, bookingPhase } from '../booking-phase.ts'
import { SeatNames } from './seat-names.tsx'

const BADGE: Record<BookingPhase, { tone: 'ok' | 'marquee' | 'neutral'; words: string }> = {
  ticket: { tone: 'ok', words: 'Confirmed' },
  pay: { tone: 'marquee', words: 'Waiting for payment' },
  confirming: { tone: 'marquee', words: 'Confirming payment' },
  expired: { tone: 'neutral', words: 'Not paid in time' },
  cancelled: { tone: 'neutral', words: 'Cancelled' },
  moved: { tone: 'neutral', words: 'Moved to another show' },
  'refund-started': { tone: 'marquee', words: 'Refund started' },
  refunded: { tone: 'neutral', words: 'Refunded' },
}

/** Nothing was ever bought. */
const LET_GO = { tone: 'neutral', words: 'Let go' } as const

export function BookingRow({ booking, to }: { booking: Booking; to: string }) {
  const { movie, theatre, city, showtime } = booking
  const phase = bookingPhase(booking)
  const badge = phase === 'cancelled' && booking.cancellations.length === 0 ? LET_GO : BADGE[phase]
  return (
    <Link
      to={to}
      className="group flex items-center gap-4 rounded-card border border-line bg-raised p-3 transition-colors duration-150 hover:border-control sm:gap-6 sm:p-4"
    >
      <div className="w-16 shrink-0 sm:w-20">
        <Poster title={movie.title} poster={movie.poster} colour={movie.posterColour} sizes="80px" />
      </div>
      <div className="min-w-0 flex-1">
        <p className="font-bold font-display text-20 leading-tight tracking-tight">{movie.title}</p>
        <p className="mt-1 text-14">
          {showDayLabel(showtime.startsAt, city.timeZone)}{' '}
          <Time instant={showtime.startsAt} timeZone={city.timeZone} zone className="font-semibold" />
        </p>
        <p className="text-14 text-muted">
          {theatre.name}, {theatre.area} · {showtime.screenName}
        </p>
        <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-14">
          <Badge tone={badge.tone}>{badge.words}</Badge>
          <span>
            <SeatNames seats={booking.seats} />
          </span>
          <span className="text-muted">{formatMoney(booking.quote.totalMinor, { exact: true })}</span>
        </p>
      </div>
      <ChevronRight
        aria-hidden="true"
        className="size-5 shrink-0 text-muted transition-transform duration-150 group-hover:translate-x-0.5 max-sm:hidden"
      />
    </Link>
  )
}
