import type { Movie, MovieList, MovieSearchResult } from '@marquee/contracts/movies'
import type { Home, MovieShowtimes, TheatreDay } from '@marquee/contracts/showtimes'
import type { Theatre, TheatreList } from '@marquee/contracts/theatres'
import { queryOptions } from '@tanstack/react-query'
import { getPublic } from '../../lib/public-api.ts'
import { PUBLIC } from '../../lib/query-client.ts'

/** Longer than any city's list: filters then work on what is here. */
const WHOLE_LIST = 100
/** Seats left change by the minute; a page left open catches up when it is looked at again. */
const SHOWTIMES_STALE_MS = 20_000

/** @param city slug; without one the API answers for its first city, so the first visit waits for one request only. */
export function homeQuery(city: string | null) {
  return queryOptions({
    queryKey: [PUBLIC, 'home', city],
    queryFn: ({ signal }) => getPublic<Home>('/api/home', { city: city ?? undefined }, signal),
    staleTime: SHOWTIMES_STALE_MS,
  })
}

export function moviesQuery(input: {
  city: string | undefined
  status: 'running' | 'upcoming'
  language?: string | undefined
  genre?: string | undefined
}) {
  const { city, ...filters } = input
  return queryOptions({
    queryKey: [PUBLIC, 'movies', city, filters],
    queryFn: ({ signal }) => getPublic<MovieList>('/api/movies', { city, ...filters, limit: WHOLE_LIST }, signal),
    enabled: city !== undefined,
  })
}

export function movieQuery(slug: string) {
  return queryOptions({
    queryKey: [PUBLIC, 'movie', slug],
    queryFn: ({ signal }) => getPublic<Movie>(`/api/movies/${encodeURIComponent(slug)}`, {}, signal),
    staleTime: 5 * 60_000,
  })
}

/** @param date YYYY-MM-DD in the city's zone; without one the API picks the first day that has shows. */
export function movieShowtimesQuery(slug: string, city: string | undefined, date: string | undefined) {
  return queryOptions({
    queryKey: [PUBLIC, 'movie-showtimes', slug, city, date ?? null],
    queryFn: ({ signal }) =>
      getPublic<MovieShowtimes>(`/api/movies/${encodeURIComponent(slug)}/showtimes`, { city, date }, signal),
    enabled: city !== undefined,
    staleTime: SHOWTIMES_STALE_MS,
    // The strip of days stays while another day is fetched.
    placeholderData: (previous, query) =>
      query?.queryKey[2] === slug && query.queryKey[3] === city ? previous : undefined,
  })
}

/** @param city null: of all of them */
export function theatresQuery(city: string | null | undefined) {
  return queryOptions({
    queryKey: [PUBLIC, 'theatres', city],
    queryFn: ({ signal }) =>
      getPublic<TheatreList>('/api/theatres', { city: city ?? undefined, limit: WHOLE_LIST }, signal),
    enabled: city !== undefined,
    staleTime: 5 * 60_000,
  })
}

export function theatreQuery(slug: string) {
  return queryOptions({
    queryKey: [PUBLIC, 'theatre', slug],
    queryFn: ({ signal }) => getPublic<Theatre>(`/api/theatres/${encodeURIComponent(slug)}`, {}, signal),
    staleTime: 5 * 60_000,
  })
}

export function theatreDayQuery(slug: string, date: string | undefined) {
  return queryOptions({
    queryKey: [PUBLIC, 'theatre-day', slug, date ?? null],
    queryFn: ({ signal }) =>
      getPublic<TheatreDay>(`/api/theatres/${encodeURIComponent(slug)}/showtimes`, { date }, signal),
    staleTime: SHOWTIMES_STALE_MS,
    placeholderData: (previous, query) => (query?.queryKey[2] === slug ? previous : undefined),
  })
}

/** Prices are those of the city. Not kept between visits: what somebody typed is theirs. */
export function movieSearchQuery(q: string, city: string | undefined) {
  return queryOptions({
    queryKey: ['movie-search', q, city],
    queryFn: ({ signal }) => getPublic<MovieSearchResult>('/api/movies/search', { q, city, limit: 30 }, signal),
    enabled: q.length > 0,
    // Never another city's: its prices would be wrong here.
    placeholderData: (previous, query) => (query?.queryKey[2] === city ? previous : undefined),
    gcTime: 5 * 60_000,
  })
}
