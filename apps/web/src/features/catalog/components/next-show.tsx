import type { TheatreShowtimes } from '@marquee/contracts/showtimes'
import { LinkButton } from '../../../components/ui/link-button.tsx'
import { Price } from '../../../components/ui/price.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { formatTimeWithZone, midSentence, showDayLabel } from '../../../lib/format.ts'
import { paths } from '../../../lib/paths.ts'
import { canBook, seatsLeft, seatsLeftWords } from '../availability.ts'

interface NextShowProps {
  rows: readonly TheatreShowtimes[]
  timeZone: string
  now: number
  count?: number | undefined
}

/** The button and its two lines on a phone, one on a desktop. */
export function NextShowSkeleton() {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2.5">
      <Skeleton className="h-13 w-full sm:w-72" />
      <Skeleton className="h-10.5 w-4/5 sm:h-5 sm:w-80" />
    </div>
  )
}

/** The soonest show with seats, one press away, before any scrolling. */
export function NextShow({ rows, timeZone, now, count }: NextShowProps) {
  const next = rows
    .flatMap(({ theatre, showtimes }) => showtimes.map((showtime) => ({ theatre, showtime })))
    .filter(({ showtime }) => canBook(seatsLeft(showtime, now)) && showtime.seatsLeft >= (count ?? 1))
    .sort((a, b) => a.showtime.startsAt.localeCompare(b.showtime.startsAt))[0]
  if (!next) return null
  const { showtime, theatre } = next
  const state = seatsLeft(showtime, now)
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2.5">
      <LinkButton to={paths.seats(showtime.id, { count })} variant="primary" size="lg" className="max-sm:w-full">
        Seats for {formatTimeWithZone(showtime.startsAt, timeZone)}{' '}
        {midSentence(showDayLabel(showtime.startsAt, timeZone, new Date(now)))}
      </LinkButton>
      <p className="min-w-0 text-14 text-muted">
        The next show, at {theatre.name}, {theatre.area}; from{' '}
        <Price minor={showtime.priceFromMinor} className="text-text" />
        {state !== 'available' && <>; {seatsLeftWords(state, showtime.seatsLeft).toLowerCase()}</>}.
      </p>
    </div>
  )
}
