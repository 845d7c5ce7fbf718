import type { Showtime } from '@marquee/contracts/showtimes'
import { Link } from 'react-router'
import { Poster } from '../../../components/ui/poster.tsx'
import { Time } from '../../../components/ui/time.tsx'
import { formatTime, showDayLabel } from '../../../lib/format.ts'

/** The film, the place, and the honest clock. */
export function ShowtimeHeading({ showtime, filmHref }: { showtime: Showtime; filmHref: string }) {
  const { movie, theatre, city } = showtime
  const zone = city.timeZone
  return (
    <div className="flex items-center gap-3.5 sm:gap-5">
      <Link to={filmHref} className="w-11 shrink-0 sm:w-14" tabIndex={-1} aria-hidden="true">
        <Poster title={movie.title} poster={movie.poster} colour={movie.posterColour} sizes="56px" />
      </Link>
      <div className="min-w-0">
        <h1 className="text-20 sm:text-[1.875rem]">
          <Link to={filmHref} className="hover:underline">
            {movie.title}
          </Link>
        </h1>
        <p className="mt-0.5 text-14 text-muted">
          {theatre.name}, {theatre.area} · {showtime.screenName} · {showDayLabel(showtime.startsAt, zone)}{' '}
          <Time instant={showtime.startsAt} timeZone={zone} zone className="font-semibold text-text" /> ·{' '}
          {showtime.language}
          {showtime.format && showtime.format !== '2D' ? ` · ${showtime.format}` : ''}
          {showtime.captions ? ` · ${showtime.captions}` : ''}
          <span className="max-sm:hidden">
            {' '}
            · film {formatTime(showtime.filmStartsAt, zone)}, out by {formatTime(showtime.endsAt, zone)}
          </span>
        </p>
      </div>
    </div>
  )
}
