import type {
  FetchedPage,
  FetchPlan,
  FilmList,
  ListingSource,
  ListingTarget,
  ListName,
  Observation,
  SourceOptions,
} from './listing-source.ts'
import { nextDataSource } from './next-data.ts'
import { decide, guarded, type PageFacts, unhealthyObservation, unknownObservation } from './reading/decide.ts'
import { healthOf } from './reading/page-health.ts'
import { slugOf } from './reading/slug.ts'
import { openHtml } from './reading/visible-text.ts'
import { askForDay, filmIdOf } from './ticketnew-classic/addresses.ts'
import { filmsOn } from './ticketnew-classic/film-list.ts'
import { cityFits, headingOf, servedFilm } from './ticketnew-classic/identity.ts'
import { sessionsOn } from './ticketnew-classic/sessions.ts'
import { signalsOn } from './ticketnew-classic/signals.ts'

const HTML = { accept: 'text/html,application/xhtml+xml' }

function factsOf(page: FetchedPage, target: ListingTarget, zone: string): PageFacts {
  const dom = openHtml(page.body)
  const signals = signalsOn(dom, page, target)
  const onSale = signals.showlisting !== null && signals.days.length > 0
  const { screenings, unreadable } = sessionsOn({ dom, page, target, zone, shownDay: signals.shownDay, onSale })
  const { id, sure } = servedFilm(dom, page, target)
  const city = cityFits(dom, page, target)
  const speaksOfShows = screenings.length > 0 || signals.days.length > 0 || signals.showlisting !== null
  return {
    // An id that is only in the address, and a page without a city, suffice to deny and never to affirm.
    served: speaksOfShows && !sure && id === target.siteMovieId ? null : id,
    cityFits: city === null && speaksOfShows ? false : city,
    skeleton:
      headingOf(dom) !== '' &&
      (signals.hasTabs || speaksOfShows || signals.theatres > 0 || signals.saysNotOpen.length > 0) &&
      (unreadable === 0 || screenings.length > 0),
    screenings,
    openDates: signals.days,
    listsOpenDates: signals.days.length > 0 && signals.daysAreWhole,
    saysNotOpen: signals.saysNotOpen,
    announcedAt: null,
    announcement: null,
    proofs: signals.proofs,
    staleSince: null,
    shape: [
      'html',
      signals.hasTabs ? 'tabs' : 'no tabs',
      ...['main', 'header', 'footer', 'nav', '#__next', '#__NEXT_DATA__', '.tn-entity', '.theater-name'].filter(
        (selector) => dom.$(selector).length > 0 && !selector.startsWith('.t'),
      ),
    ],
  }
}

/**
 * Reads film pages from their markup: the "Showlisting" link, links to days and to seats, times with the session in their
 * attributes. Where the page carries its state as well, that is asked first.
 */
export function ticketnewClassicSource(options: SourceOptions): ListingSource {
  const state = nextDataSource(options)
  const plan = (key: string, url: string): FetchPlan[] => [
    { key, url, method: 'GET', headers: HTML, body: null, expects: 'html' },
  ]
  const addressOf = (target: ListingTarget) => {
    const slug = target.slug ?? slugOf(target.title)
    const url = new URL(
      target.hints.path ?? `/movies/${slug}-movie-detail-${target.siteMovieId}`,
      `${options.baseUrl}/`,
    )
    if (target.hints.frmtid) url.searchParams.set('frmtid', target.hints.frmtid)
    if (target.date) askForDay(url, target.date)
    return url.href
  }

  const fromMarkup = (page: FetchedPage, target: ListingTarget, now: Date) =>
    decide(factsOf(page, target, options.zone ?? target.city.zone), target, now)

  /** A state that knows no session and denies all the same is no match for seats that people can choose. */
  function contradicted(read: Observation, page: FetchedPage, target: ListingTarget, now: Date): Observation {
    if (read.verdict !== 'NOT_OPEN' || read.sessions.length > 0 || read.openDates.length > 0) return read
    const drawn = fromMarkup(page, target, now)
    if (drawn.verdict !== 'OPEN') return read
    const evidence = [...drawn.evidence, ...read.evidence].slice(0, 12)
    return { ...drawn, verdict: 'UNKNOWN', reason: 'conflict', evidence }
  }

  function interpret(target: ListingTarget, pages: FetchedPage[], now: Date): Observation {
    const asked = target.siteMovieId
    const page = pages.find(({ key }) => key === 'film') ?? pages[0]
    if (!page) return unknownObservation(asked, 'network', [])
    const health = healthOf(page, { expects: 'html', idIn: filmIdOf })
    if (!health.ok) return unhealthyObservation(asked, health)
    if (/__NEXT_DATA__/.test(page.body)) {
      const read = state.interpret(target, [page], now)
      const another = read.identity.served !== null && read.identity.served !== asked
      if (another || (read.reason !== 'parse' && read.reason !== 'identity'))
        return contradicted(read, page, target, now)
    }
    return fromMarkup(page, target, now)
  }

  function readFilms(list: ListName, pages: FetchedPage[]): FilmList {
    const page = pages[0]
    if (!page) return { ok: false, reason: 'network', evidence: [] }
    const health = healthOf(page, { expects: 'html' })
    return health.ok ? filmsOn(page, list) : { ok: false, reason: health.reason ?? 'outage', evidence: health.evidence }
  }

  return {
    kind: 'ticketnew-classic',
    parserVersion: 2,
    plan: (target) => plan('film', addressOf(target)),
    interpret: (target, pages, now) => guarded(target, () => interpret(target, pages, now)),
    planFilms: ({ slug }, list) =>
      plan(
        list,
        list === 'running'
          ? `${options.baseUrl}/movies/${slug}`
          : `${options.baseUrl}/movies/upcoming-movies?city=${encodeURIComponent(slug)}`,
      ),
    readFilms(_city, list, pages) {
      try {
        return readFilms(list, pages)
      } catch {
        return { ok: false, reason: 'parse', evidence: [] }
      }
    },
  }
}
