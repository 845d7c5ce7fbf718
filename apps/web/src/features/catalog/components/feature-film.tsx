import type { Home } from '@marquee/contracts/showtimes'
import { Link } from 'react-router'
import { Poster } from '../../../components/ui/poster.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { localDate, midSentence, plural, showDayLabel } from '../../../lib/format.ts'
import { paths } from '../../../lib/paths.ts'
import { seatsLeft } from '../availability.ts'
import { MovieFacts } from './movie-facts.tsx'
import { ShowtimeChip, ShowtimeChipSkeleton } from './showtime-chip.tsx'

const shape =
  'grid grid-cols-[7rem_1fr] items-start gap-x-4 gap-y-5 sm:grid-cols-[12rem_1fr] sm:items-end sm:gap-x-8 lg:grid-cols-[18.75rem_1fr] lg:gap-x-14 lg:gap-y-9'

interface FeatureFilmProps {
  feature: NonNullable<Home['feature']>
  timeZone: string
  now: number
}

/** The widest thing on the page is a film with its next shows, ready to press. */
export function FeatureFilm({ feature, timeZone, now }: FeatureFilmProps) {
  const { movie } = feature
  const next = feature.showtimes.filter((showtime) => seatsLeft(showtime, now) !== 'begun')
  const first = next[0]
  const dayOf = (showtime: { startsAt: string }) => showDayLabel(showtime.startsAt, timeZone, new Date(now))
  // A film with few shows runs on into other days, and then each says which.
  const oneDay = next.every(
    (showtime) => first && localDate(showtime.startsAt, timeZone) === localDate(first.startsAt, timeZone),
  )
  return (
    <article className={shape} aria-labelledby="feature-title">
      <Link to={paths.film(movie.slug)} tabIndex={-1} aria-hidden="true" className="block">
        <Poster
          title={movie.title}
          nativeTitle={movie.nativeTitle}
          poster={movie.poster}
          colour={movie.posterColour}
          sizes="(width >= 64rem) 300px, (width >= 40rem) 192px, 112px"
          priority
          className="shadow-float"
        />
      </Link>
      <div className="min-w-0">
        <h2 id="feature-title" className="max-w-[14ch] text-34 sm:text-48 lg:text-72 lg:font-[760]">
          <Link to={paths.film(movie.slug)} className="underline-offset-8 hover:underline">
            {movie.title}
          </Link>
        </h2>
        <MovieFacts movie={movie} className="mt-2.5 max-sm:text-14 lg:mt-4" />
        {movie.tagline && <p className="mt-2.5 line-clamp-3 text-14 sm:hidden">{movie.tagline}</p>}
        <p className="mt-3 line-clamp-3 max-w-[56ch] max-sm:hidden">{movie.synopsis || movie.tagline}</p>
      </div>
      <div className="col-span-2 min-w-0">
        {first && (
          <p className="mb-2 font-semibold text-14 text-marquee-text">
            {oneDay ? `${next.length === 1 ? 'Next show' : 'Next shows'} ${midSentence(dayOf(first))}` : 'Next shows'}
          </p>
        )}
        <ul className="rail gap-2.5 sm:flex-wrap lg:grid lg:grid-cols-7">
          {next.map((showtime) => (
            <li key={showtime.id} className="shrink-0 lg:min-w-0">
              <ShowtimeChip
                showtime={showtime}
                timeZone={timeZone}
                now={now}
                detail={`${oneDay ? '' : `${dayOf(showtime)} · `}${showtime.theatreName}${showtime.theatreArea ? `, ${showtime.theatreArea}` : ''}`}
                className="h-full"
              />
            </li>
          ))}
          <li className="shrink-0">
            <Link
              to={paths.film(movie.slug)}
              className="flex h-full min-h-16 flex-col justify-center rounded-control px-3.5 py-2 text-marquee-text underline-offset-4 hover:underline"
            >
              <span className="font-bold font-display text-[1.125rem] leading-tight">
                {feature.showtimesToday > 0 ? `All ${plural(feature.showtimesToday, 'show')}` : 'All shows'}
              </span>
              <span className="text-12">{feature.showtimesToday > 0 ? 'today' : 'by day'}</span>
            </Link>
          </li>
        </ul>
      </div>
    </article>
  )
}

export function FeatureFilmSkeleton() {
  return (
    <div className={shape}>
      <Skeleton className="aspect-2/3 w-full rounded-poster" />
      <div className="flex flex-col gap-3">
        <Skeleton className="h-9 w-4/5 sm:h-12 lg:h-18" />
        <Skeleton className="h-9 w-3/5 sm:h-12 lg:h-18" />
        <Skeleton className="h-5 w-full max-w-96" />
      </div>
      <div className="col-span-2 flex gap-2.5 overflow-hidden pt-7">
        {[1, 2, 3, 4, 5].map((chip) => (
          <ShowtimeChipSkeleton key={chip} />
        ))}
      </div>
    </div>
  )
}
