import { QueryClient, type QueryKey } from '@tanstack/react-query'
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

interface SavedQuery {
  key: QueryKey
  data: unknown
  updatedAt: number
}

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
    for (const { key, data, updatedAt } of JSON.parse(text) as SavedQuery[]) {
      if (key[0] === PUBLIC && now - updatedAt < CACHE_MAX_AGE_MS) client.setQueryData(key, data, { updatedAt })
    }
  } catch {
    storage.remove(CACHE_KEY)
  }
}

export function savePublicCache(client: QueryClient = queryClient, now = Date.now()): void {
  const saved: SavedQuery[] = client
    .getQueryCache()
    .findAll({ queryKey: [PUBLIC], predicate: (query) => query.state.status === 'success' })
    .map(({ queryKey, state }) => ({ key: queryKey, data: state.data, updatedAt: state.dataUpdatedAt }))
    .filter(({ updatedAt }) => now - updatedAt < CACHE_MAX_AGE_MS)
    // The newest first: when the list is too long, the oldest go.
    .sort((a, b) => b.updatedAt - a.updatedAt)
  let text = JSON.stringify(saved)
  while (text.length > CACHE_MAX_CHARS && saved.length > 0) {
    saved.splice(Math.floor(saved.length / 2))
    text = JSON.stringify(saved)
  }
  storage.set(CACHE_KEY, text)
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
