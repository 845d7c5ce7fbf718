import type { ListedSession, ListingTarget } from '../listing-source.ts'
import { isCity } from '../reading/city-names.ts'
import type { Bookability, Proof, Screening } from '../reading/decide.ts'
import { evidenceOf } from '../reading/evidence.ts'
import { idOf, isObject, textOf } from '../reading/json-value.ts'
import { instantOf, localDateAt, wallClockAt } from '../reading/zoned-time.ts'
import { absolute, type Graph, holders, many, type Node, property, resolve, term, together } from './graph.ts'
import { isEvent, isRun, nameOf, sameAddress } from './identity.ts'
import { type OffersRead, offerEvidence, readOffers } from './offers.ts'
import { type LinkIndex, numbersIn, type SessionLink } from './session-links.ts'

export type Around = {
  graph: Graph
  target: ListingTarget
  zone: string
  now: Date
  fetchedAt: Date
  links: LinkIndex
  /** Addresses of the page and of its film: links to them are not links to a session. */
  notSessions: Set<string>
}

export type ScreeningsRead = {
  screenings: Screening[]
  proofs: Proof[]
  /** When sales open, by the sessions that say so. */
  announced: { at: Date; day: string; evidence: Screening['evidence'] }[]
  /** Sessions that cannot be placed in time or are named nowhere. */
  lost: number
  /** Sessions whose data and whose button say different things. */
  contradicted: number
  otherCity: number
}

/** A page drawn with the moment of its drawing as the start of everything knows no starts. */
const RENDER_MARGIN = 120_000

/** `2026-11-8T9:30-5:00`: some calendars write days, hours and offsets without their zeros. */
const padded = (value: unknown): unknown => {
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})T(\d{1,2})(:\d{2}(?::\d{2})?)(?:([+-])(\d{1,2})(:\d{2}))?$/.exec(
    textOf(value) ?? '',
  )
  if (!parts) return value
  const [, year, month, day, hour, rest, sign, ahead, minutes] = parts
  const zeros = (digits: string) => digits.padStart(2, '0')
  const offset = sign ? `${sign}${zeros(ahead!)}${minutes}` : ''
  return `${year}-${zeros(month!)}-${zeros(day!)}T${zeros(hour!)}${rest}${offset}`
}

const locationOf = (graph: Graph, event: Node): Node[] => {
  const own = property(together(graph, event), 'location').flatMap((value) => {
    const found = resolve(graph, value)
    const name = textOf(value)
    return found.length > 0 || !name ? found : [{ value: { name }, types: [], path: '', parent: null }]
  })
  if (own.length > 0) return own
  const superior = [
    ...property(together(graph, event), 'superEvent').flatMap((value) => resolve(graph, value)),
    ...holders(graph, event).flatMap(({ node }) => (isEvent(node) || isRun(node) ? together(graph, node) : [])),
  ]
  const ofSuperior = property(superior, 'location').flatMap((value) => resolve(graph, value))
  const theatre = holders(graph, event).find(({ node }) => node.types.some((type) => /Theater|Place|Cinema/.test(type)))
  return ofSuperior.length > 0 ? ofSuperior : theatre ? together(graph, theatre.node) : []
}

/** A hall is a part of its cinema, and people know the cinema. */
function cinemaOf(graph: Graph, location: Node[]): Node[] {
  const isCinema = ({ types }: Node) => types.some((type) => /Theater|Cinema/.test(type))
  if (location.some(isCinema)) return location
  const around = property(location, 'containedInPlace').flatMap((value) => resolve(graph, value))
  return around.some(isCinema) ? around : location
}

/** The town in the address of a cinema or of the place that it is in; null where none is named. */
function townsOf(graph: Graph, location: Node[]): string[] {
  const places = [...location, ...property(location, 'containedInPlace').flatMap((value) => resolve(graph, value))]
  return property(places, 'address')
    .flatMap((value) => (isObject(value) ? property(resolve(graph, value), 'addressLocality', 'addressRegion') : []))
    .flatMap(many)
    .map(textOf)
    .filter((town) => town !== null)
}

