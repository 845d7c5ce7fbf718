import type { Booking } from '@marquee/contracts/bookings'
import { AGE_ADVICE } from '@marquee/contracts/terms'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { Button } from '../components/ui/button.tsx'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { Loading, Skeleton } from '../components/ui/skeleton.tsx'
import { abandonBooking, resumeCheckout } from '../features/bookings/api.ts'
import { type BookingPhase, bookingPhase } from '../features/bookings/booking-phase.ts'
import { forgetAttempt, mayHavePaid, rememberOrder } from '../features/bookings/checkout-attempt.ts'
import { BookingFacts } from '../features/bookings/components/booking-facts.tsx'
import { BookingStatus } from '../features/bookings/components/booking-status.tsx'
import { CancelDialog } from '../features/bookings/components/cancel-dialog.tsx'
import { CancellationPolicy } from '../features/bookings/components/cancellation-policy.tsx'
import { InvoiceList } from '../features/bookings/components/invoice-list.tsx'
import { RefundList } from '../features/bookings/components/refund-list.tsx'
import { TicketCard } from '../features/bookings/components/ticket-card.tsx'
import { TicketDownload } from '../features/bookings/components/ticket-download.tsx'
import { openGateway } from '../features/bookings/open-gateway.ts'
import { useBooking } from '../features/bookings/queries.ts'
import { useOnReturn } from '../features/bookings/use-on-return.ts'
import { HoldCountdown } from '../features/seats/components/hold-countdown.tsx'
import { QuoteLines } from '../features/seats/components/quote-lines.tsx'
import { clockOffset } from '../features/seats/hold-clock.ts'
import { isApiError } from '../lib/api-error.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'

export function BookingPage() {
  const { id = '' } = useParams()
  const booking = useBooking(id)
  usePageTitle(booking.data ? `${booking.data.movie.title}, ${booking.data.code}` : 'Your booking')
  if (booking.error && !booking.data) {
    return (
      <div className="wrap py-12">
        <h1 className="sr-only">Your booking</h1>
        {isApiError(booking.error, 'NOT_FOUND', 'VALIDATION') ? (
          <EmptyState title="No such booking" action={<LinkButton to={paths.bookings()}>See my bookings</LinkButton>}>
            The link may be cut short, or the booking belongs to another account.
          </EmptyState>
        ) : (
          <ErrorState
            error={booking.error}
            title="The booking did not load"
            onRetry={() => void booking.refetch()}
            retrying={booking.isFetching}
          >
            <p className="text-muted">It is safe with us; only this page could not read it.</p>
          </ErrorState>
        )}
      </div>
    )
  }
  if (!booking.data) {
    return (
      <Loading label="Loading your booking" className="wrap max-w-4xl! py-10">
        <Skeleton className="h-10 w-72" />
        <Skeleton className="mt-6 h-72 w-full" />
      </Loading>
    )
  }
  return <BookingView booking={booking.data} readAt={booking.dataUpdatedAt} />
}

/** The seats are gone, and the film may still be seen. */
const OVER = new Set<BookingPhase>(['expired', 'cancelled', 'refund-started', 'refunded'])

