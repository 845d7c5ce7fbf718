import type { Theatre } from '@marquee/contracts/theatres'
import { MapPin } from 'lucide-react'
import { formatCount, formatRating, plural } from '../../../lib/format.ts'

function mapHref(theatre: Theatre): string {
  const { latitude, longitude } = theatre
  if (latitude !== null && longitude !== null) {
    return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`
  }
  return `https://www.openstreetmap.org/search?query=${encodeURIComponent(`${theatre.name}, ${theatre.address}, ${theatre.city.name}`)}`
}

export function TheatreFacts({ theatre }: { theatre: Theatre }) {
  return (
    <header>
      <p className="text-14 text-marquee-text">
        {theatre.area}, {theatre.city.name}
      </p>
      <h1 className="mt-1 max-w-[22ch] text-34 sm:text-48">{theatre.name}</h1>
      <p className="mt-3 text-muted">
        {theatre.address}
        {theatre.postcode && ` ${theatre.postcode}`}
        {theatre.ratingCount > 0 && (
          <>
            {' '}
            · <b className="font-semibold text-text">{formatRating(theatre.ratingAverage)}</b> from{' '}
            {formatCount(theatre.ratingCount)} guests
          </>
        )}
      </p>
      <a
        href={mapHref(theatre)}
        target="_blank"
        rel="noreferrer"
        className="mt-1 inline-flex min-h-11 items-center gap-2 font-medium text-14 text-marquee-text underline-offset-4 hover:underline"
      >
        <MapPin aria-hidden="true" className="size-4.5" /> Find it on a map
        <span className="sr-only"> (opens a new tab)</span>
      </a>
    </header>
  )
}

export function TheatreInside({ theatre }: { theatre: Theatre }) {
  return (
    <section aria-labelledby="inside" className="grid gap-x-12 gap-y-8 md:grid-cols-2">
      <h2 id="inside" className="text-26 sm:text-34 md:col-span-2">
        Inside
      </h2>
      <div>
        <h3 className="mb-2 text-16">Screens</h3>
        <ul>
          {theatre.screens.map((screen) => (
            <li
              key={screen.id}
              className="flex flex-wrap items-baseline justify-between gap-x-4 border-line border-b py-2.5"
            >
              <span className="font-medium">{screen.name}</span>
              <span className="text-14 text-muted">
                {[...screen.features, plural(screen.seatCount, 'seat')].join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      </div>
      {theatre.amenities.length > 0 && (
        <div>
          <h3 className="mb-2 text-16">For your visit</h3>
          <ul className="columns-2 gap-8">
            {theatre.amenities.map((amenity) => (
              <li key={amenity} className="break-inside-avoid border-line border-b py-2.5">
                {amenity}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
