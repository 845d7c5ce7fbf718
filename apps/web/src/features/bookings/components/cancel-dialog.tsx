import type { Booking } from '@marquee/contracts/bookings'
import type { CancellationQuote } from '@marquee/contracts/cancellations'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { ErrorState } from '../../../components/ui/error-state.tsx'
import { Checkbox } from '../../../components/ui/field.tsx'
import { Loading, Skeleton } from '../../../components/ui/skeleton.tsx'
import { toast } from '../../../components/ui/toast.ts'
import { ApiError } from '../../../lib/api-error.ts'
import { formatMoney, formatTimeWithZone, midSentence, plural, showDayLabel } from '../../../lib/format.ts'
import { cancelBooking, quoteCancellation } from '../api.ts'

interface CancelDialogProps {
  booking: Booking
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Which seats, what comes back now, and until when that is so: all of it before anything happens. */
export function CancelDialog({ booking, open, onOpenChange }: CancelDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      kind="sheet"
      title="Cancel seats"
      description={`${booking.movie.title}, ${showDayLabel(booking.showtime.startsAt, booking.city.timeZone)} ${formatTimeWithZone(booking.showtime.startsAt, booking.city.timeZone)}`}
    >
      <CancelForm booking={booking} onClose={() => onOpenChange(false)} />
    </Dialog>
  )
}

function CancelForm({ booking, onClose }: { booking: Booking; onClose: () => void }) {
  const client = useQueryClient()
  const left = booking.seats.filter((seat) => !seat.cancelled).map((seat) => seat.seatId)
  const [chosen, setChosen] = useState<string[]>(left.length === 1 ? left : [])
  // One key for one wish: pressed twice, or again after a lost answer, it is the same cancellation.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const quote = useQuery({
    queryKey: ['cancellation', booking.id, chosen],
    queryFn: () => quoteCancellation(booking.id, chosen),
    enabled: chosen.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    // Asked again the moment less comes back, so that what is shown is what happens.
    refetchInterval: ({ state }) => (state.data ? untilChange(state.data) : false),
  })
  const offer = chosen.length > 0 && !quote.isPlaceholderData ? quote.data : undefined
  const cancel = useMutation({
    mutationFn: (now: CancellationQuote) =>
      cancelBooking(booking.id, { seatIds: chosen, expectedRefundMinor: now.refundMinor, reason: '' }, key),
    onSuccess: (changed, now) => {
      client.setQueryData(['booking', booking.id], changed)
      void client.invalidateQueries({ queryKey: ['invoices', booking.id] })
      void client.invalidateQueries({ queryKey: ['bookings'] })
      onClose()
      void toast(`${chosen.join(', ')} cancelled.`, {
        tone: 'ok',
        ...(now.refundMinor > 0 && { description: `${money(now.refundMinor)} is on its way back to you.` }),
      })
    },
    onError: (error) => {
      if (error instanceof ApiError && !error.retryable) {
        setKey(crypto.randomUUID())
        void quote.refetch()
      }
    },
  })
  const choose = (seatIds: string[]) => {
    setChosen(left.filter((seatId) => seatIds.includes(seatId)))
    setKey(crypto.randomUUID())
    cancel.reset()
  }

  return (
    <div className="flex flex-col gap-4">
      {left.length > 1 && (
        <fieldset disabled={cancel.isPending}>
          <legend className="font-medium text-14">Which seats?</legend>
          <div className="mt-1 grid grid-cols-3 gap-x-4 sm:grid-cols-4">
            {left.map((seatId) => (
              <Checkbox
                key={seatId}
                label={seatId}
                checked={chosen.includes(seatId)}
                onChange={(event) =>
                  choose(event.target.checked ? [...chosen, seatId] : chosen.filter((other) => other !== seatId))
                }
              />
            ))}
          </div>
          <Checkbox
            label={`All ${left.length}, the whole booking`}
            checked={chosen.length === left.length}
            onChange={(event) => choose(event.target.checked ? left : [])}
            className="border-line border-t"
          />
        </fieldset>
      )}
      {chosen.length > 0 && (
        <Offer
          offer={offer}
          failure={quote.data ? null : quote.error}
          booking={booking}
          onRetry={() => void quote.refetch()}
          retrying={quote.isFetching}
        />
      )}
      <p role="alert" className="text-14 text-danger empty:hidden">
        {cancel.error && `${cancel.error.message}${unsure(cancel.error) ? ' Press again: it happens only once.' : ''}`}
      </p>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={onClose} disabled={cancel.isPending}>
          Keep {left.length > 1 ? 'my seats' : 'my seat'}
        </Button>
        <Button
          variant="danger"
          busy={cancel.isPending}
          disabled={!offer?.cancellable}
          onClick={() => offer && cancel.mutate(offer)}
        >
          {chosen.length === 0 ? 'Choose seats first' : `Cancel ${plural(chosen.length, 'seat')}`}
        </Button>
      </div>
    </div>
  )
}

