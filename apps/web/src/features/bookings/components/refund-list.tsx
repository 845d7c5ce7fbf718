import type { Booking } from '@marquee/contracts/bookings'
import type { CancellationView, RefundView } from '@marquee/contracts/cancellations'
import { Link } from 'react-router'
import { Badge } from '../../../components/ui/badge.tsx'
import { Price } from '../../../components/ui/price.tsx'
import { formatMoment, formatMoney } from '../../../lib/format.ts'
import { isLate, refundWords } from '../refund-words.ts'

const BY = { GUEST: 'Cancelled by you', CINEMA: 'Cancelled by the cinema', MOVE: 'Moved to another show' } as const

/** Seats that were given back, and how far their money has come. */
export function RefundList({ booking, refundHref }: { booking: Booking; refundHref: (reference: string) => string }) {
  if (booking.cancellations.length === 0) return null
  const zone = booking.city.timeZone
  return (
    <section aria-labelledby="given-back">
      <h2 id="given-back" className="text-20">
        Given back
      </h2>
      <ul className="mt-3 flex flex-col gap-4">
        {booking.cancellations.map((cancellation) => (
          <li key={cancellation.id} className="rounded-card border border-line p-4">
            <p className="font-semibold">
              {BY[cancellation.by]}: <s className="font-normal text-muted">{cancellation.seatIds.join(', ')}</s>
            </p>
            <p className="text-14 text-muted">
              {formatMoment(cancellation.createdAt, zone)}
              {cancellation.by === 'GUEST' &&
                cancellation.refundMinor > 0 &&
                `, ${cancellation.percent} % of what the ${cancellation.seatIds.length > 1 ? 'seats' : 'seat'} cost you`}
              {cancellation.reason && `. ${cancellation.reason}`}
            </p>
            <Amounts cancellation={cancellation} zone={zone} now={booking.now} refundHref={refundHref} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Amounts({
  cancellation,
  zone,
  now,
  refundHref,
}: {
  cancellation: CancellationView
  zone: string
  now: string
  refundHref: (reference: string) => string
}) {
  if (cancellation.by === 'MOVE' && cancellation.refundMinor === 0)
    return <p className="mt-2 text-14">What you paid counts towards the new booking.</p>
  if (cancellation.refundMinor === 0) return <p className="mt-2 text-14">By the cinema’s policy nothing comes back.</p>
  return (
    <ul className="mt-3 flex flex-col gap-3 text-14">
      {cancellation.refunds.map((refund) => (
        <Refund key={refund.reference} refund={refund} zone={zone} now={now} href={refundHref(refund.reference)} />
      ))}
      {cancellation.toVoucherMinor > 0 && (
        <li>{formatMoney(cancellation.toVoucherMinor, { exact: true })} is on the gift voucher again.</li>
      )}
    </ul>
  )
}

function Refund({ refund, zone, now, href }: { refund: RefundView; zone: string; now: string; href: string }) {
  const { badge, tone, sentence } = refundWords(refund, zone, isLate(refund, now))
  return (
    <li>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Price minor={refund.amountMinor} exact className="font-semibold text-16" />
        <Badge tone={tone}>{badge}</Badge>
      </p>
      <p className="mt-1 text-muted">{sentence}</p>
      <Link to={href} className="inline-flex min-h-11 items-center text-marquee-text underline underline-offset-4">
        Follow this refund
      </Link>
    </li>
  )
}
