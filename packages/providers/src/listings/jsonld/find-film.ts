import type { FetchedPage, ListingTarget } from '../listing-source.ts'
import { idOf, textOf } from '../reading/json-value.ts'
import type { PageDom } from '../reading/visible-text.ts'
import { absolute, type Graph, type Node, property, together } from './graph.ts'
import { idsOf, isEvent, isId, isRun, nameOf, sameAddress, worksOf } from './identity.ts'

export type FilmOnPage = {
  /** The asked id where the data has it, another film's where it has that one, else null. */
  served: string | null
  /** The page is this film's own, by its address. */
  isFilmPage: boolean
  /** What the data says of the film itself. */
  works: Node[]
  /** Its screenings, each once. */
  events: Node[]
  /** Screenings of other films. */
  others: number
  /** Addresses of the page and of the film. */
  addresses: Set<string>
}

/** A title for comparing: without brackets, formats behind a dash, case and accents. */
const plainTitle = (text: string | null) =>
  (text ?? '')
    .replace(/&(?:#821[1-3]|#x201[2-5]|[mn]dash|#0?45);/gi, '-')
    .replace(/&(?:#\d+|#x[\da-f]+|[a-z]+);/gi, ' ')
    .replace(/[([][^)\]]*[)\]]/g, ' ')
    .split(/\s[-–—|@•]\s/)[0]!
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Addresses that the page gives itself, the most deliberate first; where it gives none, the one it was served at. */
function ownAddresses({ $ }: PageDom, page: FetchedPage): string[] {
  const given = [$('link[rel="canonical"]').attr('href'), $('meta[property="og:url"]').attr('content')].flatMap(
    (href) => (href?.trim() && URL.canParse(href, page.finalUrl) ? [new URL(href, page.finalUrl).href] : []),
  )
  return given.length > 0 ? given : [page.finalUrl]
}

const asIds = (graph: Graph, nodes: Node[]) => idsOf(graph, nodes)
const isFilmType = ({ types }: Node) => types.includes('Movie') || types.includes('MovieSeries')

/** Ids that name a page of the same site: with such a one a work is a certain film, with others it may be any. */
function siteIds(ids: string[], page: FetchedPage): string[] {
  const host = new URL(page.finalUrl).host
  return ids.filter(
    (id) => /^https?:/i.test(id) && URL.canParse(id) && new URL(id).host === host && new URL(id).pathname !== '/',
  )
}

/** `/programme/4375` of `/programme/4375/the-title`: what names the film is the number. Null where none stands before the title. */
function withoutTitle(address: string): string | null {
  const url = new URL(address)
  const path = /^(\/(?:[^/]+\/)+\d{2,})\/[^/]*[^/\d][^/]*\/?$/.exec(url.pathname)?.[1]
  return path ? `${url.origin}${path}` : null
}

/** Where a number names the film, its title may stand behind it as a parameter. */
const withoutQuery = (id: string) => (/^https?:/i.test(id) ? id.replace(/[?#].*$/s, '') : id)

/**
 * Finds the asked film by its id. Titles decide nothing by themselves: they only keep a related film's session, which has no id
 * at all, out of the page of another.
 */
export function findFilm(graph: Graph, dom: PageDom, page: FetchedPage, target: ListingTarget): FilmOnPage {
  const asked = target.siteMovieId
  const own = ownAddresses(dom, page)
  const wanted = textOf(target.hints.url)
  const isFilmPage = own.some((address) => isId(address, asked) || (wanted !== null && isId(address, wanted)))
  // On the film's own page its data may leave the title out of the address.
  const known = [asked, wanted].filter((id) => id !== null)
  const numbered = (isFilmPage ? own.map(withoutTitle) : []).filter((id) => id !== null)
  const isAsked = (ids: string[]) =>
    ids.some(
      (id) =>
        known.some((one) => isId(id, one)) || numbered.some((one) => isId(id, one) || isId(withoutQuery(id), one)),
    )

  const works = graph.nodes.filter((node) => isFilmType(node) && isAsked(asIds(graph, together(graph, node))))
  // Boxes for other films have headings too: one counts only where it is the only one.
  const headings = dom
    .$('h1')
    .toArray()
    .filter((node) => !dom.isHidden(node))
  const titles = new Set(
    [
      target.title,
      nameOf(works),
      headings.length === 1 ? dom.textIn(headings[0]!) : null,
      dom.$('title').first().text(),
      dom.$('meta[property="og:title"]').attr('content') ?? null,
    ]
      .map(plainTitle)
      .filter((title) => title !== ''),
  )

  const ownEvents = new Set(
    [...known, ...(isFilmPage ? own : [])].map(sameAddress).filter((address) => address !== null),
  )
  const isOwnAddress = (text: string) => {
    const address = sameAddress(text)
    return address !== null && ownEvents.has(address)
  }
  const events: Node[] = []
  const seen = new Set<string>()
  let others = 0
  let other: string | null = null
  for (const node of graph.nodes) {
    if (!isEvent(node) || isRun(node)) continue
    const same = together(graph, node)
    if (property(same, 'startDate').length === 0) continue
    const id = absolute(node.value['@id'], graph.base)
    if (id !== null && seen.has(id)) continue
    if (id !== null) seen.add(id)
    const shown = worksOf(graph, node)
    const ids = shown.map((work) => asIds(graph, work))
    const named = ids.some(
      (list) =>
        siteIds(list, page).length > 0 || list.some((text) => !/^https?:/i.test(text) && !text.startsWith('_:')),
    )
    const name = shown.map(nameOf).find((text) => text !== null) ?? nameOf(same)
    // An event that names no work is known by its own address, whole: as the asked one, or as that of its own page.
    const isOwn = shown.length === 0 && asIds(graph, same).some((text) => isOwnAddress(text))
    if (isOwn || ids.some(isAsked)) events.push(node)
    else if (isFilmPage && !named && titles.has(plainTitle(name))) events.push(node)
    else {
      others++
      other ??= ids.flat()[0] ?? null
    }
  }
  const isHere = works.length > 0 || events.length > 0 || isFilmPage
  const otherWork = graph.nodes.find((node) => isFilmType(node) && !works.includes(node))
  const addresses = new Set(
    [...own, page.url, page.finalUrl, ...asIds(graph, works), asked, ...(wanted ? [wanted] : [])]
      .map(sameAddress)
      .filter((address) => address !== null),
  )
  return {
    served: isHere ? asked : (other ?? (otherWork ? (asIds(graph, [otherWork])[0] ?? null) : null)),
    isFilmPage,
    works,
    events,
    others,
    addresses,
  }
}

/** What a film is known by on this site: its identifier, else its address. */
export function filmIdOf(graph: Graph, nodes: Node[]): string | null {
  const identifier = property(nodes, 'identifier')
    .map((value) => idOf(typeof value === 'object' && value !== null ? (value as { value?: unknown }).value : value))
    .find((id) => id !== null)
  return identifier ?? asIds(graph, nodes).find((id) => /^https?:/i.test(id)) ?? null
}
