import { useQuery } from '@tanstack/react-query'
import { ErrorState } from '../components/ui/error-state.tsx'
import { Skeleton } from '../components/ui/skeleton.tsx'
import { FeatureFilm, FeatureFilmSkeleton } from '../features/catalog/components/feature-film.tsx'
import { ComingSoon, NowShowing } from '../features/catalog/components/home-films.tsx'
import { MovieGridSkeleton } from '../features/catalog/components/movie-grid.tsx'
import { QuickBook } from '../features/catalog/components/quick-book.tsx'
import { homeQuery } from '../features/catalog/queries.ts'
import { useCityChoice } from '../lib/city.ts'
import { dayWord, formatDateLong } from '../lib/format.ts'
import { useNow } from '../lib/now.ts'
import { usePageTitle } from '../lib/page-title.ts'

export function HomePage() {
  const slug = useCityChoice((state) => state.slug)
  const home = useQuery(homeQuery(slug))
  const now = useNow()
  usePageTitle('Marquee')

  if (home.isError && !home.data) {
    return (
      <div className="wrap py-10">
        <h1 className="mb-6 text-34">Films near you</h1>
        <ErrorState
          error={home.error}
          title="The films did not load"
          onRetry={() => void home.refetch()}
          retrying={home.isFetching}
        />
      </div>
    )
  }
  if (!home.data) return <HomeSkeleton />

  const { city, date, feature, running, upcoming } = home.data
  const others = feature ? running.filter((movie) => movie.id !== feature.movie.id) : running
  return (
    <div className="wrap pt-3 sm:pt-6">
      <h1 className="mb-4 flex flex-wrap items-baseline gap-x-3 text-20 sm:mb-7 sm:text-26">
        <span>
          {city.name} <span className="text-marquee-text">· {dayWord(city.timeZone, new Date(now)).toLowerCase()}</span>
        </span>
        <span className="font-normal font-sans text-14 text-muted tracking-normal sm:text-16">
          {formatDateLong(date)}
        </span>
      </h1>
      {feature && <FeatureFilm feature={feature} timeZone={city.timeZone} now={now} />}
      <div className="mt-8 sm:mt-12">
        <QuickBook key={city.slug} home={home.data} now={now} />
      </div>
      <div className="mt-10 flex flex-col gap-12 sm:mt-14 sm:gap-18">
        <NowShowing key={city.slug} movies={others.length > 0 ? others : running} today={date} cityName={city.name} />
        <ComingSoon movies={upcoming} today={date} />
      </div>
    </div>
  )
}

function HomeSkeleton() {
  return (
    <div className="wrap pt-3 sm:pt-6">
      <h1 className="sr-only">Films near you</h1>
      <Skeleton className="mb-4 h-7 w-64 sm:mb-7 sm:h-8" />
      <FeatureFilmSkeleton />
      <Skeleton className="mt-8 h-51 rounded-card sm:mt-12 md:h-17" />
      <Skeleton className="mt-10 mb-5 h-9 w-48 sm:mt-14" />
      <MovieGridSkeleton />
    </div>
  )
}
