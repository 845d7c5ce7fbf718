import type { ShowtimeCard, TheatreShowtimes } from '@marquee/contracts/showtimes'
import { Link } from 'react-router'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { plural } from '../../../lib/format.ts'
import { paths } from '../../../lib/paths.ts'
import { seatsLeft } from '../availability.ts'
import { ShowtimeChip, ShowtimeChipSkeleton } from './showtime-chip.tsx'

interface TheatreRowProps {
  row: TheatreShowtimes
  date: string
  timeZone: string
  now: number
  count?: number | undefined
}

const shape = 'grid gap-x-10 gap-y-3 border-line border-b py-6 md:grid-cols-[17rem_1fr]'

/** One cinema and its times. What has begun is counted, not listed. */
export function TheatreRow({ row, date, timeZone, now, count }: TheatreRowProps) {
  const { theatre } = row
  return (
    <li className={shape}>
      <div className="min-w-0">
        <h3 className="text-20 leading-snug">
          <Link to={paths.theatre(theatre.slug, { date, count })} className="underline-offset-4 hover:underline">
            {theatre.name}
          </Link>
        </h3>
        <p className="mt-0.5 text-14 text-muted">{theatre.area}</p>
        {theatre.amenities.length > 0 && (
          <p className="mt-1 text-12 text-muted max-md:hidden">{theatre.amenities.slice(0, 3).join(' · ')}</p>
        )}
      </div>
      <ShowtimeList showtimes={row.showtimes} timeZone={timeZone} now={now} count={count} />
    </li>
  )
}

interface ShowtimeListProps {
  showtimes: readonly ShowtimeCard[]
  timeZone: string
  now: number
  count?: number | undefined
  /** Left out where every show of the list has the same. */
  withLanguage?: boolean
}

export function ShowtimeList({ showtimes, timeZone, now, count, withLanguage = true }: ShowtimeListProps) {
  const ahead = showtimes.filter((showtime) => seatsLeft(showtime, now) !== 'begun')
  const begun = showtimes.length - ahead.length
  return (
    <div className="min-w-0">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-2.5 sm:flex sm:flex-wrap">
        {ahead.map((showtime) => (
          <li key={showtime.id} className="min-w-0">
            <ShowtimeChip
              showtime={showtime}
              timeZone={timeZone}
              now={now}
              count={count}
              detail={[
                withLanguage && showtime.language,
                showtime.format,
                showtime.captions && `${showtime.captions} captions`,
              ]
                .filter(Boolean)
                .join(' · ')}
              className="h-full"
            />
          </li>
        ))}
      </ul>
      {begun > 0 && (
        <p className="mt-2 text-12 text-muted">
          {plural(begun, 'earlier show')} {begun === 1 ? 'has' : 'have'} started.
        </p>
      )}
    </div>
  )
}

export function TheatreRowSkeleton() {
  return (
    <div className={shape}>
      <div>
        <Skeleton className="h-6 w-48" />
        <Skeleton className="mt-2 h-4 w-28" />
      </div>
      <div className="flex flex-wrap gap-2.5">
        {[1, 2, 3, 4].map((chip) => (
          <ShowtimeChipSkeleton key={chip} />
        ))}
      </div>
    </div>
  )
}