interface OfferProps {
  offer: CancellationQuote | undefined
  failure: Error | null
  booking: Booking
  onRetry: () => void
  retrying: boolean
}

function Offer({ offer, failure, booking, onRetry, retrying }: OfferProps) {
  if (failure) {
    return (
      <ErrorState
        error={failure}
        title="What comes back could not be worked out"
        onRetry={onRetry}
        retrying={retrying}
        className="py-5"
      >
        <p className="text-muted">Nothing was cancelled.</p>
      </ErrorState>
    )
  }
  if (!offer) {
    return (
      <Loading label="Working out what comes back" className="rounded-card border border-line p-4">
        <Skeleton className="h-8 w-32" />
        <Skeleton className="mt-3 h-5 w-full" />
      </Loading>
    )
  }
  if (!offer.cancellable) return <p className="rounded-card border border-danger p-4">{offer.refusal}</p>
  const zone = booking.city.timeZone
  return (
    <div aria-live="polite" className="rounded-card border border-line bg-ground p-4">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span
          className={clsx(
            'font-display font-extrabold text-34 tracking-tight',
            offer.refundMinor === 0 && 'text-muted',
          )}
        >
          {money(offer.refundMinor)}
        </span>
        <span>{offer.refundMinor === 0 ? 'comes back' : 'comes back to you'}</span>
      </p>
      <p className="mt-1 text-14 text-muted">
        {offer.percent}&nbsp;% of {money(offer.baseMinor)} for {offer.seatIds.join(', ')}
        {booking.quote.discountMinor > 0 && ', the price after the discount'}. The convenience fee and its GST are kept.
      </p>
      {offer.toVoucherMinor > 0 && (
        <p className="mt-1 text-14 text-muted">
          {money(offer.toVoucherMinor)} of it goes back to the gift voucher you used.
        </p>
      )}
      {offer.changesAt && (
        <p className="mt-2 text-14">
          So it is until {midSentence(showDayLabel(offer.changesAt, zone))} {formatTimeWithZone(offer.changesAt, zone)},
          after that less comes back.
        </p>
      )}
      <p className="mt-2 text-14 text-muted">
        {offer.refundMinor > offer.toVoucherMinor && 'The money goes to the account or card you paid with. '}
        The {offer.seatIds.length > 1 ? 'seats go' : 'seat goes'} back to everybody at once.
      </p>
    </div>
  )
}

const money = (minor: number) => formatMoney(minor, { exact: true })
const unsure = (error: Error) => error instanceof ApiError && error.retryable

/** Milliseconds until the answer is another one, or false: by the server's clock, and never a storm of questions. */
function untilChange(quote: CancellationQuote): number | false {
  if (!quote.changesAt) return false
  return Math.max(1_000, Date.parse(quote.changesAt) - Date.parse(quote.now) + 500)
}
