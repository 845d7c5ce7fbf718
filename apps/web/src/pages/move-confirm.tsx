import type { Booking } from '@marquee/contracts/bookings'
import type { MoveQuote } from '@marquee/contracts/moves'
import type { SeatHold } from '@marquee/contracts/seats'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { Button } from '../components/ui/button.tsx'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { Loading, Skeleton } from '../components/ui/skeleton.tsx'
import { moveBooking, quoteMove } from '../features/bookings/api.ts'
import { rememberOrder } from '../features/bookings/checkout-attempt.ts'
import { BookingFacts } from '../features/bookings/components/booking-facts.tsx'
import { openGateway } from '../features/bookings/open-gateway.ts'
import { useOnReturn } from '../features/bookings/use-on-return.ts'
import { HoldCountdown } from '../features/seats/components/hold-countdown.tsx'
import { QuoteLines } from '../features/seats/components/quote-lines.tsx'
import { useCheckoutHold, useShowtime } from '../features/seats/queries.ts'
import { ApiError, isApiError } from '../lib/api-error.ts'
import { formatMoney } from '../lib/format.ts'
import { paths } from '../lib/paths.ts'
import { useRemaining } from '../lib/remaining.ts'

/** The last step of moving: the new seats are held, the difference is said, and one press does it. */
export function MoveConfirm({ booking, showtimeId }: { booking: Booking; showtimeId: string }) {
  const showtime = useShowtime(showtimeId)
  const hold = useCheckoutHold(showtimeId)
  const seatIds = hold.data?.hold.seatIds ?? []
  const quote = useQuery({
    queryKey: ['move-quote', booking.id, showtimeId, seatIds],
    queryFn: () => quoteMove(booking.id, { showtimeId, seatIds }),
    enabled: seatIds.length > 0,
    gcTime: 0,
  })
  const error = showtime.error ?? hold.error ?? quote.error
  const again = paths.seats(showtimeId, { move: booking.id })

  if (isApiError(error, 'HOLD_GONE') || (hold.data && seatIds.length === 0)) return <NoSeats href={again} />
  if (error) {
    return (
      <ErrorState
        error={error}
        title="The difference could not be worked out"
        onRetry={() => void Promise.all([showtime.refetch(), quote.refetch()])}
        retrying={showtime.isFetching || quote.isFetching}
        className="mt-6"
      >
        <p className="text-muted">Your booking stands as it was.</p>
        <LinkButton to={again}>Choose other seats</LinkButton>
      </ErrorState>
    )
  }
  if (!showtime.data || !hold.data || !quote.data) {
    return (
      <Loading label="Working out the difference" className="mt-6">
        <Skeleton className="h-28 w-full" />
        <Skeleton className="mt-6 h-40 w-full" />
      </Loading>
    )
  }
  const seats = seatIds.map((seatId) => ({ seatId, section: '', priceMinor: 0, cancelled: false }))
  return (
    <>
      <h2 className="mt-8 text-20">The new show</h2>
      <div className="mt-3 rounded-card border border-line bg-raised p-5">
        <BookingFacts booking={{ ...showtime.data, showtime: showtime.data, seats }} />
      </div>
      <Confirm booking={booking} quote={quote.data} hold={hold.data.hold} offset={hold.data.offset} again={again} />
    </>
  )
}

interface ConfirmProps {
  booking: Booking
  quote: MoveQuote
  hold: SeatHold
  offset: number
  /** To the hall, for other seats. */
  again: string
}

function Confirm({ booking, quote, hold, offset, again }: ConfirmProps) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const remaining = useRemaining(hold.expiresAt, offset)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [key] = useState(() => crypto.randomUUID())
  const moving = useRef(false)
  const { differenceMinor } = quote
  useOnReturn(() => {
    moving.current = false
    setBusy(false)
  })

  const move = async () => {
    if (moving.current) return
    moving.current = true
    setBusy(true)
    setFailure(null)
    try {
      const body = {
        showtimeId: hold.showtimeId,
        seatIds: hold.seatIds,
        expectedDifferenceMinor: differenceMinor,
      }
      const result = await moveBooking(booking.id, body, hold.holdToken, key)
      void client.invalidateQueries({ queryKey: ['booking', booking.id] })
      if (result.kind === 'moved') {
        void navigate(paths.booking(result.bookingId), { replace: true })
        return
      }
      const { checkout } = result
      rememberOrder(sessionStorage, hold.showtimeId, checkout.orderId, checkout.bookingId)
      await openGateway(checkout, {
        email: booking.email,
        title: booking.movie.title,
        onPaid: (receipt) => void navigate(`${paths.paymentReturn()}?${new URLSearchParams(receipt)}`),
        onLeft: () => void navigate(paths.booking(checkout.bookingId)),
      })
    } catch (error) {
      setFailure(error instanceof ApiError ? error.message : 'The payment page did not open. Nothing was charged.')
      setBusy(false)
      moving.current = false
    }
  }

  if (remaining === 0 && !busy) return <NoSeats href={again} />
  return (
    <>
      <div className="mt-5">
        <HoldCountdown
          expiresAt={hold.expiresAt}
          offset={offset}
          totalMs={Date.parse(hold.expiresAt) - Date.parse(hold.now)}
        >
          the new seats are held for you
        </HoldCountdown>
      </div>
      <QuoteLines quote={quote.quote} className="mt-5" />
      <p className="mt-3 text-14 text-muted">
        {differenceMinor < 0
          ? `${formatMoney(-differenceMinor, { exact: true })} comes back the way you paid.`
          : differenceMinor === 0
            ? 'Nothing more to pay.'
            : 'The old booking stands until the difference is paid.'}{' '}
        The old ticket then no longer opens the door; a new one is sent to {booking.email}.
      </p>
      <p role="alert" className="mt-4 font-semibold text-danger empty:hidden">
        {failure}
      </p>
      <Button variant="primary" size="lg" wide className="mt-5" busy={busy} onClick={() => void move()}>
        {differenceMinor > 0 ? `Pay ${formatMoney(differenceMinor, { exact: true })} and move` : 'Move my booking'}
      </Button>
      <LinkButton to={again} variant="quiet" wide className="mt-2">
        Choose other seats
      </LinkButton>
      <LinkButton to={paths.booking(booking.id)} variant="quiet" wide className="mt-1">
        Keep my booking as it is
      </LinkButton>
    </>
  )
}

function NoSeats({ href }: { href: string }) {
  return (
    <EmptyState
      className="mt-6"
      title="The new seats are not held any more"
      action={
        <LinkButton to={href} variant="primary">
          Choose seats again
        </LinkButton>
      }
    >
      They went back to everybody. Your booking stands as it was.
    </EmptyState>
  )
}
