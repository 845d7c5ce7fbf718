import type { Home } from '@marquee/contracts/showtimes'
import { useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { type ComponentProps, type ReactNode, useId, useState } from 'react'
import { useNavigate } from 'react-router'
import { Button } from '../../../components/ui/button.tsx'
import { addDays, dayLabel, dayWord } from '../../../lib/format.ts'
import { useQuickBookChoices } from '../quick-book-choices.ts'
import { quickBookPath } from '../quick-book-path.ts'

const DAYS_AHEAD = 7
const SEATS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

/** Four questions on the way to a seat map. Each may stay open; the answer is the nearest page to the seats. */
export function QuickBook({ home, now }: { home: Home; now: number }) {
  const { city, date: today } = home
  const client = useQueryClient()
  const navigate = useNavigate()
  const [film, setFilm] = useState('')
  const [theatre, setTheatre] = useState('')
  const [date, setDate] = useState(today)
  const [count, setCount] = useState(2)
  const [busy, setBusy] = useState(false)
  // Which of the two was answered first: it keeps its whole list, and the other's is narrowed to what goes with it.
  const [first, setFirst] = useState<'film' | 'theatre' | null>(null)
  const { films, theatres } = useQuickBookChoices({ home, film, theatre, date, count, now, first })
  const days = Array.from({ length: DAYS_AHEAD }, (_, ahead) => addDays(today, ahead))

  function chooseFilm(slug: string) {
    setFilm(slug)
    if (!theatre) setFirst(slug ? 'film' : null)
    else if (!slug) setFirst('theatre')
  }

  function chooseTheatre(slug: string) {
    setTheatre(slug)
    if (!film) setFirst(slug ? 'theatre' : null)
    else if (!slug) setFirst('film')
  }

  async function find() {
    setBusy(true)
    const to = await quickBookPath(client, { city: city.slug, film, theatre, date, today, count, now })
    setBusy(false)
    await navigate(to)
  }

  return (
    <form
      aria-label="Quick booking"
      onSubmit={(event) => {
        event.preventDefault()
        void find()
      }}
      className="grid grid-cols-2 overflow-hidden rounded-card border border-line bg-raised md:grid-cols-[1fr_1fr_0.8fr_0.7fr_auto]"
    >
      <Question label="Film" value={film} onChange={(event) => chooseFilm(event.target.value)}>
        <option value="">{first === 'theatre' && films.length === 0 ? 'No film there that day' : 'Any film'}</option>
        {films.map((choice) => (
          <option key={choice.slug} value={choice.slug}>
            {choice.label}
          </option>
        ))}
      </Question>
      <Question label="Cinema" value={theatre} onChange={(event) => chooseTheatre(event.target.value)}>
        <option value="">{first === 'film' && theatres.length === 0 ? 'No cinema that day' : 'Any cinema'}</option>
        {theatres.map((choice) => (
          <option key={choice.slug} value={choice.slug}>
            {choice.label}
          </option>
        ))}
      </Question>
      <Question label="Day" value={date} onChange={(event) => setDate(event.target.value)}>
        {days.map((day) => (
          <option key={day} value={day}>
            {day === today ? dayWord(city.timeZone, new Date(now)) : dayLabel(day, today)}
          </option>
        ))}
      </Question>
      <Question label="Seats together" value={count} onChange={(event) => setCount(Number(event.target.value))}>
        {SEATS.map((seats) => (
          <option key={seats} value={seats}>
            {seats}
          </option>
        ))}
      </Question>
      <div className="grid p-3 max-md:col-span-2">
        <Button type="submit" variant="primary" busy={busy} className="md:px-6">
          Find seats
        </Button>
      </div>
    </form>
  )
}

function Question({
  label,
  children,
  className,
  ...rest
}: ComponentProps<'select'> & { label: string; children: ReactNode }) {
  const id = useId()
  return (
    <div className="relative min-w-0 border-line border-r max-md:border-b max-md:even:border-r-0">
      <label htmlFor={id} className="pointer-events-none absolute top-3 left-4 text-12 text-muted sm:left-5">
        {label}
      </label>
      <select
        {...rest}
        id={id}
        className={clsx(
          'size-full min-h-17 appearance-none truncate bg-transparent pt-6 pr-9 pb-1 pl-4 text-16 text-text -outline-offset-4 sm:pl-5 [&>option]:bg-raised',
          className,
        )}
      >
        {children}
      </select>
      <svg
        viewBox="0 0 12 8"
        width="12"
        height="8"
        aria-hidden="true"
        className="pointer-events-none absolute right-4 bottom-6 text-muted"
      >
        <path d="M1 1.5l5 5 5-5" fill="none" stroke="currentColor" strokeWidth="1.6" />
      </svg>
    </div>
  )
}
