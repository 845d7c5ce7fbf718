/** What a page says about booking. UNKNOWN is an answer too: the page cannot be believed, and why. */
export type Verdict = 'OPEN' | 'NOT_OPEN' | 'ANNOUNCED' | 'SOLD_OUT' | 'GONE' | 'UNKNOWN'

/**
 * Why nothing can be said. blocked: the site refuses us. outage: it is down, or shows something in place of its page.
 * identity: another film, another city. parse: the structure of a healthy page is not there. stale: the page is older than
 * the one before. network: no answer. conflict: its proofs contradict each other, a person should look.
 */
export type UnknownReason = 'blocked' | 'outage' | 'identity' | 'parse' | 'stale' | 'network' | 'conflict'

/** One screening as the site lists it. */
export type ListedSession = {
  /** The site's own id of the session. Never empty: a session without one is no strong proof. */
  siteId: string
  cinema: { siteId: string | null; name: string }
  /** UTC, ISO 8601. */
  startsAt: string
  /** IANA zone in which `localDate` and people read it. */
  zone: string
  /** YYYY-MM-DD in `zone`: its own date, whatever date the page was asked for. */
  localDate: string
  format: string | null
  language: string | null
  bookable: boolean
  seatsLeft: number | null
  /** Where it is booked, absolute. */
  url: string | null
}

export type Evidence = {
  /** The rule that was met, such as `session.bookable`, `jsonld.offer`, `text.sold-out`. */
  rule: string
  /** OPEN needs one strong proof or two weak ones from different places; a veto among them makes it UNKNOWN(conflict). */
  strength: 'strong' | 'weak' | 'veto'
  /** Where in the page: a JSON path or a CSS selector. */
  where: string
  /** At most 200 characters of the page. */
  excerpt: string
  /** SHA-256 hex of the whole piece that the excerpt is from. */
  hash: string
}

export type Observation = {
  verdict: Verdict
  /** With UNKNOWN. */
  reason: UnknownReason | null
  /** With ANNOUNCED: when sales open. UTC, ISO 8601. */
  announcedAt: string | null
  /** All that are listed for this film, bookable or not, each by its own date. */
  sessions: ListedSession[]
  /** Days (YYYY-MM-DD, local) that the site itself says are open. */
  openDates: string[]
  evidence: Evidence[]
  identity: { asked: string; served: string | null }
  /** SHA-256 hex of what the verdict was read from, without what changes at every look. The drift guard watches it. */
  contentHash: string
  /** SHA-256 hex of the page's structure, not of its content: it changes when the site is rebuilt. */
  shapeHash: string
}

/** A city as one source spells it: `slug` and `code` from that source's mapping. */
export type SourceCity = { slug: string; code: string | null; name: string; zone: string }

/** What is looked for: one film of a source in one city. */
export type ListingTarget = {
  /** The site's own id: the identity. */
  siteMovieId: string
  /** Hints for building an address; never identity. */
  title: string
  slug: string | null
  city: SourceCity
  /** The local day asked for; null: any day from today on. */
  date: string | null
  /** Further ids that an adapter needs to build its address (language and format code, for example). */
  hints: Record<string, string>
}

/** One request to make. `key` names the answer to it for the reading. */
export type FetchPlan = {
  key: string
  url: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body: string | null
  expects: 'html' | 'json'
}

/** What came of one request. A saved page is one of these. */
export type FetchedPage = {
  key: string
  /** As it was asked for. */
  url: string
  /** After redirects. */
  finalUrl: string
  /** Null: no answer at all, see `failure`. */
  status: number | null
  /** Names in lower case. */
  headers: Record<string, string>
  body: string
  /** The body is not whole: it ended early, or was longer than is read. */
  truncated: boolean
  /** `refused`: our own rules forbade it (robots.txt, private address, redirect to somewhere else). */
  failure: 'network' | 'timeout' | 'refused' | null
  fetchedAt: Date
}

export type ListedFilm = {
  siteMovieId: string
  title: string
  slug: string | null
  list: 'running' | 'upcoming'
  language: string | null
  /** YYYY-MM-DD; null where the site says none, or a placeholder far away. */
  releaseDate: string | null
  url: string | null
  hints: Record<string, string>
}
/** A list that cannot be read is never an empty list. */
export type FilmList = { ok: true; films: ListedFilm[] } | { ok: false; reason: UnknownReason; evidence: Evidence[] }

export type ListName = 'running' | 'upcoming'

/**
 * A site that lists films and their screenings. Fetching is somebody else's: `plan` says what to ask for, `interpret` is pure
 * and reads what came. The same for the lists of films. Neither throws, whatever the page holds.
 */
export interface ListingSource {
  /** The family, such as `next-data`. */
  readonly kind: string
  /** Rises with every change of how pages are read. */
  readonly parserVersion: number
  plan(target: ListingTarget, now: Date): FetchPlan[]
  interpret(target: ListingTarget, pages: FetchedPage[], now: Date): Observation
  planFilms(city: SourceCity, list: ListName, now: Date): FetchPlan[]
  readFilms(city: SourceCity, list: ListName, pages: FetchedPage[], now: Date): FilmList
}

/** What one site of a family needs to know. */
export type SourceOptions = {
  /** Origin, without a slash at its end. */
  baseUrl: string
  /** For sites whose times are local and name no zone; null: the zone of the city. */
  zone: string | null
}
