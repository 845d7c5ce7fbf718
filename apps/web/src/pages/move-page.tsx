import type { Booking } from '@marquee/contracts/bookings'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearchParams } from 'react-router'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { Loading, Skeleton } from '../components/ui/skeleton.tsx'
import { listMoveOptions } from '../features/bookings/api.ts'
import { BookingFacts } from '../features/bookings/components/booking-facts.tsx'
import { MoveOptions } from '../features/bookings/components/move-options.tsx'
import { useBooking } from '../features/bookings/queries.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'
import { MoveConfirm } from './move-confirm.tsx'

/** The same film at another time: choose the show, then seats in its hall, then see the difference. */
export function MovePage() {
  const { id = '' } = useParams()
  const [params] = useSearchParams()
  const to = params.get('to')
  const booking = useBooking(id)
  usePageTitle('Move your booking')
  return (
    <div className="wrap max-w-3xl! pt-6 pb-16 sm:pt-10">
      <h1 className="text-34">Move your booking</h1>
      {booking.data ? (
        <>
          <div className="mt-6 rounded-card border border-line p-5">
            <BookingFacts booking={booking.data} />
          </div>
          {to ? <MoveConfirm key={to} booking={booking.data} showtimeId={to} /> : <ChooseShow booking={booking.data} />}
        </>
      ) : booking.error ? (
        <ErrorState
          error={booking.error}
          title="The booking did not load"
          onRetry={() => void booking.refetch()}
          retrying={booking.isFetching}
          className="mt-6"
        >
          <p className="text-muted">It stands as it was; nothing was moved.</p>
        </ErrorState>
      ) : (
        <Loading label="Loading your booking" className="mt-6">
          <Skeleton className="h-28 w-full" />
          <Skeleton className="mt-6 h-48 w-full" />
        </Loading>
      )}
    </div>
  )
}

function ChooseShow({ booking }: { booking: Booking }) {
  const options = useQuery({
    queryKey: ['move-options', booking.id],
    queryFn: () => listMoveOptions(booking.id),
    staleTime: 15_000,
  })
  const back = <LinkButton to={paths.booking(booking.id)}>Back to the booking</LinkButton>
  if (options.error && !options.data) {
    return (
      <ErrorState
        error={options.error}
        title="The other shows did not load"
        onRetry={() => void options.refetch()}
        retrying={options.isFetching}
        className="mt-6"
      />
    )
  }
  if (!options.data) {
    return (
      <Loading label="Loading other shows" className="mt-6 flex flex-col gap-3">
        <Skeleton className="h-20 w-full" />
        <Skeleton className="h-20 w-full" />
        <Skeleton className="h-20 w-full" />
      </Loading>
    )
  }
  if (!options.data.movable) {
    return (
      <EmptyState title="This booking cannot be moved" action={back} className="mt-6">
        {options.data.refusal}
      </EmptyState>
    )
  }
  if (options.data.items.length === 0) {
    return (
      <EmptyState title="No other show has room" action={back} className="mt-6">
        We looked for later shows of this film in {booking.city.name} with as many free seats. You can cancel instead.
      </EmptyState>
    )
  }
  return (
    <MoveOptions
      options={options.data}
      timeZone={booking.city.timeZone}
      seatsHref={(showtimeId) => paths.seats(showtimeId, { move: booking.id })}
    />
  )
}
