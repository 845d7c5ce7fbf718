import type { Booking } from '@marquee/contracts/bookings'
import { Poster } from '../../../components/ui/poster.tsx'
import { Time } from '../../../components/ui/time.tsx'
import { showDayLabel } from '../../../lib/format.ts'
import { SeatNames } from './seat-names.tsx'

/** What was booked, in four lines: for pages on which the money is the subject. */
export function BookingFacts({
  booking,
}: {
  booking: Pick<Booking, 'movie' | 'theatre' | 'city' | 'showtime' | 'seats'>
}) {
  const { movie, theatre, city, showtime, seats } = booking
  return (
    <div className="flex gap-4">
      <div className="w-16 shrink-0">
        <Poster title={movie.title} poster={movie.poster} colour={movie.posterColour} sizes="64px" />
      </div>
      <div className="min-w-0">
        <p className="font-bold font-display text-20 leading-tight tracking-tight">{movie.title}</p>
        <p className="mt-1 text-14 text-muted">
          {showDayLabel(showtime.startsAt, city.timeZone)}{' '}
          <Time instant={showtime.startsAt} timeZone={city.timeZone} zone className="font-semibold text-text" /> ·{' '}
          {showtime.language}
        </p>
        <p className="text-14 text-muted">
          {theatre.name}, {theatre.area} · {showtime.screenName}
        </p>
        <p className="mt-1 font-semibold">
          <SeatNames seats={seats} />
        </p>
      </div>
    </div>
  )
}
