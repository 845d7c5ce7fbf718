import type { MovieShowtimes } from '@marquee/contracts/showtimes'
import { useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Chip } from '../../../components/ui/chip.tsx'
import { EmptyState } from '../../../components/ui/empty-state.tsx'
import { LinkButton } from '../../../components/ui/link-button.tsx'
import { dayLabel, midSentence } from '../../../lib/format.ts'
import { paths } from '../../../lib/paths.ts'
import { anyAhead } from '../availability.ts'
import { narrowShowtimes, versions } from '../narrow-showtimes.ts'
import { BegunNote } from './begun-note.tsx'
import { SeatsLeftMark } from './seats-left-mark.tsx'
import { TheatreRow } from './theatre-row.tsx'

interface FilmShowtimesProps {
  slug: string
  answer: MovieShowtimes
  today: string
  now: number
  /** Slug of the one cinema asked for. */
  theatre: string | undefined
  count: number | undefined
}

/** The cinemas of one day; chips narrow them to a language, a format or captions where there is a choice. */
export function FilmShowtimes({ slug, answer, today, now, theatre, count }: FilmShowtimesProps) {
  const [chosen, setChosen] = useState<string[]>([])
  const offered = versions(answer.theatres)
  const narrow = chosen.filter((version) => offered.includes(version))
  const narrowed = narrowShowtimes(answer.theatres, { theatre, versions: narrow })
  const rows = narrowed.filter((row) => anyAhead(row.showtimes, now))
  const begun = narrowed.filter((row) => !anyAhead(row.showtimes, now))
  const named = theatre ? answer.theatres.find((row) => row.theatre.slug === theatre)?.theatre : undefined
  const day = midSentence(dayLabel(answer.date, today))

  function toggle(version: string) {
    setChosen(narrow.includes(version) ? narrow.filter((other) => other !== version) : [...narrow, version])
  }

  return (
    <>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3 pt-5">
        {offered.length > 1 && (
          <fieldset className="min-w-0">
            <legend className="sr-only">Language, format and captions</legend>
            <div className="rail gap-2 sm:flex-wrap">
              {offered.map((version) => (
                <Chip key={version} pressed={narrow.includes(version)} onClick={() => toggle(version)}>
                  {version}
                </Chip>
              ))}
            </div>
          </fieldset>
        )}
        {theatre && (
          <p className="text-14">
            Only {named?.name ?? 'the chosen cinema'}.{' '}
            <LinkButton
              to={paths.film(slug, { date: answer.date, count })}
              variant="accent"
              size="sm"
              preventScrollReset
            >
              All cinemas
            </LinkButton>
          </p>
        )}
        <ul aria-label="Signs" className="ml-auto flex gap-4 text-12 text-muted max-sm:hidden">
          <li className="flex items-center gap-1.5">
            <SeatsLeftMark state="available" /> available
          </li>
          <li className="flex items-center gap-1.5">
            <SeatsLeftMark state="filling_fast" /> filling fast
          </li>
          <li className="flex items-center gap-1.5">
            <SeatsLeftMark state="few_left" /> few left
          </li>
          <li className="flex items-center gap-1.5">
            <SeatsLeftMark state="sold_out" /> sold out
          </li>
        </ul>
      </div>
      {rows.length === 0 && begun.length > 0 && (
        <EmptyState className="my-6" title={`No more shows ${day}`}>
          Choose another day above.
        </EmptyState>
      )}
      {rows.length === 0 && begun.length > 0 ? null : rows.length > 0 ? (
        <ul>
          {rows.map((row) => (
            <TheatreRow
              key={row.theatre.id}
              row={row}
              date={answer.date}
              timeZone={answer.city.timeZone}
              now={now}
              count={count}
            />
          ))}
        </ul>
      ) : (
        <EmptyState
          className="my-6"
          title={`No show ${narrow.length > 0 ? `in ${narrow.join(', ')} ` : ''}${theatre ? 'at this cinema ' : ''}${day}`}
          action={
            narrow.length > 0 ? (
              <Button onClick={() => setChosen([])}>Show every version</Button>
            ) : theatre ? (
              <LinkButton to={paths.film(slug, { date: answer.date, count })}>All cinemas</LinkButton>
            ) : undefined
          }
        >
          Another day may have one: choose it above.
        </EmptyState>
      )}
      <BegunNote
        items={begun.map(({ theatre: cinema }) => ({
          id: cinema.id,
          name: cinema.name,
          to: paths.theatre(cinema.slug),
        }))}
      />
    </>
  )
}
