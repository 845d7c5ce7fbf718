import { decideJsonld } from './jsonld/decide-jsonld.ts'
import { filmIdOf } from './jsonld/find-film.ts'
import { type Graph, graphOf, property, together } from './jsonld/graph.ts'
import { idsOf, isEvent, nameOf, worksOf } from './jsonld/identity.ts'
import type { FilmList, ListedFilm, ListingSource, ListName, SourceCity, SourceOptions } from './listing-source.ts'
import { guarded, unknownObservation } from './reading/decide.ts'
import { evidenceOf } from './reading/evidence.ts'
import { textOf } from './reading/json-value.ts'
import { healthOf } from './reading/page-health.ts'
import { dateOf } from './reading/zoned-time.ts'

const HTML = { accept: 'text/html,application/xhtml+xml' }
/** Release days of films without one stand decades away. */
const FARTHEST_YEAR = 10

/** The list of a city's films: the code of the city where that is a path of the site, else the usual one. */
const listPath = (city: SourceCity) =>
  city.code?.startsWith('/') ? city.code : `/${encodeURIComponent(city.slug)}/films`

function filmsOf(graph: Graph, list: ListName, now: Date): ListedFilm[] {
  const screened = new Set<string>()
  for (const node of graph.nodes) {
    if (!isEvent(node) || property(together(graph, node), 'startDate').length === 0) continue
    for (const work of worksOf(graph, node)) {
      const id = filmIdOf(graph, work)
      if (id) screened.add(id)
    }
  }
  const seen = new Set<string>()
  return graph.nodes.flatMap((node): ListedFilm[] => {
    if (!node.types.includes('Movie')) return []
    const nodes = together(graph, node)
    const id = filmIdOf(graph, nodes)
    const title = nameOf(nodes)
    if (!id || !title || seen.has(id)) return []
    seen.add(id)
    const day =
      property(nodes, 'datePublished', 'releaseDate')
        .map(dateOf)
        .find((one) => one !== null) ?? null
    const isReal = day !== null && Number(day.slice(0, 4)) <= now.getUTCFullYear() + FARTHEST_YEAR
    const isUpcoming = !screened.has(id) && day !== null && day > now.toISOString().slice(0, 10)
    if (isUpcoming !== (list === 'upcoming')) return []
    const url = idsOf(graph, nodes).find((one) => /^https?:/i.test(one) && !one.includes('#')) ?? null
    const language = textOf(property(nodes, 'inLanguage')[0])
    const releaseDate = isReal ? day : null
    return [{ siteMovieId: id, title, slug: null, list, language, releaseDate, url, hints: url ? { url } : {} }]
  })
}

/**
 * Any cinema whose pages carry schema.org data. A film is known by its identifier or its address; the hint `url` is the address
 * of its page. Data that says nothing of tickets needs the session's own button beside it.
 */
export function jsonldSource(options: SourceOptions): ListingSource {
  const { baseUrl } = options
  return {
    kind: 'jsonld',
    parserVersion: 2,

    plan(target) {
      const { hints, siteMovieId, slug } = target
      const path =
        hints.url ?? (/^https?:/i.test(siteMovieId) ? siteMovieId : `/${encodeURIComponent(slug ?? siteMovieId)}`)
      // Whatever host an id or a hint names: only this site is asked.
      const { pathname, search } = URL.canParse(path, baseUrl) ? new URL(path, baseUrl) : new URL(baseUrl)
      // A site may live below a path of its host; what it says of itself names that path already.
      const { origin, pathname: root } = new URL(`${baseUrl}/`)
      const below = pathname.startsWith(root) ? pathname : `${root.slice(0, -1)}${pathname}`
      return [
        {
          key: 'film',
          url: `${origin}${below}${search}`,
          method: 'GET',
          headers: HTML,
          body: null,
          expects: 'html',
        },
      ]
    },

    interpret(target, pages, now) {
      return guarded(target, () => {
        const page = pages.find(({ key }) => key === 'film') ?? pages[0]
        if (!page) return unknownObservation(target.siteMovieId, 'network', [])
        return decideJsonld(options, target, page, now)
      })
    },

    planFilms(city) {
      const url = `${baseUrl}${listPath(city)}`
      return [{ key: 'films', url, method: 'GET', headers: HTML, body: null, expects: 'html' }]
    },

    readFilms(_city, list, pages, now): FilmList {
      try {
        const page = pages.find(({ key }) => key === 'films') ?? pages[0]
        if (!page) return { ok: false, reason: 'network', evidence: [] }
        const health = healthOf(page, { expects: 'html' })
        if (!health.ok) return { ok: false, reason: health.reason ?? 'outage', evidence: health.evidence }
        const graph = graphOf(page.body, page.finalUrl)
        const isRead = graph !== null && graph.broken === 0 && graph.nodes.some(({ types }) => types.includes('Movie'))
        if (!isRead)
          return { ok: false, reason: 'parse', evidence: [evidenceOf('films.none', 'veto', 'ld+json', page.body)] }
        return { ok: true, films: filmsOf(graph, list, now) }
      } catch {
        return { ok: false, reason: 'parse', evidence: [] }
      }
    },
  }
}
