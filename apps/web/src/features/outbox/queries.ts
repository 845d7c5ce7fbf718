import type { CapturedMessageList } from '@marquee/contracts/outbox'
import { queryOptions } from '@tanstack/react-query'
import { API_BASE } from '../../lib/api-base.ts'
import { getPublic } from '../../lib/public-api.ts'

/** Fresh enough to watch a ticket arrive. */
const POLL_MS = 4000
const NEWEST = 50

export function outboxQuery(recipient: string | undefined) {
  return queryOptions({
    queryKey: ['outbox', recipient ?? ''],
    queryFn: ({ signal }) => getPublic<CapturedMessageList>('/api/dev/outbox', { recipient, limit: NEWEST }, signal),
    refetchInterval: (query) => (query.state.error ? false : POLL_MS),
    staleTime: 0,
  })
}

export function attachmentHref(messageId: string, index: number): string {
  return `${API_BASE}/api/dev/outbox/${encodeURIComponent(messageId)}/attachments/${index}`
}
