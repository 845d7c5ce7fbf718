import type { Quote } from '@marquee/contracts/pricing'
import type { SeatHold } from '@marquee/contracts/seats'
import type { Showtime } from '@marquee/contracts/showtimes'
import { clsx } from 'clsx'
import { useRef, useState } from 'react'
import { Navigate, useNavigate, useParams } from 'react-router'
import { Button } from '../components/ui/button.tsx'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { Loading, Skeleton } from '../components/ui/skeleton.tsx'
import { startCheckout } from '../features/bookings/api.ts'
import { attemptFor, forgetEndedAttempt, knownBooking, rememberOrder } from '../features/bookings/checkout-attempt.ts'
import { BookingFacts } from '../features/bookings/components/booking-facts.tsx'
import { CancellationPolicy } from '../features/bookings/components/cancellation-policy.tsx'
import { OfferCodes } from '../features/bookings/components/offer-codes.tsx'
import { PayFailure } from '../features/bookings/components/pay-failure.tsx'
import { PayMethods } from '../features/bookings/components/pay-methods.tsx'
import { openGateway } from '../features/bookings/open-gateway.ts'
import { useOnReturn } from '../features/bookings/use-on-return.ts'
import { type Codes, usePricedQuote } from '../features/bookings/use-priced-quote.ts'
import { HoldCountdown } from '../features/seats/components/hold-countdown.tsx'
import { QuoteLines } from '../features/seats/components/quote-lines.tsx'
import { readHoldToken } from '../features/seats/hold-token.ts'
import { useCheckoutHold, useShowtime } from '../features/seats/queries.ts'
import { ApiError, isApiError } from '../lib/api-error.ts'
import { formatMoney } from '../lib/format.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'
import { useRemaining } from '../lib/remaining.ts'
import { useSession } from '../lib/session.ts'

const column = 'mx-auto w-full max-w-[34rem] px-4 pt-4 pb-16 sm:pt-8'

export function CheckoutPage() {
  const { showtimeId = '' } = useParams()
  const status = useSession((state) => state.status)
  usePageTitle('Checkout')
  if (status === 'signed-out') return <Navigate to={paths.signIn(paths.checkout(showtimeId))} replace />
  if (status === 'restoring') return <CheckoutSkeleton />
  return <Checkout key={showtimeId} showtimeId={showtimeId} />
}

function Checkout({ showtimeId }: { showtimeId: string }) {
  const showtime = useShowtime(showtimeId)
  const hold = useCheckoutHold(showtimeId)
  const error = showtime.error ?? hold.error
  if (error) {
    // The seats may have passed from the hold to a booking already: that page knows what comes next.
    const started = isApiError(error, 'HOLD_GONE') ? knownBooking(sessionStorage, showtimeId) : null
    if (started) return <Navigate to={paths.booking(started)} replace />
    if (isApiError(error, 'HOLD_GONE', 'NOT_FOUND', 'VALIDATION')) return <NothingHeld showtimeId={showtimeId} />
    return (
      <div className={column}>
        <h1 className="sr-only">Checkout</h1>
        <ErrorState
          error={error}
          title="The checkout did not load"
          onRetry={() => void (showtime.error ? showtime.refetch() : hold.refetch())}
          retrying={showtime.isFetching || hold.isFetching}
        >
          <p className="text-muted">Your seats are still held and nothing was charged.</p>
        </ErrorState>
      </div>
    )
  }
  if (!showtime.data || !hold.data) return <CheckoutSkeleton />
  const { quote } = hold.data.hold
  if (!quote) return <NothingHeld showtimeId={showtimeId} ranOut />
  return <PayForm showtime={showtime.data} hold={hold.data.hold} held={quote} offset={hold.data.offset} />
}

interface PayFormProps {
  showtime: Showtime
  hold: SeatHold
  /** The price without codes. */
  held: Quote
  offset: number
}

