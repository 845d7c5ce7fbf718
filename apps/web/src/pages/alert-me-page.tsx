import { useQuery } from '@tanstack/react-query'
import { useLocation, useSearchParams } from 'react-router'
import { ErrorState } from '../components/ui/error-state.tsx'
import { Loading, Skeleton } from '../components/ui/skeleton.tsx'
import { AlertForm } from '../features/alerts/components/alert-form.tsx'
import { FormHeading } from '../features/alerts/components/form-heading.tsx'
import { alertOptionsQuery } from '../features/alerts/queries.ts'
import { useCities, useCity } from '../features/cities/queries.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { useSession } from '../lib/session.ts'

/** Leave a name, a number and a film, and be told the moment its booking opens. */
export function AlertMePage() {
  const [params] = useSearchParams()
  const { key } = useLocation()
  const cities = useCities()
  const own = useCity()
  const city = cities.data?.find(({ slug }) => slug === params.get('city')) ?? own
  const options = useQuery(alertOptionsQuery(city?.slug))
  const { status, user } = useSession()
  usePageTitle('Alert me')
  const failed = cities.isError && !cities.data ? cities : options.isError && !options.data ? options : null

  return (
    <div className="wrap pt-6 pb-16 sm:pt-10">
      {failed ? (
        <>
          <FormHeading />
          <ErrorState
            error={failed.error}
            title="The form did not load"
            onRetry={() => void failed.refetch()}
            retrying={failed.isFetching}
          />
        </>
      ) : cities.data && city && options.data && status !== 'restoring' ? (
        <AlertForm
          // Coming here again is another form; whoever signs in meanwhile gets theirs filled in.
          key={`${key} ${user?.id}`}
          cities={cities.data}
          city={city}
          options={options.data}
          user={user}
          filmName={params.get('film')}
          theatreId={params.get('theatre')}
        />
      ) : (
        <>
          <FormHeading />
          <Loading label="Loading the form" className="flex max-w-[36rem] flex-col gap-5">
            {[1, 2, 3, 4, 5].map((field) => (
              <div key={field}>
                <Skeleton className="mb-1.5 h-5 w-24" />
                <Skeleton className="h-12 w-full" />
              </div>
            ))}
            <Skeleton className="h-64 w-full" />
          </Loading>
        </>
      )}
    </div>
  )
}
