import type { Fault } from './faults.ts'

export const SKINS = [
  'ticketnew-classic',
  'next-data',
  'initial-state',
  'pvr-json',
  'jsonld',
  'jsonld-bare',
  'savoy',
  'plain-rtl',
] as const
/** `jsonld-bare`: screenings without offers, times without an offset. `plain-rtl`: nothing in it proves anything. */
export type SkinName = (typeof SKINS)[number]

export type SiteCinema = { siteId: string; name: string; latitude: number; longitude: number }
export type SiteCity = { slug: string; code: string; name: string; zone: string; cinemas: SiteCinema[] }
export type SiteFilm = {
  /** The id the site gave it first. Acts name a film by it, whatever its id is later. */
  id: string
  title: string
  slug: string
  language: string
  format: string
  /** YYYY-MM-DD; null: the site shows its far-away placeholder. */
  releaseDate: string | null
}

/** What was done at the cinema, in the order of `at` (epoch milliseconds). Those to come are plans. */
export type Act =
  | { kind: 'open' | 'add-dates'; film: string; city: string; at: number; dates: string[] }
  /** Words only: whether sales do open then is another act. */
  | { kind: 'announce'; film: string; city: string; at: number; opensAt: number }
  | { kind: 'sell-out' | 'reopen' | 'close' | 'remove'; film: string; city: string; at: number }
  | { kind: 'rename'; film: string; at: number; title: string; slug: string | null }
  | { kind: 'move-id'; film: string; at: number; id: string }
  | { kind: 'deploy'; at: number }

export type Screening = {
  siteId: string
  cinema: SiteCinema
  startsAt: Date
  localDate: string
  localTime: string
  seats: number
  seatsLeft: number
  /** It can be booked at this moment. */
  bookable: boolean
  /** Listed, but nobody can book it and no page of the site draws it. */
  phantom: boolean
}

/** One film in one city as the site knows it at one moment. */
export type FilmView = {
  key: string
  id: string
  title: string
  slug: string
  language: string
  format: string
  /** The site's id of language and format. */
  formatId: string
  releaseDate: string | null
  city: SiteCity
  sale: 'not-open' | 'announced' | 'open' | 'sold-out' | 'removed'
  opensAt: Date | null
  /** Days with tickets on sale that are not over, sold out or not. */
  openDates: string[]
  screenings: Screening[]
}

export type SiteView = {
  at: Date
  today(city: SiteCity): string
  baseUrl: string
  /** The path in `baseUrl`, for links within the site. */
  root: string
  seed: string
  siteName: string
  /** How often the site was rebuilt; `hashed` makes this build's name of a style. */
  build: number
  hashed(name: string): string
  faults: ReadonlySet<Fault>
  cities: SiteCity[]
  city(slugOrCode: string | null | undefined): SiteCity | undefined
  films(city: SiteCity, list: 'running' | 'upcoming'): FilmView[]
  /** By the id it has at this moment. */
  film(id: string, city: SiteCity): FilmView | undefined
  /** The id it has now, of a film that once had this one. */
  movedTo(id: string): string | undefined
}

export type SkinRequest = {
  method: string
  path: string
  query: URLSearchParams
  headers: Record<string, string | undefined>
  body: string
}

/** `model` is what the page is made from: two pages with the same model are the same page to an ETag. */
export type SkinAnswer =
  | { kind: 'page'; model: unknown; type: 'html' | 'json'; render: () => string }
  | { kind: 'redirect'; to: string }
  | { kind: 'missing' }

export type Skin = {
  home(view: SiteView): string
  route(view: SiteView, request: SkinRequest): SkinAnswer
}
