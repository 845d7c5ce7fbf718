import { decideState } from './initial-state/decide-state.ts'
import { filmsInHead, filmsInLinks, filmsInState } from './initial-state/read-films.ts'
import { EVENT_CODE } from './initial-state/read-show.ts'
import type { FilmList, ListedFilm, ListingSource, SourceOptions } from './listing-source.ts'
import { guarded, unknownObservation } from './reading/decide.ts'
import { assignedJson, parseJson } from './reading/embedded-json.ts'
import { evidenceOf } from './reading/evidence.ts'
import { healthOf } from './reading/page-health.ts'
import { openHtml } from './reading/visible-text.ts'
import { localDateAt } from './reading/zoned-time.ts'

const HTML = { accept: 'text/html,application/xhtml+xml' }
const step = (text: string) => encodeURIComponent(text)
const codeIn = (url: URL) => EVENT_CODE.exec(url.pathname)?.[0] ?? null

/**
 * The BookMyShow family: a page whose whole state stands in `window.__INITIAL_STATE__`, and the pages with data attributes
 * that came before it. Identity is the event code, one for each language and format; further codes that are the same film to
 * a watcher may be given as the hint `eventCodes`, parted by commas.
 */
export function initialStateSource(options: SourceOptions): ListingSource {
  const { baseUrl } = options
  return {
    kind: 'initial-state',
    parserVersion: 2,

    plan(target, now) {
      const zone = options.zone ?? target.city.zone
      // A day that is not open is answered with the nearest one that is, so today asks for any day.
      const day = (target.date ?? localDateAt(now, zone) ?? '').replaceAll('-', '')
      const path = [target.city.slug, target.slug ?? 'film', 'buytickets', target.siteMovieId, ...(day ? [day] : [])]
      const url = `${baseUrl}/movies/${path.map(step).join('/')}`
      return [{ key: 'showtimes', url, method: 'GET', headers: HTML, body: null, expects: 'html' }]
    },

    interpret(target, pages, now) {
      return guarded(target, () => {
        const page = pages.find(({ key }) => key === 'showtimes') ?? pages[0]
        if (!page) return unknownObservation(target.siteMovieId, 'network', [])
        return decideState(options, target, page, now)
      })
    },

    planFilms(city, list) {
      const name = list === 'running' ? 'movies' : 'upcoming-movies'
      const url = `${baseUrl}/explore/${name}-${step(city.slug)}`
      return [{ key: 'films', url, method: 'GET', headers: HTML, body: null, expects: 'html' }]
    },

    readFilms(_city, list, pages): FilmList {
      try {
        const page = pages.find(({ key }) => key === 'films') ?? pages[0]
        if (!page) return { ok: false, reason: 'network', evidence: [] }
        const isJson = /^\s*[{[]/.test(page.body)
        const health = healthOf(page, { expects: isJson ? 'json' : 'html', idIn: codeIn })
        if (!health.ok) return { ok: false, reason: health.reason ?? 'outage', evidence: health.evidence }
        const roots = isJson
          ? [parseJson(page.body)]
          : assignedJson(page.body, '__INITIAL_STATE__').map(({ value }) => value)
        const stored = roots.flatMap((root) => filmsInState(root, baseUrl, list))
        const drawn = () => [
          ...filmsInHead(page.body, baseUrl, list),
          ...filmsInLinks(openHtml(page.body), baseUrl, list),
        ]
        const films = stored.length > 0 || isJson ? stored : drawn()
        if (films.length > 0) return { ok: true, films: firstOfEach(films) }
        return { ok: false, reason: 'parse', evidence: [evidenceOf('films.none', 'veto', 'body', page.body)] }
      } catch {
        return { ok: false, reason: 'parse', evidence: [] }
      }
    },
  }
}

function firstOfEach(films: ListedFilm[]): ListedFilm[] {
  const seen = new Set<string>()
  return films.filter(({ siteMovieId }) => !seen.has(siteMovieId) && seen.add(siteMovieId))
}
