import { type DehydratedState, dehydrate, hydrate, QueryClient } from '@tanstack/react-query'
import { isApiError } from './api-error.ts'
import { storage } from './storage.ts'

/**
 * Queries whose key starts with this word are public lists, the same for everybody, and are kept in localStorage so that
 * a second visit paints at once. Anything about a person (bookings, holds, sessions) must never start with it.
 */
export const PUBLIC = 'public'

/** Change it when the shape of a public answer changes: older copies are then dropped unread. */
const CACHE_KEY = 'mq.cache.v1'
const CACHE_PREFIX = 'mq.cache.'
const CACHE_MAX_AGE_MS = 24 * 60 * 60 * 1000
/** Browsers give a site about 5 MB, and reading it blocks the first paint. */
const CACHE_MAX_CHARS = 600_000

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: CACHE_MAX_AGE_MS,
      // A service that is down is asked again; a clear answer is not.
      retry: (failures, error) => failures < 2 && isApiError(error) && error.retryable,
      // The browser's idea of being online is often wrong, so a request is always tried once.
      networkMode: 'offlineFirst',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})

function forgetOlderCaches(): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(CACHE_PREFIX) && key !== CACHE_KEY) localStorage.removeItem(key)
    }
  } catch {
    // No storage, nothing to forget.
  }
}

/** Paints from the last visit's public lists; they count as stale and are fetched again at once. */
export function restorePublicCache(client: QueryClient = queryClient, now = Date.now()): void {
  forgetOlderCaches()
  const text = storage.get(CACHE_KEY)
  if (!text) return
  try {
    const { savedAt, state } = JSON.parse(text) as { savedAt: number; state: DehydratedState }
    if (now - savedAt < CACHE_MAX_AGE_MS) hydrate(client, state)
    else storage.remove(CACHE_KEY)
  } catch {
    storage.remove(CACHE_KEY)
  }
}

export function savePublicCache(client: QueryClient = queryClient, now = Date.now()): void {
  const state = dehydrate(client, {
    shouldDehydrateMutation: () => false,
    shouldDehydrateQuery: (query) =>
      query.queryKey[0] === PUBLIC &&
      query.state.status === 'success' &&
      now - query.state.dataUpdatedAt < CACHE_MAX_AGE_MS,
  })
  const text = JSON.stringify({ savedAt: now, state })
  if (text.length <= CACHE_MAX_CHARS) storage.set(CACHE_KEY, text)
}

/** Saves when the page is left, which costs nothing while it is used. */
export function persistPublicCache(client: QueryClient = queryClient): () => void {
  const save = () => {
    if (document.visibilityState === 'hidden') savePublicCache(client)
  }
  document.addEventListener('visibilitychange', save)
  const onPageHide = () => savePublicCache(client)
  window.addEventListener('pagehide', onPageHide)
  return () => {
    document.removeEventListener('visibilitychange', save)
    window.removeEventListener('pagehide', onPageHide)
  }
}
