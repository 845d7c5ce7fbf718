import { useQuery } from '@tanstack/react-query'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { Loading, Skeleton } from '../components/ui/skeleton.tsx'
import { TheatreCard } from '../features/catalog/components/theatre-card.tsx'
import { theatresQuery } from '../features/catalog/queries.ts'
import { useCity } from '../features/cities/queries.ts'
import { plural } from '../lib/format.ts'
import { usePageTitle } from '../lib/page-title.ts'

const grid = 'grid gap-3 sm:gap-4 md:grid-cols-2 xl:grid-cols-3'

export function TheatresPage() {
  const city = useCity()
  const theatres = useQuery(theatresQuery(city?.slug))
  const items = theatres.data?.items ?? []
  usePageTitle(`Cinemas in ${city?.name ?? 'your city'}`)

  return (
    <div className="wrap pt-4 sm:pt-8">
      <h1 className="text-34 sm:text-48">Cinemas{city ? ` in ${city.name}` : ''}</h1>
      <p role="status" className="mt-2 mb-6 min-h-6 text-muted">
        {theatres.isSuccess && items.length > 0 && plural(items.length, 'cinema')}
      </p>
      {theatres.isPending && (
        <Loading label="Loading cinemas" className={grid}>
          {[1, 2, 3, 4, 5, 6].map((card) => (
            <Skeleton key={card} className="h-38 rounded-card" />
          ))}
        </Loading>
      )}
      {theatres.isError && !theatres.data && (
        <ErrorState
          error={theatres.error}
          title="The cinemas did not load"
          onRetry={() => void theatres.refetch()}
          retrying={theatres.isFetching}
        />
      )}
      {theatres.isSuccess && items.length === 0 && (
        <EmptyState title={`No cinema in ${city?.name} sells through Marquee yet`}>
          Choose another city at the top.
        </EmptyState>
      )}
      <ul className={grid}>
        {items.map((theatre) => (
          <li key={theatre.id} className="min-w-0">
            <TheatreCard theatre={theatre} />
          </li>
        ))}
      </ul>
    </div>
  )
}
