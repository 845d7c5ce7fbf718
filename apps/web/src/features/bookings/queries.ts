import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getBooking, listBookings } from './api.ts'
import { pollInterval } from './booking-phase.ts'

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

export function useBookings(when: 'upcoming' | 'past', page: number) {
  return useQuery({
    queryKey: ['bookings', when, page],
    queryFn: () => listBookings({ when, limit: BOOKINGS_PER_PAGE, offset: (page - 1) * BOOKINGS_PER_PAGE }),
    staleTime: 0,
    placeholderData: keepPreviousData,
  })
}
