import type { DevCallList, DevTextList } from '@marquee/contracts/carrier'
import type { CapturedChannel, CapturedMessageList } from '@marquee/contracts/outbox'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { API_BASE } from '../../lib/api-base.ts'
import { isApiError } from '../../lib/api-error.ts'
import { getPublic } from '../../lib/public-api.ts'

/** Fresh enough to watch a ticket arrive. */
const POLL_MS = 4000
/** A phone rings for half a minute, and speaks for twenty seconds. */
const PHONE_POLL_MS = 1000
const NEWEST = 50

/** What is not there will not come; what failed may. */
const unlessGone = (every: number) => (query: { state: { error: unknown } }) =>
  isApiError(query.state.error, 'NOT_FOUND') ? false : every

export function outboxQuery(recipient: string | undefined, channel?: CapturedChannel) {
  return queryOptions({
    queryKey: ['outbox', recipient ?? '', channel ?? ''],
    queryFn: ({ signal }) =>
      getPublic<CapturedMessageList>('/api/dev/outbox', { recipient, channel, limit: NEWEST }, signal),
    refetchInterval: unlessGone(POLL_MS),
    staleTime: 0,
  })
}

/** @param to a number: calls to others are left out */
export function callsQuery(to: string | undefined) {
  return queryOptions({
    queryKey: ['dev-calls', to ?? ''],
    queryFn: ({ signal }) => getPublic<DevCallList>('/api/dev/calls', { to, limit: NEWEST }, signal),
    refetchInterval: unlessGone(PHONE_POLL_MS),
    staleTime: 0,
    placeholderData: keepPreviousData,
  })
}

/** What the carrier knows of the texts: template, receipts. Theirs are the ids of the messages. */
export const textsQuery = queryOptions({
  queryKey: ['dev-texts'],
  queryFn: ({ signal }) => getPublic<DevTextList>('/api/dev/texts', { limit: NEWEST }, signal),
  refetchInterval: unlessGone(POLL_MS),
  staleTime: 0,
})

export function attachmentHref(messageId: string, index: number): string {
  return `${API_BASE}/api/dev/outbox/${encodeURIComponent(messageId)}/attachments/${index}`
}
