import type { Booking } from '@marquee/contracts/bookings'
import { Poster } from '../../../components/ui/poster.tsx'
import { formatDate, formatTime, localDate, plural, zoneName } from '../../../lib/format.ts'
import { SeatNames } from './seat-names.tsx'
import { TicketQr } from './ticket-qr.tsx'

/** The thing worth keeping: a stub with the hour on it, torn along the dots from the part with the code. */
export function TicketCard({ booking }: { booking: Booking }) {
  const { showtime, movie, theatre, city } = booking
  const zone = city.timeZone
  return (
    <article
      aria-label={`Ticket for ${movie.title}`}
      className="grid overflow-hidden rounded-card border border-line bg-raised sm:grid-cols-[minmax(0,1fr)_15rem]"
    >
      <div className="flex gap-5 p-5 sm:gap-8 sm:p-8">
        <div className="w-24 shrink-0 sm:w-56">
          <Poster
            title={movie.title}
            nativeTitle={movie.nativeTitle}
            poster={movie.poster}
            colour={movie.posterColour}
            sizes="(width < 40rem) 96px, 224px"
            priority
          />
        </div>
        <div className="flex min-w-0 flex-1 flex-col">
          <h2 className="text-20 sm:text-26">{movie.title}</h2>
          <p className="mt-1 text-14 text-muted">
            {showtime.language}
            {showtime.format !== '2D' && ` · ${showtime.format}`}
            {showtime.captions && ` · ${showtime.captions}`} · {movie.certificate}
          </p>
          <p className="mt-4 flex flex-wrap items-baseline gap-x-3 sm:mt-auto">
            <time
              dateTime={showtime.startsAt}
              className="font-display font-extrabold text-[3.25rem] leading-none max-[22rem]:text-[2.5rem] tracking-tight sm:text-72"
            >
              {formatTime(showtime.startsAt, zone)}
            </time>
            <span className="font-semibold text-16">
              {zoneName(showtime.startsAt, zone)}
              <span className="block font-normal text-muted">{formatDate(localDate(showtime.startsAt, zone))}</span>
            </span>
          </p>
          <p className="mt-2 text-14 text-muted">
            Film from {formatTime(showtime.filmStartsAt, zone)}, out by {formatTime(showtime.endsAt, zone)}
          </p>
        </div>
      </div>
      <div className="relative flex flex-col gap-4 border-line border-t-2 border-dashed p-5 sm:border-t-0 sm:border-l-2 sm:p-7">
        <span
          aria-hidden="true"
          className="-top-2.5 -left-2.5 sm:-top-3 sm:-left-[0.8rem] absolute size-5 rounded-full border border-line bg-ground"
        />
        <span
          aria-hidden="true"
          className="-top-2.5 -right-2.5 sm:-bottom-3 sm:-left-[0.8rem] absolute size-5 rounded-full border border-line bg-ground sm:top-auto sm:right-auto"
        />
        {booking.status === 'CONFIRMED' && <TicketQr bookingId={booking.id} code={booking.code} />}
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-1">
          <div>
            <dt className="text-12 text-muted">
              {plural(booking.seats.filter((seat) => !seat.cancelled).length, 'seat')}
            </dt>
            <dd className="font-bold font-display text-26 leading-tight">
              <SeatNames seats={booking.seats} />
            </dd>
          </div>
          <div>
            <dt className="text-12 text-muted">Screen</dt>
            <dd className="font-semibold text-16">{showtime.screenName}</dd>
          </div>
          <div className="col-span-2 sm:col-span-1">
            <dt className="text-12 text-muted">Where</dt>
            <dd>
              <span className="font-semibold">
                {theatre.name}, {theatre.area}
              </span>
              <span className="block text-14 text-muted">
                {theatre.address}, {city.name} {theatre.postcode}
              </span>
            </dd>
          </div>
          <div className="col-span-2 sm:col-span-1">
            <dt className="text-12 text-muted">Booking code</dt>
            <dd className="select-all font-bold font-mono text-20 text-marquee-text tracking-widest">{booking.code}</dd>
          </div>
        </dl>
      </div>
    </article>
  )
}
