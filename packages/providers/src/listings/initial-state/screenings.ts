import type { ListedSession, ListingTarget } from '../listing-source.ts'
import type { Bookability, Screening } from '../reading/decide.ts'
import { evidenceOf } from '../reading/evidence.ts'
import { epochOf, localMoment } from '../reading/zoned-time.ts'
import { clockOf, dayOfPill, type Pill } from './read-pills.ts'
import type { StateShow } from './read-show.ts'
import type { StateReading } from './read-state.ts'

/** What a look asks for, and where. */
export type Asked = { target: ListingTarget; zone: string; baseUrl: string; pageUrl: string; codes: Set<string> }
const two = (n: number) => String(n).padStart(2, '0')

/** `202607280655`, local. */
const stampOf = (value: unknown, zone: string): Date | null => {
  const match =
    typeof value === 'string' || typeof value === 'number' ? /^(\d{8})(\d{2})(\d{2})$/.exec(String(value)) : null
  return match ? localMoment(match[1], `${match[2]}:${match[3]}`, zone) : null
}

/** Sold out when its own number says so, the number of every one of its categories, or a count of seats that is none. */
function stateOf(show: StateShow): Bookability {
  if (show.planned) return 'not-yet'
  if (show.availStatus === 0) return 'sold-out'
  if (show.availStatus === null || ![1, 2, 3].includes(show.availStatus)) return 'unclear'
  const isNone = show.categories.length > 0 && show.categories.every((number) => number === 0)
  return isNone || show.seatsLeft === 0 ? 'sold-out' : 'bookable'
}

/** Screens for which people choose a showing; a sound or a maker is no format of its own. */
const SPECIAL = /\b(?:imax|4dx|mx4d|screen\s?x|ice|dolby cinema|epiq|pcx|pxl|onyx|d-?box)\b/i

/** `2D`, or `2D DOLBY CINEMA` on a screen of that kind. */
function formatIn(dimension: string | null, screen: string | null): string | null {
  if (!dimension || !screen) return dimension ?? screen
  const isNew = SPECIAL.test(screen) && !dimension.toLowerCase().includes(screen.toLowerCase())
  return isNew ? `${dimension} ${screen}` : dimension
}

function sessionOf(
  asked: Asked,
  own: { id: string; code: string; venue: string | null; name: string | null; day: string | null; time: unknown },
  more: Pick<ListedSession, 'format' | 'language' | 'bookable' | 'seatsLeft' | 'url'>,
): ListedSession | null {
  const clock = clockOf(own.time)
  const start = own.day && clock ? localMoment(own.day, `${two(clock.hour)}:${two(clock.minute)}`, asked.zone) : null
  if (!start || !own.day || !(own.venue ?? own.name)) return null
  return {
    siteId: own.id,
    cinema: { siteId: own.venue, name: own.name ?? own.venue! },
    startsAt: start.toISOString(),
    zone: asked.zone,
    localDate: own.day,
    ...more,
  }
}

/** The page's own link, if it stays on the site; else the address that the site makes of its codes. */
function seatsOf({ target, baseUrl, pageUrl }: Asked, show: StateShow, code: string): string {
  const own = show.link && URL.canParse(show.link, baseUrl) ? new URL(show.link, baseUrl) : null
  if (own && own.origin === new URL(baseUrl).origin) return own.href
  if (show.venueCode === null || show.date === null) return pageUrl
  const steps = [target.city.slug, 'seat-layout', code, show.venueCode, show.sessionId, show.date.replaceAll('-', '')]
  return `${baseUrl}/movies/${steps.map(encodeURIComponent).join('/')}`
}

/** A showing of the state. Null where its day, time or cinema cannot be read. */
export function screeningOfShow(asked: Asked, show: StateShow, page: StateReading, code: string): Screening | null {
  const isShut = show.venueCode !== null && page.shut.has(show.venueCode)
  const isOtherDay = show.date !== null && page.strip.get(show.date) === false
  const state: Bookability = isOtherDay || isShut ? 'closed' : stateOf(show)
  const film = page.films.get(code)
  const name = show.venueName ?? (show.venueCode && page.cinemas.get(show.venueCode)) ?? null
  const own = { id: show.sessionId, code, venue: show.venueCode, name, day: show.date, time: show.time }
  const session = sessionOf(asked, own, {
    format: formatIn(show.format ?? film?.format ?? null, show.screen),
    language: show.language ?? film?.language ?? null,
    bookable: state === 'bookable',
    seatsLeft: show.seatsLeft,
    url: seatsOf(asked, show, code),
  })
  if (!session) return null
  const rule = isOtherDay ? 'date.disabled' : isShut ? 'cinema.no-sales' : `session.${state}`
  return {
    session,
    state,
    closesAt:
      show.cutOffs.map((value) => epochOf(value) ?? stampOf(value, asked.zone)).find((moment) => moment !== null) ??
      null,
    evidence: evidenceOf(rule, 'strong', show.where, show.piece),
  }
}

/** A showing of a drawn link. Null as above. */
export function screeningOfPill(asked: Asked, pill: Pill, code: string): Screening | null {
  const { state } = pill
  const day = dayOfPill(pill)
  const time = `${two(pill.time.hour)}:${two(pill.time.minute)}`
  const own = { id: pill.sessionId, code, venue: pill.venueCode, name: pill.venueName, day, time }
  const path = [pill.venueCode, pill.sessionId].filter((text) => text !== null).map(encodeURIComponent)
  const session = sessionOf(asked, own, {
    format: pill.format,
    language: null,
    bookable: state === 'bookable',
    seatsLeft: null,
    url:
      pill.href && URL.canParse(pill.href, asked.baseUrl)
        ? new URL(pill.href, asked.baseUrl).href
        : `${asked.baseUrl}/booktickets/${path.join('/')}`,
  })
  if (!session) return null
  const evidence = evidenceOf(`session.${state}`, 'strong', pill.where, pill.piece)
  return { session, state, closesAt: stampOf(pill.cutOff, asked.zone), evidence }
}
