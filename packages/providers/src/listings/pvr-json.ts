import type {
  FetchPlan,
  FilmList,
  ListedFilm,
  ListingSource,
  ListName,
  SourceCity,
  SourceOptions,
} from './listing-source.ts'
import { decidePvr, isGuarded } from './pvr-json/decide-pvr.ts'
import { guarded, unknownObservation } from './reading/decide.ts'
import { parseJson } from './reading/embedded-json.ts'
import { evidenceOf } from './reading/evidence.ts'
import { arrayOf, at, idOf, objectOf, textOf } from './reading/json-value.ts'
import { healthOf } from './reading/page-health.ts'
import { slugOf } from './reading/slug.ts'
import { dateOf } from './reading/zoned-time.ts'

const API = '/api/v1/booking/content'
/** Release days of films without one stand decades away. */
const FARTHEST_YEAR = 10

function post(options: SourceOptions, key: string, path: string, city: SourceCity, body: object): FetchPlan {
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    chain: 'PVR',
    city: city.slug,
    country: 'INDIA',
    appversion: '1.0',
    platform: 'WEBSITE',
  }
  const url = `${options.baseUrl}${API}/${path}`
  return { key, url, method: 'POST', headers, body: JSON.stringify(body), expects: 'json' }
}

/** Both lists stand in one answer as `ns` and `cs`, or each in its own as `mv` and `movies`. */
const filmsIn = (output: unknown): Record<ListName, unknown[] | null> => {
  const listIn = (...keys: string[]) => {
    const found = keys.map((key) => at(output, key)).find(Array.isArray)
    return found ? arrayOf(found) : null
  }
  return { running: listIn('ns', 'mv'), upcoming: listIn('cs', 'movies') }
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `Nov 28, 2026` is written as well as `2026-11-28`. */
function dayOf(value: unknown): string | null {
  const written = /^([A-Za-z]{3})[a-z]* (\d{1,2}), (\d{4})$/.exec(textOf(value) ?? '')
  if (!written) return dateOf(value)
  const month = MONTHS.indexOf(written[1]!.toLowerCase()) + 1
  return month > 0 ? dateOf(`${written[3]}-${String(month).padStart(2, '0')}-${written[2]!.padStart(2, '0')}`) : null
}

function filmsOf(options: SourceOptions, output: unknown, list: ListName, city: SourceCity, now: Date): ListedFilm[] {
  return (filmsIn(output)[list] ?? []).flatMap((value) => {
    const film = objectOf(value)
    const id = idOf(film.id)
    const title = textOf(film.n) ?? textOf(film.filmCommonName)
    if (!id || !title) return []
    const slug = slugOf(title)
    const day = dayOf(film.releaseDate ?? film.openingDate)
    const isReal = day !== null && Number(day.slice(0, 4)) <= now.getUTCFullYear() + FARTHEST_YEAR
    return [
      {
        siteMovieId: id,
        title,
        slug,
        list,
        language: textOf(film.otherlanguages),
        releaseDate: isReal ? day : null,
        url: `${siteOf(options)}/moviesessions/${encodeURIComponent(city.slug)}/${encodeURIComponent(slug)}/${id}`,
        hints: { list },
      },
    ]
  })
}

/** People are sent to the site, not to its interface. */
const siteOf = ({ baseUrl }: SourceOptions) => baseUrl.replace(/\/\/api\d*\./, '//www.')

/**
 * PVR INOX: answers of the interface behind its page. What the status of a showing means: `pvr-json/show-state.ts`. Times are
 * the clock on the cinema's wall.
 */
export function pvrJsonSource(options: SourceOptions): ListingSource {
  return {
    kind: 'pvr-json',
    parserVersion: 2,

    plan(target) {
      const { city, hints } = target
      const sessions = post(options, 'sessions', 'msessions', city, {
        city: city.slug,
        mid: target.siteMovieId,
        experience: 'ALL',
        specialTag: 'ALL',
        lat: hints.lat ?? '0.00',
        lng: hints.lng ?? '0.00',
        lang: hints.lang ?? 'ALL',
        format: hints.format ?? 'ALL',
        dated: target.date ?? 'NA',
        time: '00:00-23:59',
        cinetype: 'ALL',
        hc: 'ALL',
        adFree: false,
        bbt: false,
      })
      // Of a film that has no showings yet the first answer says nothing at all; the list of coming films names it.
      return hints.list === 'upcoming' ? [sessions, listPlan(options, city)] : [sessions]
    },

    interpret(target, pages, now) {
      return guarded(target, () => {
        const list = pages.find(({ key }) => key === 'films') ?? null
        const page = pages.find(({ key }) => key === 'sessions') ?? pages.find((one) => one !== list)
        if (!page) return unknownObservation(target.siteMovieId, 'network', [])
        return decidePvr(options, siteOf(options), target, page, list, now)
      })
    },

    planFilms(city) {
      return [listPlan(options, city)]
    },

    readFilms(city, list, pages, now): FilmList {
      try {
        const page = pages.find(({ key }) => key === 'films') ?? pages[0]
        if (!page) return { ok: false, reason: 'network', evidence: [] }
        const health = healthOf(page, { expects: 'json' })
        if (!health.ok) return { ok: false, reason: health.reason ?? 'outage', evidence: health.evidence }
        const answer = parseJson(page.body)
        const output = at(answer, 'output')
        const evidence = [evidenceOf('films.none', 'veto', 'output', page.body)]
        if (isGuarded(answer)) return { ok: false, reason: 'blocked', evidence }
        const lists = filmsIn(output)
        // Nothing runs and nothing comes: that is a broken answer, not an empty city.
        const asked = lists[list]
        if (asked === null || [...(lists.running ?? []), ...(lists.upcoming ?? [])].length === 0)
          return { ok: false, reason: 'parse', evidence }
        return { ok: true, films: filmsOf(options, output, list, city, now) }
      } catch {
        return { ok: false, reason: 'parse', evidence: [] }
      }
    },
  }
}

const listPlan = (options: SourceOptions, city: SourceCity) =>
  post(options, 'films', 'search', city, { city: city.slug, lat: '0.00', lng: '0.00', type: 'HOME' })
