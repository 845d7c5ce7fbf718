import type { Booking } from '@marquee/contracts/bookings'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getBooking, listBookings } from './api.ts'
import { bookingPhase, pollInterval } from './booking-phase.ts'

/** One booking, asked again for as long as something is still to happen to it. */
export function useBooking(bookingId: string) {
  const [since] = useState(() => Date.now())
  return useQuery({
    queryKey: ['booking', bookingId],
    queryFn: () => getBooking(bookingId),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data ? pollInterval(state.data, Date.now() - since) : false),
    refetchOnWindowFocus: 'always',
  })
}

export const BOOKINGS_PER_PAGE = 10

/** Asked again while any of them waits for something: who closed the bank's page comes here to see how it ended. */
export function useBookings(when: 'upcoming' | 'past', page: number) {
  const [since] = useState(() => Date.now())
  return useQuery({
    queryKey: ['bookings', when, page],
    queryFn: () => listBookings({ when, limit: BOOKINGS_PER_PAGE, offset: (page - 1) * BOOKINGS_PER_PAGE }),
    staleTime: 0,
    refetchInterval: ({ state }) => soonest(state.data?.items ?? [], Date.now() - since),
    placeholderData: keepPreviousData,
  })
}

function soonest(bookings: readonly Booking[], watchedMs: number): number | false {
  // A list of old bookings is not worth asking for again; the page of one expired booking is.
  const open = bookings.filter((booking) => bookingPhase(booking) !== 'expired')
  const waits = open.map((booking) => pollInterval({ ...booking, ticketReady: true }, watchedMs))
  const asked = waits.filter((wait) => wait !== false)
  return asked.length > 0 ? Math.min(...asked) : false
}
