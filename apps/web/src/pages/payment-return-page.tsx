import { useEffect, useState } from 'react'
import { Navigate, useLocation, useNavigate, useSearchParams } from 'react-router'
import { Button } from '../components/ui/button.tsx'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { Loading, Skeleton } from '../components/ui/skeleton.tsx'
import { verifyPayment } from '../features/bookings/api.ts'
import { bookingOfOrder } from '../features/bookings/checkout-attempt.ts'
import { ApiError, isApiError } from '../lib/api-error.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'
import { useSession } from '../lib/session.ts'

/** Waits between tries. Money may have moved: giving up early would help nobody. */
const WAITS_MS = [800, 2_000, 4_000, 8_000]

export function PaymentReturnPage() {
  const [query] = useSearchParams()
  const location = useLocation()
  const status = useSession((state) => state.status)
  usePageTitle('Your payment')
  const orderId = query.get('razorpay_order_id')
  const paymentId = query.get('razorpay_payment_id')
  const signature = query.get('razorpay_signature')
  const known = bookingOfOrder(sessionStorage, orderId)

  // An old bookmark, or a link cut short: nothing is known of a payment, so nothing is said about one.
  if (!query.has('error') && !known && !(orderId && paymentId && signature)) return <NothingToShow />
  if (status === 'signed-out') return <Navigate to={paths.signIn(location.pathname + location.search)} replace />
  // Left without paying: the booking's own page knows how things stand, and how long.
  if (!query.has('error') && !paymentId && known) return <Navigate to={paths.booking(known.bookingId)} replace />
  if (query.has('error') || !orderId || !paymentId || !signature) {
    return <NotPaid bookingId={known?.bookingId ?? null} showtimeId={known?.showtimeId ?? null} />
  }
  if (status === 'restoring') return <Confirming />
  return (
    <Verify
      receipt={{ razorpay_order_id: orderId, razorpay_payment_id: paymentId, razorpay_signature: signature }}
      bookingId={known?.bookingId ?? null}
    />
  )
}

function Verify({ receipt, bookingId }: { receipt: Parameters<typeof verifyPayment>[0]; bookingId: string | null }) {
  const navigate = useNavigate()
  const [tries, setTries] = useState(0)
  const [failure, setFailure] = useState<ApiError | null>(null)
  const { razorpay_order_id, razorpay_payment_id, razorpay_signature } = receipt

  useEffect(() => {
    let left = false
    let timer: ReturnType<typeof setTimeout>
    verifyPayment({ razorpay_order_id, razorpay_payment_id, razorpay_signature }).then(
      (verified) => {
        if (!left) void navigate(paths.booking(verified.bookingId), { replace: true })
      },
      (error: unknown) => {
        if (left) return
        const wait = WAITS_MS[tries]
        const known = error instanceof ApiError ? error : new ApiError({ code: 'INTERNAL' })
        if (known.retryable && wait !== undefined) timer = setTimeout(() => setTries(tries + 1), wait)
        else setFailure(known)
      },
    )
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [razorpay_order_id, razorpay_payment_id, razorpay_signature, navigate, tries])

  if (!failure) return <Confirming />
  const refused = isApiError(failure, 'BAD_SIGNATURE', 'NOT_FOUND', 'VALIDATION')
  return (
    <div className="wrap max-w-2xl! py-12">
      <h1 className="sr-only">Your payment</h1>
      <EmptyState
        title={refused ? 'This payment could not be matched' : 'The payment is not confirmed yet'}
        action={
          <>
            {!refused && (
              <Button
                variant="primary"
                onClick={() => {
                  setFailure(null)
                  setTries(tries + 1)
                }}
              >
                Ask again
              </Button>
            )}
            <LinkButton to={bookingId ? paths.booking(bookingId) : paths.bookings()}>
              {bookingId ? 'See the booking' : 'See my bookings'}
            </LinkButton>
          </>
        }
      >
        {refused
          ? 'What came back from the payment page does not fit a booking of yours, so nothing was booked with it. If money left your account, it comes back by itself; the booking says so.'
          : 'Marquee could not be reached just now. If money left your account it is safe: the payment is also reported to us by the bank, and it ends in a ticket or a full refund. Please do not pay again.'}
      </EmptyState>
    </div>
  )
}

function NothingToShow() {
  return (
    <div className="wrap max-w-2xl! py-12">
      <h1 className="sr-only">Your payment</h1>
      <EmptyState
        title="There is no payment to show here"
        action={
          <LinkButton to={paths.bookings()} variant="primary">
            See my bookings
          </LinkButton>
        }
      >
        Every payment is shown with its booking.
      </EmptyState>
    </div>
  )
}

function NotPaid({ bookingId, showtimeId }: { bookingId: string | null; showtimeId: string | null }) {
  return (
    <div className="wrap max-w-2xl! py-12">
      <h1 className="sr-only">Your payment</h1>
      <EmptyState
        title="The payment did not go through"
        action={
          <>
            <LinkButton to={bookingId ? paths.booking(bookingId) : paths.bookings()} variant="primary">
              {bookingId ? 'Try the payment again' : 'See my bookings'}
            </LinkButton>
            {showtimeId && <LinkButton to={paths.seats(showtimeId)}>Back to the hall</LinkButton>}
          </>
        }
      >
        It was stopped or refused before any money moved. Your seats are still kept for a few minutes. If your bank
        shows an amount all the same, it is only set aside and is released by itself.
      </EmptyState>
    </div>
  )
}

function Confirming() {
  return (
    <Loading label="Confirming your payment" className="wrap max-w-2xl! py-12">
      <h1 className="text-34">Confirming your payment…</h1>
      <p className="mt-2 max-w-[60ch] text-muted">
        One moment. Closing this page is safe: the payment is also reported to us directly, and the ticket comes by
        mail.
      </p>
      <Skeleton className="mt-8 h-64 w-full" />
    </Loading>
  )
}
