import { clsx } from 'clsx'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { addDays, dayParts } from '../../../lib/format.ts'

interface DayStripProps {
  dates: readonly string[]
  current: string
  today: string
  to: (date: string) => string
  /** The zone the times below are in, for example "IST". */
  zone: string
}

/** Only days that have shows. It stays under the header while the cinemas scroll past. */
export function DayStrip({ dates, current, today, to, zone }: DayStripProps) {
  const selected = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    const link = selected.current
    const rail = link?.closest('ul')
    if (link && rail && current)
      rail.scrollLeft = Math.max(0, link.offsetLeft - rail.clientWidth / 2 + link.clientWidth / 2)
  }, [current])
  return (
    <>
      <nav aria-label="Day" className="sticky top-15 z-20 border-line border-b bg-ground py-3 sm:top-18">
        <div className="wrap flex items-center gap-6">
          <ul className="rail min-w-0 flex-1 gap-1.5 sm:mr-0! sm:pr-1!">
            {dates.map((date) => {
              const { weekday, day, month } = dayParts(date)
              const name = date === today ? 'Today' : date === addDays(today, 1) ? 'Tomorrow' : weekday
              const on = date === current
              return (
                <li key={date} className="shrink-0">
                  <Link
                    ref={on ? selected : undefined}
                    to={to(date)}
                    replace
                    preventScrollReset
                    aria-current={on ? 'date' : undefined}
                    className={clsx(
                      'flex min-h-13 min-w-18 flex-col items-center justify-center rounded-control border px-2.5 transition-colors duration-150',
                      on ? 'border-marquee bg-marquee text-ink' : 'border-line hover:border-control',
                    )}
                  >
                    <span className={clsx('text-12', !on && 'text-muted')}>{name}</span>{' '}
                    <span className="font-bold font-display leading-tight">
                      {day} <span className="font-medium text-14">{month}</span>
                    </span>
                  </Link>
                </li>
              )
            })}
          </ul>
          <p className="shrink-0 text-14 text-muted max-sm:hidden">Times in {zone}</p>
        </div>
      </nav>
      <p className="wrap pt-2.5 text-12 text-muted sm:hidden">Times in {zone}</p>
    </>
  )
}

/** The same height, so that nothing below moves when the days arrive. */
export function DayStripSkeleton() {
  return (
    <>
      <div className="border-line border-b py-3">
        <div className="wrap flex gap-1.5 overflow-hidden">
          {[1, 2, 3, 4, 5, 6, 7].map((day) => (
            <Skeleton key={day} className="h-13 w-18 shrink-0" />
          ))}
        </div>
      </div>
      <div aria-hidden="true" className="wrap pt-2.5 sm:hidden">
        <Skeleton className="h-[1.05rem] w-18" />
      </div>
    </>
  )
}
