import type { FetchedPage, ListingTarget } from '../listing-source.ts'
import type { Bookability, Screening } from '../reading/decide.ts'
import { parseJson } from '../reading/embedded-json.ts'
import { evidenceOf } from '../reading/evidence.ts'
import { arrayOf, at, numberOf, textOf } from '../reading/json-value.ts'
import { type DomElement, isElement, type PageDom } from '../reading/visible-text.ts'
import { dateOf, localDateAt, localMoment } from '../reading/zoned-time.ts'
import { cinemaIdOf, dayOf, hrefOf } from './addresses.ts'

export type SessionPlace = {
  dom: PageDom
  page: FetchedPage
  target: ListingTarget
  zone: string
  shownDay: string | null
  /** The page leads to shows of listed days: a greyed time among them has been sold out, elsewhere it has never been sold. */
  onSale: boolean
}
export type ReadSessions = { screenings: Screening[]; unreadable: number }

/** What names a cinema: a class of its own in the older pages, a link to its page in the newer. */
export const CINEMA_NAMES = '.theater-name, .tn-entity-details h5, a[href*="-c/"], a[href*="-CD"]'
const TIME = /\b(\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?)/i
const DISABLED = /(?:^|[\s_-])(?:grey(?:Col)?|gray|disabled|inactive|sold-?out|expired|unavailable)/i

const isOff = ({ attribs }: DomElement) =>
  attribs['aria-disabled'] === 'true' || attribs.disabled !== undefined || DISABLED.test(attribs.class ?? '')

/** A box is off when it says so itself, or when the time in it does. */
const isDisabled = (element: DomElement): boolean =>
  isOff(element) || element.children.some((child) => isElement(child) && isOff(child))

/** The cinema that a session stands under: the nearest block around it that names one. */
function cinemaOf(element: DomElement, { dom, page }: SessionPlace): { siteId: string | null; name: string } {
  const { $ } = dom
  for (let here = element.parent; here && isElement(here); here = here.parent) {
    const named = $(here).find(CINEMA_NAMES).toArray()
    // A block with several cinemas is around all of them.
    if (named.length === 0) continue
    const last = named.filter((name) => dom.isBefore(name, element)).at(-1) ?? named[0]!
    const link = [last, ...$(last).find('a').toArray()].find((one) => /-c\/\d+|-CD\d+/.test(one.attribs.href ?? ''))
    const url = link ? hrefOf(link.attribs.href, page.finalUrl) : null
    return { siteId: url && cinemaIdOf(url), name: dom.textIn(last) }
  }
  return { siteId: null, name: '' }
}

/** The local day of a session: its own link's, that of the block around it, or the one that the page shows. */
function dayOfSession(element: DomElement, url: URL | null, shownDay: string | null): string | null {
  const own = (url && dayOf(url)) ?? dateOf(element.attribs['data-date'])
  if (own) return own
  for (let here = element.parent; here && isElement(here); here = here.parent) {
    const day = dateOf(here.attribs['data-date'])
    if (day) return day
  }
  return shownDay
}

type Found = {
  element: DomElement
  id: string | null
  url: URL | null
  state: Bookability
  seats: number | null
  cinema: Screening['session']['cinema']
}

/** Links to the choice of seats carry the session's id: `encsessionid=<cinema>-<session>-…`. */
function linked(place: SessionPlace): Found[] {
  const { dom, page } = place
  return dom
    .$('a[href*="encsessionid="], a[href*="/seat-layout/"]')
    .toArray()
    .filter((element) => !dom.isHidden(element))
    .map((element) => {
      const url = hrefOf(element.attribs.href, page.finalUrl)
      const encoded = url?.searchParams.get('encsessionid') ?? ''
      const [cinemaId, sessionId] = encoded.split('-')
      const cinema = cinemaOf(element, place)
      return {
        element,
        id: sessionId ? encoded : null,
        url,
        state: isDisabled(element) ? (place.onSale ? 'sold-out' : 'closed') : 'bookable',
        seats: null,
        cinema: { siteId: cinema.siteId ?? (cinemaId || null), name: cinema.name },
      }
    })
}

