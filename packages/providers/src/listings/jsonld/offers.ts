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

const isMention = ({ value }: Node) => Object.keys(value).every((key) => key === '@id' || key === '@type')

/** Nobody sells a session in more ways. */
const OFFER_LIMIT = 300

/**
 * Offers with those inside of them laid flat: what the outer one says holds for the inner ones that do not say it themselves.
 * Each thing is looked at once, whatever refers to it.
 */
function leaves(graph: Graph, values: unknown[]): JsonObject[] {
  const found: JsonObject[] = []
  const seen = new Set<unknown>()
  const left: { value: unknown; outer: JsonObject }[] = values.map((value) => ({ value, outer: {} }))
  for (let next = left.pop(); next && seen.size < OFFER_LIMIT; next = left.pop()) {
    const all = resolve(graph, next.value)
    const nodes = all.filter((node) => !seen.has(node.value))
    // A second mention of the same offer is not another one.
    if (nodes.length === 0 || (nodes.length < all.length && nodes.every(isMention))) continue
    for (const node of nodes) seen.add(node.value)
    const { offers, ...own }: JsonObject = { ...next.outer, ...Object.assign({}, ...nodes.map((node) => node.value)) }
    const inner = many(offers).filter((one) => typeof one === 'object' && !seen.has(one))
    if (inner.length === 0) found.push(own)
    for (const value of inner) left.push({ value, outer: own })
  }
  return found
}

const dayEnd = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T23:59:59` : value
const dayStart = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00` : value

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
  const offers = leaves(graph, property(nodes, 'offers'))
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
