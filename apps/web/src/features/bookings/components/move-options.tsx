import type { MoveOptions as Options } from '@marquee/contracts/moves'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { Button } from '../../../components/ui/button.tsx'
import { Time } from '../../../components/ui/time.tsx'
import { formatMoney, localDate, plural, showDayLabel } from '../../../lib/format.ts'

interface MoveOptionsProps {
  options: Options
  timeZone: string
  seatsHref: (showtimeId: string) => string
}

const FIRST_DAYS = 3

/** Later shows by day; each leads to its hall. */
export function MoveOptions({ options, timeZone, seatsHref }: MoveOptionsProps) {
  const [all, setAll] = useState(false)
  const days = [...Map.groupBy(options.items, (item) => localDate(item.startsAt, timeZone))]
  const shown = all ? days : days.slice(0, FIRST_DAYS)
  return (
    <>
      <p className="mt-6 max-w-[60ch] text-muted">
        {options.creditMinor > 0
          ? `${formatMoney(options.creditMinor, { exact: true })} of what you paid counts towards the new show. You pay the difference, or get it back.`
          : 'What you paid does not count towards the new show any more.'}{' '}
        Until it is done, your seats stay yours.
      </p>
      {shown.map(([date, items]) => (
        <section key={date} aria-labelledby={`day-${date}`} className="mt-7">
          <h2 id={`day-${date}`} className="text-20">
            {showDayLabel(items[0]?.startsAt ?? '', timeZone)}
          </h2>
          <ul className="mt-3 flex flex-col gap-2">
            {items.map((item) => (
              <li key={item.showtimeId}>
                <Link
                  to={seatsHref(item.showtimeId)}
                  className="group flex items-center gap-4 rounded-card border border-line bg-raised px-4 py-3 transition-colors duration-150 hover:border-control"
                >
                  <Time instant={item.startsAt} timeZone={timeZone} className="w-16 font-bold font-display text-20" />
                  <span className="min-w-0 flex-1">
                    <span className="block font-medium">{item.theatre}</span>
                    <span className="block text-14 text-muted">
                      {item.screen} · {item.language}
                      {item.format !== '2D' && ` · ${item.format}`} · {plural(item.seatsLeft, 'seat')} left · from{' '}
                      {formatMoney(item.priceFromMinor)}
                    </span>
                  </span>
                  <ChevronRight aria-hidden="true" className="size-5 shrink-0 text-muted" />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {shown.length < days.length && (
        <Button className="mt-7" onClick={() => setAll(true)}>
          {plural(days.length - shown.length, 'more day')}
        </Button>
      )}
    </>
  )
}