function PayForm({ showtime, hold, held, offset }: PayFormProps) {
  const navigate = useNavigate()
  const email = useSession((state) => state.user?.email ?? null)
  const remaining = useRemaining(hold.expiresAt, offset)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiError | null>(null)
  const paying = useRef(false)
  const [codes, setCodes] = useState<Codes>({ promo: null, voucher: null })
  const priced = usePricedQuote(showtime.id, hold.seatIds, held, codes)
  const { quote, counting } = priced
  const nothingToPay = quote.toPayMinor === 0
  useOnReturn(() => {
    paying.current = false
    setBusy(false)
  })

  if (remaining === 0 && !busy) return <NothingHeld showtimeId={showtime.id} ranOut />

  const pay = async () => {
    // State is a render late; a double click is not.
    if (paying.current) return
    paying.current = true
    setBusy(true)
    setFailure(null)
    try {
      const input = {
        showtimeId: showtime.id,
        seatIds: hold.seatIds,
        totalMinor: quote.toPayMinor,
        holdToken: hold.holdToken,
        codes: Object.values(counting),
      }
      const attempt = attemptFor(sessionStorage, input, () => crypto.randomUUID())
      const checkout = await startCheckout(
        { showtimeId: showtime.id, seatIds: hold.seatIds, expectedTotalMinor: quote.toPayMinor, ...counting },
        hold.holdToken,
        attempt.key,
      )
      if (checkout.orderId === '') {
        // Nothing is left to charge: it is booked already.
        void navigate(paths.booking(checkout.bookingId), { replace: true })
        return
      }
      rememberOrder(sessionStorage, showtime.id, checkout.orderId, checkout.bookingId)
      await openGateway(checkout, {
        email,
        title: showtime.movie.title,
        onPaid: (receipt) => void navigate(`${paths.paymentReturn()}?${new URLSearchParams(receipt)}`),
        onLeft: () => void navigate(paths.booking(checkout.bookingId)),
      })
    } catch (error) {
      if (error instanceof ApiError) forgetEndedAttempt(sessionStorage, showtime.id, error.code)
      setFailure(
        error instanceof ApiError
          ? error
          : new ApiError({ code: 'GATEWAY_UNAVAILABLE', message: 'The payment page did not open.' }),
      )
      setBusy(false)
      paying.current = false
    }
  }

  return (
    <div className={column}>
      <h1 className="text-34">Pay and go</h1>
      <div className="mt-6">
        <BookingFacts
          booking={{
            ...showtime,
            showtime,
            seats: hold.seatIds.map((seatId) => ({ seatId, section: '', priceMinor: 0, cancelled: false })),
          }}
        />
      </div>
      <div className="mt-6 rounded-card border border-line bg-raised p-5">
        <HoldCountdown
          expiresAt={hold.expiresAt}
          offset={offset}
          totalMs={Date.parse(hold.expiresAt) - Date.parse(hold.now)}
        >
          to start the payment
        </HoldCountdown>
        <p className="mt-3 text-14 text-muted">
          If the time runs out first, {hold.seatIds.length > 1 ? 'the seats go' : 'the seat goes'} back to everybody and
          nothing is charged. Once you are on the payment page your seats are kept for you while you pay.
        </p>
      </div>
      <QuoteLines quote={quote} className={clsx('mt-6 transition-opacity duration-150', priced.busy && 'opacity-50')} />
      <div className="mt-5">
        <OfferCodes
          codes={codes}
          answer={priced.answer}
          discountMinor={quote.discountMinor}
          voucherMinor={quote.voucherMinor}
          busy={priced.busy}
          failure={priced.error?.message ?? null}
          disabled={busy}
          onChange={(next) => {
            setFailure(null)
            setCodes(next)
          }}
        />
      </div>
      <p className="mt-3 text-14 text-muted">
        {email ? (
          <>
            The ticket goes to <b className="font-semibold text-text">{email}</b> and stays in your bookings.
          </>
        ) : (
          'The ticket stays in your bookings.'
        )}
      </p>
      {failure && <PayFailure failure={failure} backHref={paths.seats(showtime.id)} />}
      <CancellationPolicy tiers={showtime.cancellationTiers} className="mt-6" />
      {!nothingToPay && <PayMethods />}
      <Button
        variant="primary"
        size="lg"
        wide
        className="mt-5"
        busy={busy}
        disabled={priced.busy}
        onClick={() => void pay()}
      >
        {nothingToPay ? 'Book now, nothing to pay' : `Pay ${formatMoney(quote.toPayMinor, { exact: true })}`}
      </Button>
      <LinkButton to={paths.seats(showtime.id)} variant="quiet" wide className="mt-2">
        Go back and change seats
      </LinkButton>
      <p className="mt-4 text-center text-[0.8125rem] text-muted">
        {nothingToPay
          ? 'The seats are yours the moment you press it.'
          : 'Fees included. The amount on the payment page is this one.'}
      </p>
    </div>
  )
}

function NothingHeld({ showtimeId, ranOut = false }: { showtimeId: string; ranOut?: boolean }) {
  const had = ranOut || readHoldToken(showtimeId) !== null
  return (
    <div className={column}>
      <h1 className="sr-only">Checkout</h1>
      <EmptyState
        title={had ? 'The time for your seats ran out' : 'No seats are held'}
        action={
          <LinkButton to={paths.seats(showtimeId)} variant="primary">
            {had ? 'See if they are still free' : 'Choose seats'}
          </LinkButton>
        }
      >
        {had
          ? 'They went back to everybody, so that nobody waits for seats that are not wanted. Nothing was charged.'
          : 'Seats are held in the tab in which they were chosen. Nothing was charged.'}
      </EmptyState>
    </div>
  )
}

function CheckoutSkeleton() {
  return (
    <Loading label="Loading the checkout" className={column}>
      <Skeleton className="h-10 w-44" />
      <Skeleton className="mt-6 h-24 w-full" />
      <Skeleton className="mt-6 h-32 w-full" />
      <Skeleton className="mt-6 h-44 w-full" />
      <Skeleton className="mt-6 h-13 w-full" />
    </Loading>
  )
}
