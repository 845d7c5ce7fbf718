import type { Booking } from '@marquee/contracts/bookings'

type Seats = readonly Pick<Booking['seats'][number], 'seatId' | 'cancelled'>[]

/** "F7, F8" and what was given back: struck through, and said in a word. */
export function SeatNames({ seats }: { seats: Seats }) {
  const kept = seats.filter((seat) => !seat.cancelled)
  const gone = seats.filter((seat) => seat.cancelled)
  return (
    <>
      {kept.map((seat) => seat.seatId).join(', ')}
      {gone.length > 0 && (
        <span className="font-normal font-sans text-14 text-muted tracking-normal">
          {kept.length > 0 && ' · '}
          <s>{gone.map((seat) => seat.seatId).join(', ')}</s> cancelled
        </span>
      )}
    </>
  )
}
