import type { FetchedPage, ListingTarget } from '../listing-source.ts'

/** An answer as a fetch would hand it over, whole and healthy unless told otherwise. */
export function pageOf(url: string, body: string, more: Partial<FetchedPage> = {}): FetchedPage {
  const type = /^\s*[{[]/.test(body) ? 'application/json' : 'text/html; charset=utf-8'
  return {
    key: 'film',
    url,
    finalUrl: url,
    status: 200,
    headers: { 'content-type': type },
    body,
    truncated: false,
    failure: null,
    fetchedAt: new Date('2026-11-21T06:00:00Z'),
    ...more,
  }
}

export const HYDERABAD = { slug: 'hyderabad', code: null, name: 'Hyderabad', zone: 'Asia/Kolkata' }

export function targetOf(more: Partial<ListingTarget> = {}): ListingTarget {
  return {
    siteMovieId: '410022',
    title: 'The Lantern Makers',
    slug: 'the-lantern-makers',
    city: HYDERABAD,
    date: '2026-11-28',
    hints: {},
    ...more,
  }
}

/** Random numbers that are the same at every run: a failing case can be found again. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
