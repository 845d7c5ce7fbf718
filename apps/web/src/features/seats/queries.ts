import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ApiError } from '../../lib/api-error.ts'
import { extendHold, getHold, getSeatLayout, getShowtime } from './api.ts'
import { clockOffset } from './hold-clock.ts'
import { readHoldToken } from './hold-token.ts'
import { layOutHall } from './seat-geometry.ts'

export function useShowtime(showtimeId: string) {
  return useQuery({
    queryKey: ['showtime', showtimeId],
    queryFn: () => getShowtime(showtimeId),
    staleTime: 60_000,
  })
}

/** The placed hall of a layout. A layout never changes, so it is fetched once. */
export function useHall(layoutId: string | undefined) {
  const query = useQuery({
    queryKey: ['seat-layout', layoutId],
    queryFn: () => getSeatLayout(layoutId ?? ''),
    enabled: layoutId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const definition = query.data?.definition
  const hall = useMemo(() => (definition ? layOutHall(definition) : null), [definition])
  return { ...query, hall }
}

/**
 * The hold as checkout takes it over: read once, and extended once because filling in a payment takes longer than
 * pointing at a seat. Never asked again by itself, or the clock would grow with every look at the tab.
 */
export function useCheckoutHold(showtimeId: string) {
  return useQuery({
    queryKey: ['checkout-hold', showtimeId, readHoldToken(showtimeId)],
    queryFn: async () => {
      const token = readHoldToken(showtimeId)
      if (!token) throw new ApiError({ code: 'HOLD_GONE', status: 410 })
      let hold = await getHold(showtimeId, token)
      // Not getting more time is no reason to refuse what there is.
      if (hold.canExtend) hold = await extendHold(showtimeId, token).catch(() => hold)
      return { hold, offset: clockOffset(hold.now, Date.now()) }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}
