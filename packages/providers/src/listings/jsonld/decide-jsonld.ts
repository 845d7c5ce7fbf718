import type { Evidence, FetchedPage, ListingTarget, Observation, SourceOptions } from '../listing-source.ts'
import { decide, type PageFacts, unhealthyObservation, unknownObservation } from '../reading/decide.ts'
import { evidenceOf } from '../reading/evidence.ts'
import { healthOf } from '../reading/page-health.ts'
import { soldOutTexts } from '../reading/sold-out-text.ts'
import { textVetoes } from '../reading/text-vetoes.ts'
import { isElement, openHtml, type PageDom } from '../reading/visible-text.ts'
import { dateOf, localDateAt } from '../reading/zoned-time.ts'
import { type FilmOnPage, findFilm } from './find-film.ts'
import { type Graph, graphOf, property } from './graph.ts'
import { isEvent } from './identity.ts'
import { readOffers } from './offers.ts'
import { readScreenings, type ScreeningsRead } from './read-screenings.ts'
import { linksOf } from './session-links.ts'

const NOT_YET =
  /^(?:coming soon|in cinemas soon|(?:online )?(?:bookings?|tickets?|sales?) (?:is|are|has|have) not (?:yet )?(?:been )?(?:open|opened|available|on sale|started)|not (?:yet )?on sale)\b/i
const ELSEWHERE =
  'a, button, nav, header, footer, aside, li, [class*="related"], [class*="recommend"], [class*="carousel"]'

/** The page of a film says to everybody that it cannot be booked yet. Only what people see, and only as a veto. */
function notYetText({ $, isHidden, textIn }: PageDom): Evidence | null {
  for (const node of $('p, div, span, strong, h2, h3, h4').toArray().filter(isElement).slice(0, 20_000)) {
    const first = node.children.find((child) => child.type === 'text' && child.data.trim() !== '')
    if (first?.type !== 'text' || !NOT_YET.test(first.data.trim())) continue
    const text = textIn(node)
    if (text.length > 160 || isHidden(node) || $(node).closest(ELSEWHERE).length > 0) continue
    return evidenceOf('text.not-yet', 'weak', node.name, text)
  }
  return null
}

/** A film that comes out after today and has no screening yet. */
function releaseAhead(film: FilmOnPage, today: string | null): Evidence | null {
  for (const value of property(film.works, 'datePublished', 'releaseDate', 'dateCreated')) {
    const day = dateOf(value)
    if (day && today && day > today) return evidenceOf('film.release-ahead', 'weak', film.works[0]!.path, String(value))
  }
  return null
}

/** Offers of the film itself announce its sale; they prove none of its sessions. */
function announcementOf(
  graph: Graph,
  film: FilmOnPage,
  read: ScreeningsRead,
  target: ListingTarget,
  zone: string,
  now: Date,
) {
  const ofSessions = read.announced
    .filter(({ day }) => target.date === null || day === target.date)
    .sort((a, b) => a.at.getTime() - b.at.getTime())[0]
  if (ofSessions) return ofSessions
  for (const work of film.works) {
    const { state, piece } = readOffers(graph, work, zone, now)
    if (state.kind === 'announced' && state.at)
      return { at: state.at, evidence: evidenceOf('jsonld.film-offer', 'strong', work.path, piece) }
  }
  return null
}

/** From a page with schema.org data to a verdict. */
export function decideJsonld(options: SourceOptions, target: ListingTarget, page: FetchedPage, now: Date): Observation {
  const health = healthOf(page, { expects: 'html' })
  if (!health.ok) return unhealthyObservation(target.siteMovieId, health)
  const graph = URL.canParse(page.finalUrl) ? graphOf(page.body, page.finalUrl) : null
  if (!graph) return unknownObservation(target.siteMovieId, 'parse', [])
  const zone = options.zone ?? target.city.zone
  const dom = openHtml(page.body)
  const film = findFilm(graph, dom, page, target)
  const links = linksOf(dom, page.finalUrl)
  const around = { graph, target, zone, now, fetchedAt: page.fetchedAt, links, notSessions: film.addresses }
  const read = readScreenings(around, film.events)
  const things = graph.nodes.some((node) => isEvent(node) || node.types.includes('Movie'))
  const notYet = film.isFilmPage ? notYetText(dom) : null
  // Events without offers and without buttons, under words that nothing is sold yet, are plans.
  const isPlanned = notYet !== null && read.screenings.every(({ state }) => state === 'unclear' || state === 'closed')
  const screenings =
    isPlanned && read.contradicted === 0
      ? read.screenings.map((screening) => ({ ...screening, state: 'not-yet' as const }))
      : read.screenings

  const saysNotOpen: Evidence[] = []
  const ofOtherDays = screenings.filter(({ session }) => target.date !== null && session.localDate !== target.date)
  if (ofOtherDays.length > 0 && read.lost === 0)
    saysNotOpen.push(
      evidenceOf('events.other-days', 'strong', ofOtherDays[0]!.evidence.where, ofOtherDays[0]!.session.startsAt),
    )
  if (film.events.length === 0 && film.isFilmPage) {
    const ahead = releaseAhead(film, localDateAt(now, zone))
    if (ahead) saysNotOpen.push(ahead)
    if (notYet) saysNotOpen.push(notYet)
    for (const text of soldOutTexts(dom).filter(({ kind }) => kind === 'not-on-sale'))
      saysNotOpen.push(evidenceOf('text.not-on-sale', 'weak', text.where, text.text))
  }
  const announced = announcementOf(graph, film, read, target, zone, now)
  const open = screenings.filter(({ state }) => state === 'bookable')
  const facts: PageFacts = {
    served: film.served,
    cityFits: film.events.length > 0 && read.otherCity === film.events.length ? false : null,
    skeleton: things,
    screenings,
    openDates: [...new Set(open.map(({ session }) => session.localDate))],
    listsOpenDates: false,
    saysNotOpen,
    announcedAt: announced?.at ?? null,
    announcement: announced?.evidence ?? null,
    proofs: film.isFilmPage ? [...read.proofs, ...textVetoes(dom)] : read.proofs,
    staleSince: null,
    shape: [...new Set(graph.nodes.flatMap(({ types }) => types))].filter((type) => /Event$|^Movie|Offer$/.test(type)),
  }
  const observation = decide(facts, target, now)
  const { verdict } = observation
  if (verdict === 'UNKNOWN' && observation.reason === 'parse' && read.contradicted > 0)
    return { ...observation, reason: 'conflict' }
  // What cannot be read, or placed in time, may be what is open.
  const isPartial = graph.broken > 0 || read.lost > 0
  if (isPartial && (verdict === 'NOT_OPEN' || verdict === 'SOLD_OUT'))
    return unknownObservation(target.siteMovieId, 'parse', observation.evidence, film.served)
  return observation
}
