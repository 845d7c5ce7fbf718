import type { ShowtimeCard } from '@marquee/contracts/showtimes'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Price } from '../../../components/ui/price.tsx'
import { Time } from '../../../components/ui/time.tsx'
import { paths } from '../../../lib/paths.ts'
import { canBook, seatsLeft, seatsLeftWords } from '../availability.ts'
import { SeatsLeftMark } from './seats-left-mark.tsx'

interface ShowtimeChipProps {
  showtime: ShowtimeCard
  timeZone: string
  now: number
  /** Seats together, carried on to the seat page. */
  count?: number | undefined
  /** What tells it from its neighbours: the cinema on the home page, the format on a film's. */
  detail?: ReactNode
  className?: string
}

/** One show, one press. Sold out or begun it is not a link, and says why. */
export function ShowtimeChip({ showtime, timeZone, now, count, detail, className }: ShowtimeChipProps) {
  const state = seatsLeft(showtime, now)
  const open = canBook(state)
  const content = (
    <>
      <span className="flex items-center gap-2">
        <Time
          instant={showtime.startsAt}
          timeZone={timeZone}
          className="font-bold font-display text-[1.125rem] leading-tight"
        />
        <SeatsLeftMark state={state} />
      </span>
      {detail && <span className="line-clamp-2 max-w-52 text-12 text-muted">{detail}</span>}
      <span className="block whitespace-nowrap text-12 text-muted">
        {open && (
          <>
            from <Price minor={showtime.priceFromMinor} className="text-text" />
          </>
        )}
        {open && state !== 'available' && <span aria-hidden="true"> · </span>}
        {state === 'available' ? (
          <span className="sr-only">, seats available</span>
        ) : (
          <span
            className={clsx(
              state === 'few_left' && 'font-medium text-velvet',
              state === 'filling_fast' && 'text-marquee-text',
            )}
          >
            {seatsLeftWords(state, showtime.seatsLeft)}
          </span>
        )}
      </span>
    </>
  )
  const shape = 'block min-w-26 max-w-full shrink-0 rounded-control border px-3.5 py-2 text-left'
  if (!open) return <div className={clsx(shape, 'border-line border-dashed text-muted', className)}>{content}</div>
  return (
    <Link
      to={paths.seats(showtime.id, { count })}
      className={clsx(
        shape,
        'border-control transition-colors duration-150 hover:border-marquee-text hover:bg-raised',
        className,
      )}
    >
      {content}
    </Link>
  )
}

export function ShowtimeChipSkeleton() {
  return <span aria-hidden="true" className="block h-18 w-28 shrink-0 animate-pulse rounded-control bg-line" />
}
