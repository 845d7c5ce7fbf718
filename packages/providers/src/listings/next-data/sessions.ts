import type { ListingTarget } from '../listing-source.ts'
import type { Bookability, Screening } from '../reading/decide.ts'
import { evidenceOf } from '../reading/evidence.ts'
import {
  arrayOf,
  at,
  type FoundObject,
  idOf,
  isObject,
  type JsonObject,
  numberOf,
  objectOf,
  textOf,
} from '../reading/json-value.ts'
import { instantOf, localDateAt } from '../reading/zoned-time.ts'
import { bareId, type PageKind, sameFilm } from './identity.ts'
import { groupsOf } from './session-groups.ts'

/** A piece of the state that holds the sessions of one film at cinemas, or of one cinema's films. */
export type Block = { value: JsonObject; path: string; known: boolean }

/** Where blocks have been seen. Elsewhere they are read too, but prove less. */
const KNOWN_PLACE =
  /(?:^|\.)(?:serverState|initialState\.movies)\.(?:movieSessions|cinemaSessions)\.[^.]+$|(?:^|\.)serverState\.[^.]+$|(?:^|\.)(?:serverState|mdpV2)\.sessions\.[^.]+$|^(?:movieSessions\.[^.]+)?$|^pageProps$/

const plainSessionsOf = (value: unknown) => at(value, 'pageData', 'sessions')

/** Blocks of the state, those in known places and from the server first. */
export function blocksIn(objects: FoundObject[]): Block[] {
  const blocks = objects
    .filter(({ value }) => groupsOf(value) !== null || typeof plainSessionsOf(value) === 'object')
    // What lies within another block is found with it.
    .filter(({ path }) => !/(?:^|\.)pageData$/.test(path))
    .map(({ value, path }) => ({ value, path, known: KNOWN_PLACE.test(path) }))
  return blocks.sort((a, b) => rank(a) - rank(b)).slice(0, 60)
}
const rank = ({ known, path }: Block) => (known ? 0 : 2) + (path.includes('serverState') ? 0 : 1)

type RawSession = { session: JsonObject; group: JsonObject | null; cinemaKey: string | null; path: string }

/** Shows under a cinema or a film; a site may keep more of them beside the first ones. */
const grouped = (value: JsonObject) =>
  (groupsOf(value) ?? []).flatMap(({ group, path }) =>
    ['sessions', 'extraSessions'].flatMap((key) =>
      arrayOf(at(group, key)).map((session, i) => ({ session, group, place: `${path}.${key}[${i}]` })),
    ),
  )

/** Sessions of a block: those arranged under a cinema or a film, then those in a plain list or keyed by cinema. */
function rawSessions({ value, path }: Block): RawSession[] {
  const found: RawSession[] = []
  const full = new Map<string, JsonObject>()
  const plain = plainSessionsOf(value)
  const lists: [string | null, unknown][] = Array.isArray(plain) ? [[null, plain]] : Object.entries(objectOf(plain))
  for (const [cinemaKey, list] of lists)
    for (const [i, session] of arrayOf(list).entries()) {
      if (!isObject(session)) continue
      found.push({ session, group: null, cinemaKey, path: `${path}.pageData.sessions[${i}]` })
      const id = idOf(session.sid)
      if (id) full.set(`${idOf(session.cid) ?? ''} ${id}`, session)
    }
  const arranged: RawSession[] = []
  for (const { session, group, place } of grouped(value))
    if (isObject(session) && isObject(group)) {
      // Some pages arrange only ids, and keep the sessions beside.
      const cid = idOf(session.cid) ?? ''
      const whole = session.showTime === undefined ? full.get(`${cid} ${idOf(session.sid) ?? ''}`) : undefined
      arranged.push({
        session: whole ? { ...whole, ...session } : session,
        group,
        cinemaKey: null,
        path: `${path}.${place}`,
      })
    }
  // Arranged ones first: they know the names. The same session in both lists counts once.
  return [...arranged, ...found].slice(0, 5_000)
}