const isHere = (towns: string[], { city }: ListingTarget) =>
  towns.some((town) => isCity(town, city) || town.split(/[,/(]/).some((part) => isCity(part, city)))

function addressesOf(around: Around, event: Node, offers: OffersRead): string[] {
  const { graph } = around
  const own = property(together(graph, event), '@id', 'url').map((value) => absolute(value, graph.base))
  return [...own, ...offers.urls]
    .map((url) => (url === null ? null : sameAddress(url)))
    .filter((address) => address !== null)
    .filter((address) => !around.notSessions.has(address) && !around.notSessions.has(address.split('#')[0]!))
}

const identifierOf = (nodes: Node[]): string | null =>
  property(nodes, 'identifier')
    .map((value) => idOf(isObject(value) ? value.value : value))
    .find((id) => id !== null) ?? null

/** What the data says and what the button says, together. Data alone that says nothing of tickets proves nothing. */
function judge(offers: OffersRead, link: SessionLink | null): { state: Bookability; contradicts: boolean } {
  const { kind } = offers.state
  const vetoed = link !== null && link.state !== 'enabled'
  if (kind === 'bookable')
    return vetoed ? { state: 'unclear', contradicts: true } : { state: 'bookable', contradicts: false }
  if (kind === 'unsaid') {
    if (link === null) return { state: 'unclear', contradicts: false }
    const state = link.state === 'enabled' ? 'bookable' : link.state === 'sold-out' ? 'sold-out' : 'not-yet'
    return { state, contradicts: false }
  }
  if (kind === 'announced') return { state: 'not-yet', contradicts: false }
  return { state: kind, contradicts: false }
}

/** The sessions of one film. Addresses that several sessions share lead to none of them. */
export function readScreenings(around: Around, events: Node[]): ScreeningsRead {
  const { graph, zone, now, target } = around
  const read: ScreeningsRead = { screenings: [], proofs: [], announced: [], lost: 0, contradicted: 0, otherCity: 0 }
  const prepared = events.map((event) => {
    const offers = readOffers(graph, event, zone, now)
    const location = locationOf(graph, event)
    return { event, offers, location, addresses: [...new Set(addressesOf(around, event, offers))] }
  })
  const uses = new Map<string, Set<string>>()
  for (const { event, location, addresses } of prepared) {
    const key = `${String(property(together(graph, event), 'startDate')[0])} ${nameOf(location)}`
    for (const address of addresses) uses.set(address, (uses.get(address) ?? new Set()).add(key))
  }
  const pageNumbers = new Set([...around.notSessions, target.siteMovieId].flatMap(numbersIn))
  const anyOffers = prepared.some(({ offers }) => offers.state.kind !== 'unsaid')

  for (const { event, offers, location, addresses } of prepared) {
    const nodes = together(graph, event)
    const own = addresses.filter((address) => uses.get(address)!.size === 1)
    const numbers = own.flatMap(numbersIn).filter((number) => !pageNumbers.has(number))
    const towns = townsOf(graph, location)
    if (towns.length > 0 && !isHere(towns, target)) {
      read.otherCity++
      continue
    }
    const start = property(nodes, 'startDate')
      .map((value) => instantOf(padded(value), zone))
      .find((instant) => instant !== null)
    const localDate = start ? localDateAt(start, zone) : null
    const id = identifierOf(nodes) ?? textOf(event.value['@id']) ?? own[0] ?? null
    if (!start || !localDate || Math.abs(start.getTime() - around.fetchedAt.getTime()) < RENDER_MARGIN) {
      read.lost++
      continue
    }
    const clock = wallClockAt(start, zone)!
    const link = around.links.find({ addresses: own, numbers }, `${localDate}T${two(clock.hour)}:${two(clock.minute)}`)
    const status = property(nodes, 'eventStatus').map(term)
    const isOff = status.some((word) => /^Event(?:Cancelled|Canceled|Postponed)$/i.test(word ?? ''))
    const judged = judge(offers, link)
    // Among sessions that are offered, one without an offer and without a button is not.
    const isPhantom = anyOffers && offers.state.kind === 'unsaid' && link === null
    const state: Bookability = isOff || isPhantom ? 'closed' : judged.state
    if (judged.contradicts && !isOff) read.contradicted++
    const isNamed = id !== null || offers.urls.length > 0
    const strong = isNamed && (state !== 'bookable' || offers.state.kind === 'bookable')
    const evidence = isOff
      ? evidenceOf('event.off', 'strong', event.path, event.value)
      : offerEvidence(offers, strong ? 'strong' : 'weak', event.path)
    const cinema = cinemaOf(graph, location)
    const session: ListedSession = {
      siteId: id ?? `${start.toISOString()} ${nameOf(location) ?? ''}`.trim(),
      cinema: {
        siteId: identifierOf(cinema) ?? textOf(property(cinema, '@id')[0]),
        name: nameOf(cinema) ?? target.city.name,
      },
      startsAt: start.toISOString(),
      zone,
      localDate,
      format: textOf(property(nodes, 'videoFormat')[0]),
      language: textOf(property(nodes, 'inLanguage')[0]),
      bookable: state === 'bookable',
      seatsLeft: offers.seatsLeft,
      url: offers.urls[0] ?? absolute(property(nodes, 'url')[0], graph.base),
    }
    read.screenings.push({ session, state, closesAt: null, evidence })
    if (state === 'bookable' && offers.state.kind === 'unsaid' && link) {
      const proof = evidenceOf('button.book', 'weak', link.where, link.piece)
      read.proofs.push({ ...proof, place: 'button', date: localDate })
    }
    if (offers.state.kind === 'announced' && offers.state.at && !isOff)
      read.announced.push({ at: offers.state.at, day: localDate, evidence })
  }
  return read
}

const two = (n: number) => String(n).padStart(2, '0')
