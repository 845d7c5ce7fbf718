import type { SourceCity } from '../listing-source.ts'
import { isCity } from '../reading/city-names.ts'
import { dateOf } from '../reading/zoned-time.ts'

/** The id of a film in one of its addresses, whole: `-movie-detail-41` is not `-movie-detail-410`. Null for other addresses. */
export function filmIdOf(url: URL): string | null {
  const match =
    /\/movies\/[^/]*-movie-detail-(\d+)\/?$/.exec(url.pathname) ??
    /\/online-advance-booking\/(\d+)(?:\/|$)/i.exec(url.pathname)
  return match?.[1] ?? null
}

/** `the-lantern-makers` of `/movies/the-lantern-makers-movie-detail-410022`. */
export function filmSlugOf(url: URL): string | null {
  return (
    /\/movies\/([^/]+?)-movie-detail-\d+\/?$/.exec(url.pathname)?.[1] ??
    /\/([^/]+?)-Movie-Tickets-Online/i.exec(url.pathname)?.[1] ??
    null
  )
}

/** The town in an address of a cinema, or in one of the older addresses of films. */
export function townOf(url: URL): string | null {
  return (
    /^\/movies\/([^/]+)\/[^/]+-c\/\d+\/?$/.exec(url.pathname)?.[1] ??
    /^\/movies\/.*-in-([^/]+)-CD\d+\/?$/.exec(url.pathname)?.[1] ??
    /\/Online-Advance-Booking\/[^/]+\/C\/([^/]+)/i.exec(url.pathname)?.[1] ??
    null
  )
}

/** A cinema's id in its address. */
export const cinemaIdOf = (url: URL): string | null => /-(?:c\/|CD)(\d+)\/?$/.exec(url.pathname)?.[1] ?? null

/** Addresses of the generation before: the town, and a day where one is asked for. */
const OLD_FILM = /(\/Online-Advance-Booking\/\d+\/C\/[^/]+)(?:\/(\d{8}))?\/?$/i

/** The day that an address asks for; in the older ones it is their end. */
export const dayOf = (url: URL): string | null =>
  dateOf(url.searchParams.get('fromdate')) ?? dateOf(OLD_FILM.exec(url.pathname)?.[2])

/** Makes an address ask for a day. */
export function askForDay(url: URL, day: string): void {
  if (OLD_FILM.test(url.pathname)) url.pathname = url.pathname.replace(OLD_FILM, `$1/${day.replaceAll('-', '')}`)
  else url.searchParams.set('fromdate', day)
}

/** Tabs of the days of a film in the generation before. */
export const DAY_TABS = '#ulShowDate a'

/** An address on the page, absolute; null for scripts, mail and what is none. */
export function hrefOf(href: string | undefined, page: string): URL | null {
  if (!href || /^\s*(?:javascript|mailto|tel|data):/i.test(href) || !URL.canParse(href, page)) return null
  const url = new URL(href, page)
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : null
}

export const isTown = (town: string | null, city: SourceCity) => town !== null && isCity(decodeURIComponent(town), city)