const isDenied = (one: unknown) =>
  /\b(?:sold|not|unavailable|closed|blocked|over)\b|^\s*(?:house\s?)?full\s*$/i.test(textOf(at(one, 'Text')) ?? '') &&
  numberOf(at(one, 'Avail')) !== 0

/** The generation before: each time carries its session, cinema, day and seats as attributes. */
function attributed({ dom, page }: SessionPlace): Found[] {
  return dom
    .$('a[data-event][data-date]')
    .toArray()
    .filter((element) => !dom.isHidden(element))
    .map((element) => {
      const { attribs } = element
      const classes = arrayOf(parseJson(attribs['data-tkts'] ?? ''))
      // A class of no seats at all is one that the site does not count: its 0 free seats say nothing. Nor do free seats of a
      // class that is said not to be had.
      const counted = classes.filter((one) => numberOf(at(one, 'Total')) !== 0 && !isDenied(one))
      const left = counted.map((one) => numberOf(at(one, 'Avail'))).filter((n) => n !== null)
      const free = left.reduce((sum, n) => sum + n, 0)
      const isWhole = left.length > 0 && left.length === classes.length
      const off = isDisabled(element) || (isElement(element.parent) && isOff(element.parent))
      const state = free > 0 ? (off ? 'closed' : 'bookable') : isWhole ? 'sold-out' : off ? 'closed' : 'unclear'
      return {
        element,
        id: attribs['data-event']?.trim() || null,
        url: hrefOf(attribs.href, page.finalUrl),
        state,
        seats: isWhole ? free : null,
        cinema: { siteId: attribs['data-venue'] ?? null, name: attribs['data-venuen'] ?? '' },
      }
    })
}

/** Colours of times, and the boxes around them, have kept these parts of their names through all builds. */
const TIME_BLOCKS = ['time-block', 'timeblock', 'greenCol', 'yellowCol', 'orangeCol', 'redCol', 'greyCol']
  .map((name) => `[class*="${name}" i]`)
  .join(',')

/** Times that are mere text, one to a block: what is left where a script does the rest. No id, so no more than a hint. */
function textual(place: SessionPlace): Found[] {
  const { dom } = place
  return dom
    .$(TIME_BLOCKS)
    .toArray()
    .filter(isElement)
    .filter((element) => element.name !== 'a' && !dom.isHidden(element) && TIME.test(dom.textIn(element).slice(0, 80)))
    .slice(0, 2_000)
    .map((element) => ({
      element,
      id: null,
      url: null,
      state: isDisabled(element) ? (place.onSale ? 'sold-out' : 'closed') : 'bookable',
      seats: null,
      cinema: cinemaOf(element, place),
    }))
}

/** Sessions in the markup, times being local ones. */
export function sessionsOn(place: SessionPlace): ReadSessions {
  const result: ReadSessions = { screenings: [], unreadable: 0 }
  const strong = [...linked(place), ...attributed(place)]
  for (const found of [...strong, ...textual(place)].slice(0, 5_000)) {
    const text = place.dom.textIn(found.element).slice(0, 80)
    const day = dayOfSession(found.element, found.url, place.shownDay)
    const start = localMoment(day, TIME.exec(text)?.[1], place.zone)
    const localDate = start && localDateAt(start, place.zone)
    if (!start || !localDate) {
      // Only a proof that cannot be read makes the page unreadable; a stray text does not.
      if (found.id !== null) result.unreadable++
      continue
    }
    const siteId = found.id ?? `${found.cinema.siteId ?? found.cinema.name}@${start.toISOString()}`
    result.screenings.push({
      session: {
        siteId,
        cinema: found.cinema,
        startsAt: start.toISOString(),
        zone: place.zone,
        localDate,
        format: null,
        language: null,
        bookable: found.state === 'bookable',
        seatsLeft: found.seats,
        url: found.url?.href ?? null,
      },
      state: found.state,
      closesAt: null,
      evidence: evidenceOf(
        `session.${found.state}`,
        found.id !== null ? 'strong' : 'weak',
        found.element.name,
        place.dom.$.html(found.element),
      ),
    })
  }
  return result
}
