import type { MovieCard } from '@marquee/contracts/movies'
import { useState } from 'react'
import { Link } from 'react-router'
import { Button } from '../../../components/ui/button.tsx'
import { Chip } from '../../../components/ui/chip.tsx'
import { EmptyState } from '../../../components/ui/empty-state.tsx'
import { paths } from '../../../lib/paths.ts'
import { filterMovies, movieFilters } from '../movie-filters.ts'
import { MovieGrid } from './movie-grid.tsx'

/** A row of chips is for a glance; the films page has every filter. */
const CHIPS = 6

export function NowShowing({
  movies,
  today,
  cityName,
}: {
  movies: readonly MovieCard[]
  today: string
  cityName: string
}) {
  const [chosen, setChosen] = useState<string | null>(null)
  const { languages, genres } = movieFilters(movies)
  const chips = [...languages.slice(0, 4), ...genres].slice(0, CHIPS)
  const shown = chosen ? filterMovies(movies, { any: chosen }) : movies
  return (
    <section aria-labelledby="now-showing">
      <div className="mb-5 flex gap-x-6 gap-y-3 max-md:flex-col md:items-center">
        <h2 id="now-showing" className="mr-auto text-26 sm:text-34">
          Now showing
        </h2>
        {movies.length > 0 && (
          <fieldset className="min-w-0">
            <legend className="sr-only">Filter the films</legend>
            <div className="rail gap-2">
              <Chip pressed={chosen === null} onClick={() => setChosen(null)}>
                All
              </Chip>
              {chips.map((chip) => (
                <Chip key={chip} pressed={chosen === chip} onClick={() => setChosen(chosen === chip ? null : chip)}>
                  {chip}
                </Chip>
              ))}
            </div>
          </fieldset>
        )}
      </div>
      {movies.length === 0 ? (
        <EmptyState
          title={`No film is on sale in ${cityName} right now`}
          action={
            <Link
              to={paths.films({ status: 'upcoming' })}
              className="font-medium text-marquee-text underline underline-offset-4"
            >
              See what is coming
            </Link>
          }
        >
          Choose another city at the top, or see what opens next.
        </EmptyState>
      ) : shown.length === 0 ? (
        <EmptyState
          title={`Nothing in “${chosen}”`}
          action={<Button onClick={() => setChosen(null)}>Show all films</Button>}
        />
      ) : (
        <MovieGrid movies={shown} today={today} />
      )}
    </section>
  )
}

export function ComingSoon({ movies, today }: { movies: readonly MovieCard[]; today: string }) {
  if (movies.length === 0) return null
  return (
    <section aria-labelledby="coming-soon">
      <div className="mb-5 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id="coming-soon" className="text-26 sm:text-34">
          Coming soon
        </h2>
        <Link
          to={paths.films({ status: 'upcoming' })}
          className="inline-flex min-h-11 items-center font-medium text-14 text-marquee-text underline-offset-4 hover:underline"
        >
          All that is coming
        </Link>
      </div>
      <MovieGrid movies={movies} today={today} />
    </section>
  )
}