/** The film of a session, as far as its data says: its own id, that of its group, or by the code that the block explains. */
function filmOf(raw: RawSession, block: Block, kind: PageKind): string | null {
  const own = idOf(raw.session.contentId) ?? idOf(raw.session.content_id)
  if (own !== null) return own
  if (kind === 'cinema' && raw.group) {
    const group = idOf(raw.group.contentId) ?? idOf(raw.group.entityCode)
    if (group !== null) return group
  }
  const code = idOf(raw.session.mid)
  if (code === null) return null
  const movies = at(block.value, 'meta', 'movies')
  const list = Array.isArray(movies) ? arrayOf(movies) : Object.values(objectOf(movies))
  const movie = list.find((entry) => idOf(at(entry, 'id')) === code)
  const grouped = arrayOf(at(block.value, 'meta', 'groupedMovies')).find((entry) =>
    arrayOf(at(entry, 'languageFormatGroups')).some((group) =>
      arrayOf(at(group, 'screenFormats')).some((format) => idOf(at(format, 'movieCode')) === code),
    ),
  )
  return idOf(at(movie, 'contentId')) ?? idOf(at(movie, 'content_id')) ?? idOf(at(grouped, 'contentId'))
}

/** Whether a block is of one film at many cinemas, or of one cinema with many films. */
export function blockKind({ value, path }: Block, page: PageKind): PageKind {
  if (/\bmovieSessions\b/.test(path)) return 'film'
  if (/\bcinemaSessions\b/.test(path) || isObject(at(value, 'meta', 'cinema'))) return 'cinema'
  return page
}

function cinemaOf(raw: RawSession, block: Block, kind: PageKind): { siteId: string | null; name: string } {
  const meta = objectOf(at(block.value, 'meta'))
  const listed = [...arrayOf(meta.cinemas), ...Object.values(isObject(meta.cinemas) ? meta.cinemas : {})]
  const siteId =
    idOf(raw.session.cid) ??
    (kind === 'film'
      ? (idOf(at(raw.group, 'data', 'id')) ??
        idOf(at(raw.group, 'cinemaInfo', 'id')) ??
        idOf(at(raw.group, 'id')) ??
        idOf(at(raw.group, 'entityCode')))
      : null) ??
    raw.cinemaKey ??
    idOf(at(meta.cinema, 'id'))
  const known = listed.find((entry) => siteId !== null && idOf(at(entry, 'id')) === siteId)
  const named = (entry: unknown) => textOf(at(entry, 'name')) ?? textOf(at(entry, 'label'))
  const own =
    kind === 'film'
      ? (textOf(at(raw.group, 'entityName')) ??
        named(at(raw.group, 'data')) ??
        named(at(raw.group, 'cinemaInfo')) ??
        textOf(at(raw.group, 'label')))
      : textOf(block.value.cinemaName)
  return { siteId, name: own ?? named(known) ?? named(meta.cinema) ?? siteId ?? '' }
}

/** Numbers decide, labels and colours never. No number at all: it cannot be told. */
function stateOf(session: JsonObject): { state: Bookability; seats: number | null } {
  const counted = numberOf(session.avail)
  const areas = arrayOf(session.areas)
    .map((area) => numberOf(at(area, 'sAvail')) ?? numberOf(at(area, 'seatsAvail')))
    .filter((n) => n !== null)
  const inAreas = areas.length > 0 ? areas.reduce((sum, n) => sum + n, 0) : null
  if (counted === null && inAreas === null) return { state: 'unclear', seats: null }
  const seats = Math.min(counted ?? inAreas!, inAreas ?? counted!)
  if (seats < 0 || !Number.isInteger(seats)) return { state: 'unclear', seats: null }
  if (seats === 0) return { state: 'sold-out', seats }
  const { disableClick, isFutureShow } = session
  if (disableClick === true || disableClick === 'true' || disableClick === 1) return { state: 'closed', seats }
  if (
    disableClick !== undefined &&
    disableClick !== null &&
    disableClick !== false &&
    disableClick !== 'false' &&
    disableClick !== 0
  )
    return { state: 'unclear', seats }
  if (isFutureShow === true || isFutureShow === 'true' || isFutureShow === 1) return { state: 'not-yet', seats }
  return { state: 'bookable', seats }
}

