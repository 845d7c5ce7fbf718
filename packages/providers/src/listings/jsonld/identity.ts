import { idOf, isObject, textOf } from '../reading/json-value.ts'
import { absolute, type Graph, holders, many, type Node, property, resolve, together } from './graph.ts'

const CAMPAIGN = /^(?:utm_|fbclid$|gclid$|ref$)/i

/** An address without what differs between two spellings of it. */
export function sameAddress(text: string): string | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  for (const name of Array.from(url.searchParams.keys())) if (CAMPAIGN.test(name)) url.searchParams.delete(name)
  const query = url.searchParams.size > 0 ? `?${url.searchParams.toString()}` : ''
  const hash = /^#[!/]?\w/.test(url.hash) ? url.hash : ''
  return `${url.host.replace(/^www\./, '')}${url.pathname.replace(/\/+$/, '')}${query}${hash}`
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * Whether one of a film's ids is the asked one: the same text, the same address, or a whole step or parameter of an address.
 * Never a part of one: `leo` is not `leo-part-2`.
 */
export function isId(candidate: string, asked: string): boolean {
  if (candidate.trim() === asked.trim()) return true
  const [mine, wanted] = [sameAddress(candidate), sameAddress(asked)]
  if (mine !== null && wanted !== null) {
    // The work is often `<page>#movie`.
    return mine === wanted || mine.split('#')[0] === wanted.split('#')[0]
  }
  if (mine === null || wanted !== null || asked.length < 2) return false
  const url = new URL(candidate)
  const steps = url.pathname.split('/').filter((step) => step !== '')
  if (steps.some((step) => decoded(step) === asked)) return true
  if ([...url.searchParams.values()].includes(asked)) return true
  // `/film/1234-the-title`: numbers are written in front of the title or behind it.
  return /^\d{2,}$/.test(asked) && steps.some((step) => step.split(/[-_.]/).includes(asked))
}

/** Everything under which the data knows a work or an event. */
export function idsOf(graph: Graph, nodes: Node[]): string[] {
  const ids = property(nodes, '@id', 'url', 'sameAs', 'mainEntityOfPage', 'identifier', 'productID', 'sku').flatMap(
    (value) => (isObject(value) ? [value['@id'], value.value, value.url] : [value]),
  )
  const texts = ids.map((value) => (typeof value === 'number' ? idOf(value) : absoluteUrl(value, graph.base)))
  return [...new Set(texts.filter((text) => text !== null))]
}

/** Only what is written as an address becomes one; an identifier stays as it is. */
const absoluteUrl = (value: unknown, base: string) => {
  const text = textOf(value)
  return text && /^(?:https?:)?\/|^#/.test(text) ? absolute(text, base) : text
}

export const nameOf = (nodes: Node[]): string | null =>
  property(nodes, 'name', 'headline')
    .map((value) => textOf(isObject(value) ? value['@value'] : value))
    .find((text) => text !== null) ?? null

const WORK_KEYS = ['workPresented', 'workPerformed', 'workFeatured']
const HOLDING_KEYS = new Set(['event', 'events', 'subEvent', 'subEvents', 'subjectOf', 'screening', 'screenings'])
const isWork = ({ types }: Node) =>
  types.some((type) => /^(?:Movie|MovieSeries|CreativeWork|TVSeries|Product)$/.test(type))
/** A run of a film, or whatever else is made of events: no screening itself. */
export const isRun = ({ types, value }: Node) =>
  types.includes('EventSeries') || many(value.subEvent ?? value.subEvents).some(isObject)
export const isEvent = ({ types }: Node) => types.some((type) => type.endsWith('Event') || type === 'Festival')

/** What a screening shows: as it says itself, as the event that it is a part of says, or what it stands in. */
export function worksOf(graph: Graph, event: Node): Node[][] {
  const own = worksNamed(graph, together(graph, event))
  if (own.length > 0) return own
  const superior = property(together(graph, event), 'superEvent').map((value) => resolve(graph, value))
  for (const { node, key } of holders(graph, event)) {
    if (isWork(node) && HOLDING_KEYS.has(key)) return [together(graph, node)]
    if (isEvent(node) || isRun(node)) superior.push(together(graph, node))
  }
  for (const nodes of superior) {
    const named = worksNamed(graph, nodes)
    if (named.length > 0) return named
  }
  // An event for the whole run of a film is known by its own address.
  return superior.filter((nodes) => nodes.some((node) => isEvent(node) || isRun(node)))
}

function worksNamed(graph: Graph, nodes: Node[]): Node[][] {
  const about = property(nodes, 'about').filter((value) => resolve(graph, value).some(isWork))
  return [...property(nodes, ...WORK_KEYS), ...about].flatMap((value) => {
    const found = resolve(graph, value)
    if (found.length > 0) return [found]
    const name = textOf(value)
    return name ? [[{ value: { name }, types: ['Movie'], path: '', parent: null }]] : []
  })
}
