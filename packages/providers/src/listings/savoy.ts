import type { FilmList, ListedFilm, ListingSource, SourceCity, SourceOptions } from './listing-source.ts'
import { guarded, unknownObservation } from './reading/decide.ts'
import { evidenceOf } from './reading/evidence.ts'
import { idOf, textOf } from './reading/json-value.ts'
import { healthOf } from './reading/page-health.ts'
import { openHtml } from './reading/visible-text.ts'
import { decideSavoy, filmBoxes, filmIn, plainText, programmeIn } from './savoy/decide-savoy.ts'

const HTML = { accept: 'text/html,application/xhtml+xml' }

/**
 * Cinemas whose box office is Savoy's: each page carries the whole programme in `var Events`. The programme's name in the
 * address, such as `TheExample.dll`, is the code of the city or the hint `dll`.
 */
export function savoySource(options: SourceOptions): ListingSource {
  const programme = (city: SourceCity, dll: string | undefined, query: Record<string, string>) => {
    const folder = dll ?? (/\.dll$/i.test(city.code ?? '') ? city.code! : null)
    // An office for houses in several cities tells them apart by name; one for a single house does not look at it.
    const all = new URLSearchParams({ ...query, ...(folder === null ? { city: city.slug } : {}) })
    return `${options.baseUrl}${folder ? `/${encodeURIComponent(folder)}` : ''}/WhatsOn${all.size > 0 ? `?${all.toString()}` : ''}`
  }
  return {
    kind: 'savoy',
    parserVersion: 1,

    plan(target) {
      const url = programme(target.city, target.hints.dll, { f: target.siteMovieId })
      return [{ key: 'programme', url, method: 'GET', headers: HTML, body: null, expects: 'html' }]
    },

    interpret(target, pages, now) {
      return guarded(target, () => {
        const page = pages.find(({ key }) => key === 'programme') ?? pages[0]
        if (!page) return unknownObservation(target.siteMovieId, 'network', [])
        return decideSavoy(options, target, page, now)
      })
    },

    planFilms(city, list) {
      const url = programme(city, undefined, list === 'upcoming' ? { p: '1', m: 'mm' } : {})
      return [{ key: 'films', url, method: 'GET', headers: HTML, body: null, expects: 'html' }]
    },

    readFilms(_city, list, pages): FilmList {
      try {
        const page = pages.find(({ key }) => key === 'films') ?? pages[0]
        if (!page) return { ok: false, reason: 'network', evidence: [] }
        const health = healthOf(page, { expects: 'html', idIn: filmIn })
        if (!health.ok) return { ok: false, reason: health.reason ?? 'outage', evidence: health.evidence }
        const events = programmeIn(page.body)
        // A programme without one performance is a broken page: a cinema always shows something.
        if (!events?.some(({ performances }) => performances.length > 0))
          return { ok: false, reason: 'parse', evidence: [evidenceOf('programme.none', 'veto', 'Events', page.body)] }
        const boxes = filmBoxes(openHtml(page.body))
        const coming = new Set(boxes.filter(({ comingSoon }) => comingSoon).map(({ id }) => id))
        const listed = events.flatMap(({ id, value, performances }): ListedFilm[] => {
          const title = plainText(value.Title)
          const isUpcoming = performances.length === 0 || coming.has(id)
          if (!title || isUpcoming !== (list === 'upcoming')) return []
          const url = textOf(value.URL)
          const href = url && URL.canParse(url, page.finalUrl) ? new URL(url, page.finalUrl).href : null
          return [film(id, title, list, href)]
        })
        const announced = boxes
          .filter(({ id }) => list === 'upcoming' && !events.some((event) => event.id === id))
          .map(({ id, title, url }) =>
            film(id, title, list, url && URL.canParse(url, page.finalUrl) ? new URL(url, page.finalUrl).href : null),
          )
        return { ok: true, films: [...listed, ...announced] }
      } catch {
        return { ok: false, reason: 'parse', evidence: [] }
      }
    },
  }
}

const film = (id: string, title: string, list: 'running' | 'upcoming', url: string | null): ListedFilm => ({
  siteMovieId: idOf(id)!,
  title,
  slug: null,
  list,
  language: null,
  releaseDate: null,
  url,
  hints: {},
})
