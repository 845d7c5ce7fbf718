import { evidenceOf } from '../reading/evidence.ts'
import { type JsonObject, numberOf, objectOf, textOf } from '../reading/json-value.ts'
import { instantOf } from '../reading/zoned-time.ts'
import { absolute, type Graph, many, type Node, property, resolve, term, together } from './graph.ts'

const BOOKABLE = new Set(['instock', 'limitedavailability', 'onlineonly', 'presale'])
const SOLD_OUT = new Set(['soldout', 'outofstock', 'discontinued'])

export type OfferState =
  | { kind: 'bookable' | 'sold-out' | 'closed' | 'unsaid' | 'unclear' }
  | { kind: 'announced'; at: Date | null }

export type OffersRead = { state: OfferState; urls: string[]; seatsLeft: number | null; piece: unknown }

/** An offer and those inside of it: what the outer one says holds for the inner ones that do not say it themselves. */
function leaves(graph: Graph, value: unknown, outer: JsonObject, depth: number): JsonObject[] {
  const nodes = resolve(graph, value)
  if (depth > 4 || nodes.length === 0) return []
  const own: JsonObject = { ...outer, ...Object.assign({}, ...nodes.map((node) => node.value)) }
  const inner = property(nodes, 'offers', 'itemOffered').filter((one) => typeof one === 'object')
  const { offers: _offers, ...shared } = own
  const nested = many(own.offers).length > 0 ? inner.flatMap((one) => leaves(graph, one, shared, depth + 1)) : []
  return nested.length > 0 ? nested : [shared]
}

const dayEnd = (value: unknown) => (/^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? `${value}T23:59:59` : value)
const dayStart = (value: unknown) => (/^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? `${value}T00:00:00` : value)

function readOffer(offer: JsonObject, zone: string, now: Date): OfferState {
  const from = offer.validFrom ?? offer.availabilityStarts ?? null
  const starts = from === null ? null : instantOf(dayStart(from), zone)
  const until = offer.validThrough ?? offer.availabilityEnds ?? null
  const ends = until === null ? null : instantOf(dayEnd(until), zone)
  const word = term(offer.availability)?.toLowerCase() ?? null
  if (word !== null && SOLD_OUT.has(word)) return { kind: 'sold-out' }
  if (numberOf(objectOf(offer.inventoryLevel).value) === 0) return { kind: 'sold-out' }
  if (starts !== null && starts > now) return { kind: 'announced', at: starts }
  // A beginning of the sale that cannot be read may lie ahead.
  if (from !== null && starts === null) return { kind: 'unclear' }
  if (ends !== null && ends <= now) return { kind: 'closed' }
  if (word === null) return { kind: 'unsaid' }
  if (BOOKABLE.has(word)) return { kind: 'bookable' }
  if (word !== 'preorder' && word !== 'backorder') return { kind: 'unclear' }
  const url = textOf(offer.url)
  return url !== null && starts !== null ? { kind: 'bookable' } : { kind: 'announced', at: null }
}

/** Of several prices one that can be had is enough; else the most hopeful that one of them says. */
const ORDER: OfferState['kind'][] = ['bookable', 'announced', 'unclear', 'unsaid', 'sold-out', 'closed']

export function readOffers(graph: Graph, event: Node, zone: string, now: Date): OffersRead {
  const nodes = together(graph, event)
  const offers = property(nodes, 'offers').flatMap((value) => leaves(graph, value, {}, 0))
  const urls = offers.map((offer) => absolute(offer.url, graph.base)).filter((url) => url !== null)
  const seats =
    property(nodes, 'remainingAttendeeCapacity')
      .map(numberOf)
      .find((n) => n !== null) ?? null
  const states = offers.map((offer) => readOffer(offer, zone, now))
  const best = states.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))[0] ?? { kind: 'unsaid' as const }
  const dated = states.flatMap((state) => (state.kind === 'announced' && state.at ? [state.at.getTime()] : []))
  const state: OfferState =
    seats === 0
      ? { kind: 'sold-out' }
      : best.kind === 'announced'
        ? { kind: 'announced', at: dated.length > 0 ? new Date(Math.min(...dated)) : null }
        : best
  return { state, urls: [...new Set(urls)], seatsLeft: seats, piece: offers.length > 0 ? offers : event.value }
}

export const offerEvidence = (read: OffersRead, strength: 'strong' | 'weak', where: string) =>
  evidenceOf(
    read.state.kind === 'unsaid' ? 'jsonld.event' : `jsonld.offer.${read.state.kind}`,
    strength,
    where,
    read.piece,
  )
