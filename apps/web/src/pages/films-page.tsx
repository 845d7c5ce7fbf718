import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { LinkTabs } from '../components/ui/link-tabs.tsx'
import { FilterRow } from '../features/catalog/components/filter-row.tsx'
import { MovieGrid, MovieGridSkeleton } from '../features/catalog/components/movie-grid.tsx'
import { filterMovies, movieFilters } from '../features/catalog/movie-filters.ts'
import { moviesQuery } from '../features/catalog/queries.ts'
import { seatCount } from '../features/catalog/seat-count.ts'
import { useCity } from '../features/cities/queries.ts'
import { dayLabel, localDate, midSentence, plural } from '../lib/format.ts'
import { useNow } from '../lib/now.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'

export function FilmsPage() {
  const [params] = useSearchParams()
  const status = params.get('status') === 'upcoming' ? 'upcoming' : 'running'
  const language = params.get('language') ?? undefined
  const genre = params.get('genre') ?? undefined
  const asked = params.get('date') ?? ''
  const date = /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : undefined
  const count = seatCount(params)
  const plan = { date, count }
  const city = useCity()
  const now = useNow()
  // One list per city, filtered here: a chip answers at once, and the chips know what there is.
  const films = useQuery(moviesQuery({ city: city?.slug, status }))
  const all = films.data?.items ?? []
  const { languages, genres } = movieFilters(all)
  const shown = filterMovies(all, { language, genre })
  const today = localDate(new Date(now), city?.timeZone ?? 'UTC')
  usePageTitle(status === 'running' ? `Films in ${city?.name ?? 'your city'}` : 'Coming soon')

  return (
    <div className="wrap pt-4 sm:pt-8">
      <h1 className="text-34 sm:text-48">Films{city ? ` in ${city.name}` : ''}</h1>
      <LinkTabs
        label="Which films"
        className="mt-4 sm:mt-6"
        tabs={[
          { to: paths.films(plan), label: 'Now showing', current: status === 'running' },
          { to: paths.films({ status: 'upcoming', ...plan }), label: 'Coming soon', current: status === 'upcoming' },
        ]}
      />
      <div className="mt-5 flex flex-col gap-2.5">
        <FilterRow
          name="Language"
          values={languages}
          current={language}
          to={(value) => paths.films({ status, language: value, genre, ...plan })}
        />
        <FilterRow
          name="Genre"
          values={genres}
          current={genre}
          to={(value) => paths.films({ status, language, genre: value, ...plan })}
        />
      </div>
      {(date || count) && (
        <p className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2 text-16">
          <span>
            For{' '}
            <b className="font-semibold">
              {[date && midSentence(dayLabel(date, today)), count && plural(count, 'seat')].filter(Boolean).join(', ')}
            </b>
            : choose a film to see its times.
          </span>
          <LinkButton to={paths.films({ status, language, genre })} variant="accent" size="sm" preventScrollReset>
            Any day
          </LinkButton>
        </p>
      )}
      <p role="status" className="mt-5 mb-5 min-h-5 text-14 text-muted">
        {films.isSuccess && plural(shown.length, 'film')}
      </p>
      {films.isPending && <MovieGridSkeleton count={12} />}
      {films.isError && !films.data && (
        <ErrorState
          error={films.error}
          title="The films did not load"
          onRetry={() => void films.refetch()}
          retrying={films.isFetching}
        />
      )}
      {films.isSuccess && shown.length > 0 && <MovieGrid movies={shown} today={today} plan={plan} headingLevel="h2" />}
      {films.isSuccess && shown.length === 0 && (
        <EmptyState
          title={all.length === 0 ? 'No films here yet' : 'No film matches these filters'}
          action={
            all.length === 0 ? (
              <LinkButton to={paths.films({ status: status === 'running' ? 'upcoming' : 'running' })}>
                {status === 'running' ? 'See what is coming' : 'See what is on'}
              </LinkButton>
            ) : (
              <LinkButton to={paths.films({ status, ...plan })}>Clear the filters</LinkButton>
            )
          }
        >
          {all.length === 0 && status === 'running' && `Nothing is on sale in ${city?.name ?? 'this city'} right now.`}
          {all.length === 0 && status === 'upcoming' && 'Nothing has been announced yet.'}
        </EmptyState>
      )}
    </div>
  )
}