function BookingView({ booking, readAt }: { booking: Booking; readAt: number }) {
  const phase = bookingPhase(booking)
  const bought = booking.confirmedAt !== null
  const showGone = booking.cancellations.some((cancellation) => cancellation.by === 'CINEMA')
  return (
    <div className="wrap max-w-4xl! pt-6 pb-16 sm:pt-10">
      <BookingStatus booking={booking}>
        {phase === 'ticket' && <TicketDownload booking={booking} />}
        {phase === 'pay' && <PayAgain booking={booking} />}
        {phase === 'moved' && booking.movedToId && (
          <LinkButton to={paths.booking(booking.movedToId)} variant="primary">
            See the new booking
          </LinkButton>
        )}
        {OVER.has(phase) && (
          <>
            {!showGone && (
              <LinkButton to={paths.seats(booking.showtime.id)} variant="primary">
                Choose seats again
              </LinkButton>
            )}
            <LinkButton to={paths.film(booking.movie.slug)} variant={showGone ? 'primary' : 'secondary'}>
              Other times
            </LinkButton>
          </>
        )}
      </BookingStatus>
      {phase === 'pay' && (
        <div className="mt-6 max-w-xl rounded-card border border-line bg-raised p-5">
          <HoldCountdown
            expiresAt={booking.payBy}
            offset={clockOffset(booking.now, readAt)}
            totalMs={Date.parse(booking.payBy) - Date.parse(booking.createdAt)}
          >
            to finish paying; after that the seats go back
            {mayHavePaid(sessionStorage, booking.id) ? ' to everybody' : ' and nothing is charged'}
          </HoldCountdown>
        </div>
      )}
      <div className="mt-8">
        {phase === 'ticket' ? (
          <TicketCard booking={booking} />
        ) : (
          <div className="rounded-card border border-line p-5">
            <BookingFacts booking={booking} />
          </div>
        )}
      </div>
      {phase === 'ticket' && <ChangePlans booking={booking} />}
      <div className="mt-10 grid gap-x-12 gap-y-10 sm:grid-cols-2">
        <section aria-labelledby="paid">
          <h2 id="paid" className="text-20">
            {bought ? 'What you paid' : 'The price'}
          </h2>
          <QuoteLines quote={booking.quote} totalLabel={bought ? 'Paid' : 'Total'} className="mt-2" />
          {booking.movedFromId && (
            <p className="mt-3 text-14 text-muted">
              What was paid before, and what came back of it, is with{' '}
              <Link
                to={paths.booking(booking.movedFromId)}
                className="font-medium text-marquee-text underline underline-offset-4"
              >
                your earlier booking
              </Link>
              .
            </p>
          )}
        </section>
        <div className="flex flex-col gap-10">
          <RefundList booking={booking} refundHref={paths.refund} />
          {bought && <InvoiceList booking={booking} />}
          {phase === 'ticket' && <GoodToKnow />}
        </div>
      </div>
    </div>
  )
}

/** Giving seats back or going at another time. What cannot be done any more is said by the answer, not hidden. */
function ChangePlans({ booking }: { booking: Booking }) {
  const [cancelling, setCancelling] = useState(false)
  const begun = Date.parse(booking.showtime.startsAt) <= Date.parse(booking.now)
  if (begun) return null
  return (
    <div className="mt-6 flex flex-wrap items-center gap-x-6 gap-y-4 rounded-card border border-line p-5">
      <CancellationPolicy tiers={booking.cancellationTiers} className="min-w-0 flex-1 basis-80" />
      <div className="flex flex-wrap gap-3">
        <LinkButton to={paths.moveBooking(booking.id)}>Move to another show</LinkButton>
        <Button onClick={() => setCancelling(true)}>Cancel seats</Button>
      </div>
      <CancelDialog booking={booking} open={cancelling} onOpenChange={setCancelling} />
    </div>
  )
}

function GoodToKnow() {
  return (
    <section aria-labelledby="good">
      <h2 id="good" className="text-20">
        Good to know
      </h2>
      <ul className="mt-2 list-disc space-y-2 pl-5 text-[0.9375rem] text-muted marker:text-control">
        <li>Be there 15 minutes early.</li>
        <li>Show the ticket on your phone or on paper. The code at the door is read from either.</li>
        <li>{AGE_ADVICE}</li>
      </ul>
    </section>
  )
}

function PayAgain({ booking }: { booking: Booking }) {
  const navigate = useNavigate()
  const [busy, setBusy] = useState<'pay' | 'leave' | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const showtimeId = booking.showtime.id
  useOnReturn(() => setBusy(null))

  const run = async (what: 'pay' | 'leave', act: () => Promise<void>) => {
    setBusy(what)
    setFailure(null)
    try {
      await act()
    } catch (error) {
      setFailure(error instanceof Error ? error.message : 'That did not work. Try again in a moment.')
      setBusy(null)
    }
  }
  const pay = async () => {
    const checkout = await resumeCheckout(booking.id)
    rememberOrder(sessionStorage, showtimeId, checkout.orderId, booking.id)
    await openGateway(checkout, {
      email: booking.email,
      title: booking.movie.title,
      onPaid: (receipt) => void navigate(`${paths.paymentReturn()}?${new URLSearchParams(receipt)}`),
      onLeft: () => setBusy(null),
    })
  }
  const leave = async () => {
    await abandonBooking(booking.id)
    forgetAttempt(sessionStorage, showtimeId)
    void navigate(paths.seats(showtimeId))
  }

  return (
    <>
      <Button
        variant={mayHavePaid(sessionStorage, booking.id) ? 'secondary' : 'primary'}
        busy={busy === 'pay'}
        disabled={busy !== null}
        onClick={() => void run('pay', pay)}
      >
        Continue to payment
      </Button>
      <Button busy={busy === 'leave'} disabled={busy !== null} onClick={() => void run('leave', leave)}>
        Go back and change seats
      </Button>
      <p role="alert" className="w-full text-14 text-danger empty:hidden">
        {failure}
      </p>
    </>
  )
}
