import { useSearchParams } from 'react-router'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { LinkTabs } from '../components/ui/link-tabs.tsx'
import { Pager, pageOf } from '../components/ui/pager.tsx'
import { Loading, Skeleton } from '../components/ui/skeleton.tsx'
import { BookingRow } from '../features/bookings/components/booking-row.tsx'
import { BOOKINGS_PER_PAGE, useBookings } from '../features/bookings/queries.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'

export function BookingsPage() {
  const [query] = useSearchParams()
  const when = query.get('when') === 'past' ? 'past' : 'upcoming'
  const page = pageOf(query)
  usePageTitle('Your bookings')
  const bookings = useBookings(when, page)
  const link = (to: { when?: 'past'; page?: number }) => {
    const params = new URLSearchParams()
    if (to.when) params.set('when', to.when)
    if (to.page && to.page > 1) params.set('page', String(to.page))
    return params.size > 0 ? `${paths.bookings()}?${params}` : paths.bookings()
  }

  return (
    <div className="wrap max-w-4xl! pt-6 pb-16 sm:pt-10">
      <h1 className="text-34 sm:text-48">Your bookings</h1>
      <LinkTabs
        label="Which bookings"
        className="mt-6"
        tabs={[
          { to: link({}), label: 'Upcoming', current: when === 'upcoming' },
          { to: link({ when: 'past' }), label: 'Past', current: when === 'past' },
        ]}
      />
      <div className="mt-6">
        <Rows when={when} bookings={bookings} />
        <Pager
          total={bookings.data?.total ?? 0}
          perPage={BOOKINGS_PER_PAGE}
          page={page}
          to={(next) => link({ ...(when === 'past' ? { when } : {}), page: next })}
        />
      </div>
    </div>
  )
}

function Rows({ when, bookings }: { when: 'upcoming' | 'past'; bookings: ReturnType<typeof useBookings> }) {
  if (bookings.error && !bookings.data) {
    return (
      <ErrorState
        error={bookings.error}
        title="Your bookings did not load"
        onRetry={() => void bookings.refetch()}
        retrying={bookings.isFetching}
      >
        <p className="text-muted">They are safe with us; only this page could not read them.</p>
      </ErrorState>
    )
  }
  if (!bookings.data) {
    return (
      <Loading label="Loading your bookings" className="flex flex-col gap-3">
        <Skeleton className="h-32 w-full" />
        <Skeleton className="h-32 w-full" />
        <Skeleton className="h-32 w-full" />
      </Loading>
    )
  }
  if (bookings.data.items.length === 0) {
    return when === 'past' ? (
      <EmptyState title="Nothing here yet">Films you have been to will be kept here, with their tickets.</EmptyState>
    ) : (
      <EmptyState
        title="No film ahead"
        action={
          <LinkButton to={paths.films()} variant="primary">
            Find a film
          </LinkButton>
        }
      >
        When you book seats, the ticket is here before you have put your phone away.
      </EmptyState>
    )
  }
  return (
    <ul className="flex flex-col gap-3" aria-busy={bookings.isPlaceholderData || undefined}>
      {bookings.data.items.map((booking) => (
        <li key={booking.id}>
          <BookingRow booking={booking} to={paths.booking(booking.id)} />
        </li>
      ))}
    </ul>
  )
}
