import { useQuery } from '@tanstack/react-query'
import { useParams, useSearchParams } from 'react-router'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { Loading } from '../components/ui/skeleton.tsx'
import { DayStrip, DayStripSkeleton } from '../features/catalog/components/day-strip.tsx'
import { FilmAbout } from '../features/catalog/components/film-about.tsx'
import { FilmBell, MoreDaysBell } from '../features/catalog/components/film-bell.tsx'
import { FilmHero, FilmHeroSkeleton } from '../features/catalog/components/film-hero.tsx'
import { FilmShowtimes } from '../features/catalog/components/film-showtimes.tsx'
import { NextShow, NextShowSkeleton } from '../features/catalog/components/next-show.tsx'
import { TheatreRowSkeleton } from '../features/catalog/components/theatre-row.tsx'
import { movieQuery, movieShowtimesQuery } from '../features/catalog/queries.ts'
import { seatCount } from '../features/catalog/seat-count.ts'
import { useCity } from '../features/cities/queries.ts'
import { isApiError } from '../lib/api-error.ts'
import { formatDateLong, localDate, zoneName } from '../lib/format.ts'
import { useNow } from '../lib/now.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'
import { NotFoundPage } from './not-found-page.tsx'

export function FilmPage() {
  const { slug = '' } = useParams()
  const [params] = useSearchParams()
  const city = useCity()
  const now = useNow()
  const date = params.get('date') ?? undefined
  const theatre = params.get('theatre') ?? undefined
  const count = seatCount(params)
  const film = useQuery(movieQuery(slug))
  const shows = useQuery(movieShowtimesQuery(slug, city?.slug, date))
  usePageTitle(film.data?.title)

  if (isApiError(film.error, 'NOT_FOUND', 'VALIDATION')) return <NotFoundPage what="film" />
  if (film.isError && !film.data) {
    return (
      <div className="wrap py-10">
        <ErrorState
          error={film.error}
          title="The film did not load"
          onRetry={() => void film.refetch()}
          retrying={film.isFetching}
        />
      </div>
    )
  }

  const movie = film.data
  const answer = shows.data
  const zone = answer?.city.timeZone ?? city?.timeZone ?? 'UTC'
  const today = localDate(new Date(now), zone)

  return (
    <article>
      <div className="wrap pt-3 pb-5 sm:pt-8 sm:pb-8">
        {movie ? (
          <FilmHero movie={movie}>
            {answer ? (
              answer.dates.length > 0 ? (
                <NextShow rows={answer.theatres} timeZone={zone} now={now} count={count} />
              ) : (
                <FilmBell slug={slug} city={answer.city} />
              )
            ) : (
              shows.isPending && <NextShowSkeleton />
            )}
          </FilmHero>
        ) : (
          <Loading label="Loading the film">
            <FilmHeroSkeleton />
          </Loading>
        )}
      </div>

      <section aria-labelledby="showtimes">
        <h2 id="showtimes" className="sr-only">
          Showtimes
        </h2>
        {!answer && !shows.isError && <DayStripSkeleton />}
        {answer && answer.dates.length > 0 && (
          <DayStrip
            dates={answer.dates}
            current={date ?? answer.date}
            today={today}
            to={(day) => paths.film(slug, { date: day, theatre, count })}
            zone={zoneName(new Date(now).toISOString(), zone)}
          />
        )}
        <div className="wrap" aria-busy={shows.isPlaceholderData}>
          {shows.isError && !answer && (
            <ErrorState
              className="mt-4"
              error={shows.error}
              title="The showtimes did not load"
              onRetry={() => void shows.refetch()}
              retrying={shows.isFetching}
            />
          )}
          {(!answer || shows.isPlaceholderData) && !shows.isError && (
            <Loading label="Loading showtimes">
              {[1, 2, 3].map((row) => (
                <TheatreRowSkeleton key={row} />
              ))}
            </Loading>
          )}
          {answer && !shows.isPlaceholderData && answer.dates.length > 0 && (
            <>
              <FilmShowtimes slug={slug} answer={answer} today={today} now={now} theatre={theatre} count={count} />
              <MoreDaysBell slug={slug} city={answer.city} />
            </>
          )}
          {answer && answer.dates.length === 0 && movie && (
            <EmptyState
              title={
                movie.releaseDate > today
                  ? `In cinemas from ${formatDateLong(movie.releaseDate)}`
                  : answer.programmedAt.length > 0
                    ? `Coming to ${answer.city.name}`
                    : `Not showing in ${answer.city.name} at the moment`
              }
              action={<LinkButton to={paths.films()}>Films showing now</LinkButton>}
            >
              {answer.programmedAt.length > 0
                ? `Programmed at ${inWords(answer.programmedAt.map((cinema) => cinema.name))}; times are not published yet.`
                : movie.releaseDate > today
                  ? `No cinema in ${answer.city.name} has published its times yet. Press the bell above, and we tell you the moment one does.`
                  : 'Choose another city at the top; other cinemas may still have it.'}
            </EmptyState>
          )}
        </div>
      </section>

      {movie && (
        <div className="wrap mt-12 sm:mt-18">
          <FilmAbout movie={movie} />
        </div>
      )}
    </article>
  )
}

/** All of a few names; of many the first ones and how many more. */
function inWords(names: readonly string[]): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} other cinemas`] : names
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(shown)
}
