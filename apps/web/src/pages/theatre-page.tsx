import { useQuery } from '@tanstack/react-query'
import { useParams, useSearchParams } from 'react-router'
import { BellIcon } from '../components/bell-icon.tsx'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { Loading, Skeleton } from '../components/ui/skeleton.tsx'
import { anyAhead } from '../features/catalog/availability.ts'
import { BegunNote } from '../features/catalog/components/begun-note.tsx'
import { DayStrip, DayStripSkeleton } from '../features/catalog/components/day-strip.tsx'
import { TheatreFacts, TheatreInside } from '../features/catalog/components/theatre-facts.tsx'
import { TheatreFilmRow, TheatreFilmRowSkeleton } from '../features/catalog/components/theatre-film-row.tsx'
import { theatreDayQuery, theatreQuery } from '../features/catalog/queries.ts'
import { seatCount } from '../features/catalog/seat-count.ts'
import { isApiError } from '../lib/api-error.ts'
import { dayLabel, localDate, midSentence, zoneName } from '../lib/format.ts'
import { useNow } from '../lib/now.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'
import { NotFoundPage } from './not-found-page.tsx'

export function TheatrePage() {
  const { slug = '' } = useParams()
  const [params] = useSearchParams()
  const date = params.get('date') ?? undefined
  const count = seatCount(params)
  const now = useNow()
  const theatre = useQuery(theatreQuery(slug))
  const day = useQuery(theatreDayQuery(slug, date))
  usePageTitle(theatre.data?.name)

  if (isApiError(theatre.error, 'NOT_FOUND', 'VALIDATION')) return <NotFoundPage what="cinema" />
  if (theatre.isError && !theatre.data) {
    return (
      <div className="wrap py-10">
        <ErrorState
          error={theatre.error}
          title="The cinema did not load"
          onRetry={() => void theatre.refetch()}
          retrying={theatre.isFetching}
        />
      </div>
    )
  }

  const zone = theatre.data?.city.timeZone
  const today = localDate(new Date(now), zone ?? 'UTC')
  const ready = zone !== undefined && day.data !== undefined && !day.isPlaceholderData

  const films = day.data?.movies ?? []
  const ahead = films.filter((row) => anyAhead(row.showtimes, now))
  const begun = films.filter((row) => !anyAhead(row.showtimes, now))

  return (
    <article>
      <div className="wrap pt-4 pb-5 sm:pt-8">
        {theatre.data ? (
          <TheatreFacts theatre={theatre.data} />
        ) : (
          <Loading label="Loading the cinema">
            <Skeleton className="h-[1.3125rem] w-40" />
            <Skeleton className="mt-1 h-9 w-80 max-w-full sm:h-12.5" />
            <Skeleton className="mt-3 h-6 w-96 max-w-full" />
            <Skeleton className="mt-1 h-11 w-36" />
          </Loading>
        )}
      </div>
      <section aria-labelledby="programme">
        <h2 id="programme" className="sr-only">
          Films and times
        </h2>
        {!(zone && day.data) && !day.isError && <DayStripSkeleton />}
        {zone && day.data && day.data.dates.length > 0 && (
          <DayStrip
            dates={day.data.dates}
            current={date ?? day.data.date}
            today={today}
            to={(other) => paths.theatre(slug, { date: other, count })}
            zone={zoneName(new Date(now).toISOString(), zone)}
          />
        )}
        <div className="wrap">
          {day.isError && !day.data && (
            <ErrorState
              error={day.error}
              title="The times did not load"
              onRetry={() => void day.refetch()}
              retrying={day.isFetching}
            />
          )}
          {!ready && !day.isError && (
            <Loading label="Loading films and times">
              {[1, 2, 3].map((row) => (
                <TheatreFilmRowSkeleton key={row} />
              ))}
            </Loading>
          )}
          {ready && ahead.length === 0 && (
            <EmptyState
              className="my-6"
              title={
                day.data.dates.length === 0
                  ? 'No times published yet'
                  : `${begun.length > 0 ? 'No more shows' : 'Nothing on'} ${midSentence(dayLabel(day.data.date, today))}`
              }
              action={<LinkButton to={paths.theatres()}>Other cinemas</LinkButton>}
            >
              {day.data.dates.length > 0
                ? 'Choose another day above.'
                : 'This cinema has not opened booking for any film.'}
            </EmptyState>
          )}
          {ready && ahead.length > 0 && (
            <ul>
              {ahead.map((row) => (
                <TheatreFilmRow
                  key={row.movie.id}
                  row={row}
                  date={day.data.date}
                  timeZone={zone}
                  now={now}
                  count={count}
                />
              ))}
            </ul>
          )}
          {ready && (
            <p className="flex flex-wrap items-center gap-x-4 gap-y-1 pt-6 text-14 text-muted">
              Waiting for a film, or for another day?
              <LinkButton
                to={paths.alertMe({ city: theatre.data?.city.slug, ...(theatre.data && { theatre: theatre.data.id }) })}
                variant="accent"
                size="sm"
                className="min-h-11 max-sm:-ml-3"
              >
                <BellIcon />
                Be told when it opens here
              </LinkButton>
            </p>
          )}
          {ready && (
            <BegunNote
              items={begun.map(({ movie }) => ({ id: movie.id, name: movie.title, to: paths.film(movie.slug) }))}
            />
          )}
        </div>
      </section>
      {theatre.data && (
        <div className="wrap mt-12 sm:mt-18">
          <TheatreInside theatre={theatre.data} />
        </div>
      )}
    </article>
  )
}
