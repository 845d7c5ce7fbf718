import type { CancellationImpact } from '@marquee/contracts/cancellations'
import type { UseQueryResult } from '@tanstack/react-query'
import { ErrorState } from '../../../components/ui/error-state.tsx'
import { Loading, Skeleton } from '../../../components/ui/skeleton.tsx'
import { formatCount, formatMoney, plural } from '../../../lib/format.ts'

/** What would happen to whom, in the numbers of this moment. */
export function ShowtimeImpact({ query }: { query: UseQueryResult<CancellationImpact> }) {
  if (query.error && !query.data) {
    return (
      <ErrorState
        error={query.error}
        title="What it would do could not be counted"
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    )
  }
  if (!query.data) {
    return (
      <Loading label="Counting bookings">
        <Skeleton className="h-36 w-full" />
      </Loading>
    )
  }
  const { bookings, seats, refundMinor, toVoucherMinor, drafts } = query.data
  return (
    <div className="rounded-card border border-danger p-4">
      {bookings === 0 ? (
        <p className="font-semibold">No seat is sold. No money goes back.</p>
      ) : (
        <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5">
          <dt>Bookings</dt>
          <dd className="text-right font-semibold tabular-nums">{formatCount(bookings)}</dd>
          <dt>Seats sold</dt>
          <dd className="text-right font-semibold tabular-nums">{formatCount(seats)}</dd>
          <dt>
            Money that goes back
            {toVoucherMinor > 0 && (
              <span className="block text-14 text-muted">
                of it {formatMoney(toVoucherMinor, { exact: true })} to gift vouchers
              </span>
            )}
          </dt>
          <dd className="text-right font-semibold tabular-nums">{formatMoney(refundMinor, { exact: true })}</dd>
        </dl>
      )}
      <p className="mt-3 text-14 text-muted">
        {bookings > 0 && 'Every booking is refunded in full, fees too, and every guest is told with your reason. '}
        {drafts > 0 && `${plural(drafts, 'guest is', 'guests are')} paying right now and will be stopped. `}
        Holds end at once. This cannot be undone.
      </p>
    </div>
  )
}
