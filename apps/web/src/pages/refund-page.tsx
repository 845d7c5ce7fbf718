import type { RefundStatus } from '@marquee/contracts/cancellations'
import { useQuery } from '@tanstack/react-query'
import { Check, TriangleAlert } from 'lucide-react'
import { useParams } from 'react-router'
import { Badge } from '../components/ui/badge.tsx'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { Price } from '../components/ui/price.tsx'
import { Loading, Skeleton } from '../components/ui/skeleton.tsx'
import { isLate, refundWords } from '../features/bookings/refund-words.ts'
import { isApiError } from '../lib/api-error.ts'
import { formatDateLong, formatMoment, localDate } from '../lib/format.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'
import { getPublic } from '../lib/public-api.ts'

const POLL_MS = 5_000
/** Nobody's name is on it: whoever has the link may see how far the money has come. */
export function RefundPage() {
  const { reference = '' } = useParams()
  const refund = useQuery({
    queryKey: ['refund', reference],
    queryFn: ({ signal }) => getPublic<RefundStatus>(`/api/refunds/${encodeURIComponent(reference)}`, {}, signal),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'PROCESSED' ? POLL_MS : false),
  })
  usePageTitle('Your refund')
  if (refund.error && !refund.data) {
    return (
      <div className="wrap max-w-2xl! py-12">
        <h1 className="sr-only">Your refund</h1>
        {isApiError(refund.error, 'NOT_FOUND', 'VALIDATION') ? (
          <EmptyState title="No such refund" action={<LinkButton to={paths.bookings()}>See my bookings</LinkButton>}>
            The link may be cut short. Every refund is shown with its booking as well.
          </EmptyState>
        ) : (
          <ErrorState
            error={refund.error}
            title="The refund did not load"
            onRetry={() => void refund.refetch()}
            retrying={refund.isFetching}
          >
            <p className="text-muted">It goes on by itself; only this page could not read it.</p>
          </ErrorState>
        )}
      </div>
    )
  }
  if (!refund.data) {
    return (
      <Loading label="Loading the refund" className="wrap max-w-2xl! py-10">
        <Skeleton className="h-10 w-64" />
        <Skeleton className="mt-6 h-56 w-full" />
      </Loading>
    )
  }
  return <Status refund={refund.data} />
}

function Status({ refund }: { refund: RefundStatus }) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const late = isLate(refund, refund.now)
  const { badge, tone, sentence } = refundWords(refund, zone, late)
  /** The step that did not go through: not one that is still to come. */
  const stuck = refund.state === 'FAILED' ? refund.steps.findIndex((step) => !step.done) : -1
  return (
    <div className="wrap max-w-2xl! pt-6 pb-16 sm:pt-12">
      <h1 className="text-26 sm:text-34">Your refund</h1>
      <p className="mt-2 text-muted">
        {refund.movie}, {refund.theatre}. Booking <span className="font-mono tracking-wider">{refund.bookingCode}</span>
      </p>
      <div className="mt-7 rounded-card border border-line bg-raised p-5 sm:p-8">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Price minor={refund.amountMinor} exact className="font-display font-extrabold text-48 tracking-tight" />
          <Badge tone={tone}>{badge}</Badge>
        </p>
        <p role="status" className="mt-2">
          {sentence}
        </p>
        {refund.promisedBy && refund.state !== 'PROCESSED' && (
          <p className="mt-4">
            <span className="block text-14 text-muted">{late ? 'Was promised by' : 'Promised by'}</span>
            <span className="font-bold font-display text-20">{formatDateLong(localDate(refund.promisedBy, zone))}</span>
          </p>
        )}
        <ol className="mt-7 flex flex-col">
          {refund.steps.map((step, index) => (
            <li key={step.what} className="relative flex gap-4 pb-6 last:pb-0">
              {index < refund.steps.length - 1 && (
                <span aria-hidden="true" className="absolute top-7 bottom-0 left-3 w-px bg-line" />
              )}
              <span
                aria-hidden="true"
                className={
                  step.done
                    ? 'grid size-6 shrink-0 place-items-center rounded-full bg-marquee text-ink'
                    : index === stuck
                      ? 'grid size-6 shrink-0 place-items-center rounded-full border border-danger text-danger'
                      : 'size-6 shrink-0 rounded-full border border-control'
                }
              >
                {step.done && <Check className="size-4" />}
                {index === stuck && <TriangleAlert className="size-4" />}
              </span>
              <p className={step.done || index === stuck ? undefined : 'text-muted'}>
                {step.what}
                <span className="block text-14 text-muted">
                  {step.at ? formatMoment(step.at, zone) : step.done ? 'Done' : index === stuck ? '' : 'Not yet'}
                </span>
              </p>
            </li>
          ))}
        </ol>
      </div>
      <p className="mt-5 text-14 text-muted">{refund.reason}</p>
      <p className="mt-2 text-14 text-muted">This page updates itself. Times are of your device.</p>
    </div>
  )
}