/** The language of each format that the film is shown in, by the code that its sessions carry in any case of letters. */
export function languagesOf(objects: FoundObject[], target: ListingTarget): Map<string, string> {
  const languages = new Map<string, string>()
  for (const { value, path } of objects) {
    if (!Array.isArray(value.languageFormatGroups)) continue
    const film = idOf(value.contentId) ?? idOf(value.content_id) ?? path.split('.').at(-1) ?? ''
    if (!sameFilm(film, target.siteMovieId)) continue
    for (const group of arrayOf(value.languageFormatGroups)) {
      const code = textOf(at(group, 'fmtGrpId')) ?? textOf(at(group, 'format'))
      const language = textOf(at(group, 'lang')) ?? textOf(at(group, 'language'))
      if (code && language) languages.set(code.toLowerCase(), language)
    }
  }
  return languages
}

export type SessionContext = {
  target: ListingTarget
  languages: Map<string, string>
  kind: PageKind
  /** The whole page is about the asked film: a session that names no film is of it. */
  pageIsOfFilm: boolean
  zone: string
  baseUrl: string
  pageUrl: string
}
export type ReadSessions = { screenings: Screening[]; unreadable: number }

/** The asked film's sessions of one block. Times in the data are UTC, written without a zone. */
export function sessionsOf(block: Block, context: SessionContext): ReadSessions {
  const { target, kind, zone } = context
  const result: ReadSessions = { screenings: [], unreadable: 0 }
  for (const raw of rawSessions(block)) {
    const { session } = raw
    const film = filmOf(raw, block, kind)
    // A film's page is about its film; a cinema's page lists many, so there the id must be known.
    if (film === null ? kind === 'cinema' || !context.pageIsOfFilm : !sameFilm(film, target.siteMovieId)) continue
    const start = instantOf(session.showTime, 'UTC')
    const localDate = start && localDateAt(start, zone)
    const closes = instantOf(session.closeTime, 'UTC')
    if (!start || !localDate) {
      result.unreadable++
      continue
    }
    const unreadableClose = closes === null && textOf(session.closeTime) !== null
    const { state, seats } = stateOf(session)
    const cinema = cinemaOf(raw, block, kind)
    const sid = idOf(session.sid) ?? idOf(session.encSessionId)
    const strong = sid !== null && block.known
    result.screenings.push({
      session: {
        siteId: sid ?? `${cinema.siteId ?? cinema.name}@${start.toISOString()}`,
        cinema,
        startsAt: start.toISOString(),
        zone,
        localDate,
        format: textOf(session.scrnFmt),
        language: textOf(session.lang) ?? context.languages.get((formatOf(session) ?? '').toLowerCase()) ?? null,
        bookable: state === 'bookable',
        seatsLeft: seats,
        url: bookingUrl(session, context, localDate),
      },
      state: unreadableClose && state === 'bookable' ? 'unclear' : state,
      closesAt: closes,
      evidence: evidenceOf(`session.${state}`, strong ? 'strong' : 'weak', raw.path, shown(session)),
    })
  }
  return result
}

/** The code of language and format together. */
const formatOf = (session: JsonObject) => textOf(session.fid) ?? textOf(session.mcd)

/** What a person needs to check a session; the whole of it is many lines of prices. */
const shown = ({
  sid,
  cid,
  mid,
  contentId,
  showTime,
  closeTime,
  avail,
  total,
  disableClick,
  scrnFmt,
  lang,
}: JsonObject) => ({
  sid,
  cid,
  mid,
  contentId,
  showTime,
  closeTime,
  avail,
  total,
  disableClick,
  scrnFmt,
  lang,
})

function bookingUrl(
  session: JsonObject,
  { target, baseUrl, pageUrl }: SessionContext,
  localDate: string,
): string | null {
  const encoded = textOf(session.encSessionId)
  const format = formatOf(session)
  if (!encoded || !format) return pageUrl === '' ? null : pageUrl
  const query = new URLSearchParams({
    encsessionid: encoded,
    fromdate: localDate,
    contentid: bareId(target.siteMovieId),
  })
  return `${baseUrl}/movies/seat-layout/${encodeURIComponent(format.toLowerCase())}?${query.toString()}`
}
