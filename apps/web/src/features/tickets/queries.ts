import type { TicketVerdict } from '@marquee/contracts/tickets'
import { queryOptions } from '@tanstack/react-query'
import { getPublic } from '../../lib/public-api.ts'

/** Asked anew at every look: a ticket may be used or cancelled a second later. */
export function ticketVerdictQuery(token: string) {
  return queryOptions({
    queryKey: ['ticket-verdict', token],
    queryFn: ({ signal }) => getPublic<TicketVerdict>('/api/tickets/verify', { token }, signal),
    enabled: token !== '',
    staleTime: 0,
    gcTime: 0,
  })
}
