import type {
  FetchedPage,
  FetchPlan,
  FilmList,
  ListingSource,
  ListingTarget,
  ListName,
  Observation,
  SourceCity,
  SourceOptions,
} from './listing-source.ts'
import { filmsOn } from './next-data/film-list.ts'
import { bareId, cityFits, filmIdIn, pageKind, servedFilm } from './next-data/identity.ts'
import { comingSoon, failedLoading, saleStart, staleSince } from './next-data/markers.ts'
import { openDatesOf } from './next-data/open-dates.ts'
import { type PageState, pageStateOf } from './next-data/page-state.ts'
import { type Block, blockKind, blocksIn, languagesOf, sessionsOf } from './next-data/sessions.ts'
import {
  decide,
  guarded,
  type PageFacts,
  type Proof,
  unhealthyObservation,
  unknownObservation,
} from './reading/decide.ts'
import { evidenceOf } from './reading/evidence.ts'
import { at, objectOf, objectsIn, textOf } from './reading/json-value.ts'
import { healthOf } from './reading/page-health.ts'
import { slugOf } from './reading/slug.ts'
import { soldOutTexts } from './reading/sold-out-text.ts'
import { openHtml } from './reading/visible-text.ts'
import { localDateAt } from './reading/zoned-time.ts'

const HTML = { accept: 'text/html,application/xhtml+xml' }

/** Names of maps and lists at the places that every page has, open or not. */
function shapeOf({ root, props, where }: PageState): string[] {
  const places: [string, unknown][] = [
    ['root', root],
    ['props', props],
    ['data', at(props, 'data')],
    ['initialState', at(props, 'initialState')],
    ['initialState.movies', at(props, 'initialState', 'movies')],
  ]
  const names = places.flatMap(([place, value]) => Object.keys(objectOf(value)).map((key) => `${place}.${key}`))
  // Keys with digits are ids and dates.
  return [where, ...names.filter((name) => !/\d/.test(name)).slice(0, 300)]
}

/** The structure of a page that can speak about sessions: a film's own data with its days, or a block of sessions. */
function hasSkeleton(state: PageState, blocks: Block[], listsDates: boolean, isComing: boolean): boolean {
  if (blocks.length > 0 || listsDates) return true
  const { props } = state
  return (
    textOf(at(props, 'type')) !== null &&
    (isComing ||
      typeof (at(props, 'data', 'movieData', 'meta', 'movie') ?? at(props, 'data', 'movieData')) === 'object')
  )
}

function vetoesOf(body: string, title: string): Proof[] {
  if (/^\s*[{[]/.test(body)) return []
  return soldOutTexts(openHtml(body), title).map(({ kind, text, where }) => ({
    ...evidenceOf(`text.${kind}`, 'veto', where, text),
    place: 'text',
    date: null,
  }))
}

function factsOf(state: PageState, page: FetchedPage, target: ListingTarget, options: SourceOptions, now: Date) {
  const objects = objectsIn(state.props)
  if (objects === null) return null
  const kind = pageKind(state)
  const all = blocksIn(objects)
  const zone = options.zone ?? target.city.zone
  const pageFilm = servedFilm(state, all, target)
  const languages = languagesOf(objects, target)
  const read = all.map((block) =>
    sessionsOf(block, {
      target,
      languages,
      pageIsOfFilm: pageFilm === target.siteMovieId,
      kind: blockKind(block, kind),
      zone,
      baseUrl: options.baseUrl,
      pageUrl: page.finalUrl,
    }),
  )
  const screenings = read.flatMap((one) => one.screenings)
  const unreadable = read.reduce((sum, one) => sum + one.unreadable, 0)
  const own = all.filter((block) => blockKind(block, kind) === 'film')
  const dates = openDatesOf(state, objects, own, target)
  // A cinema's page and a bare answer name no film of their own: there the film is that of sessions that carry its id.
  const served = pageFilm === null && screenings.length > 0 ? target.siteMovieId : pageFilm
  const sale = saleStart(objects, all, target)
  const coming = comingSoon(objects, all, target)
  const saysNotOpen = [
    ...(dates.listed && dates.days.length === 0 && screenings.length === 0
      ? [evidenceOf('dates.none', 'weak', dates.where ?? 'showDates', '[]')]
      : []),
    ...(dates.listed && target.date !== null && dates.days.length > 0 && !dates.days.includes(target.date)
      ? [evidenceOf('dates.other', 'weak', dates.where ?? 'showDates', dates.days)]
      : []),
    ...coming,
  ]
  const city = cityFits(state, all, target, page.finalUrl)
  const today = localDateAt(now, zone) ?? ''
  const ahead = dates.days.filter((day) => day >= today)
  const proofs: Proof[] = ahead.slice(0, 60).map((day) => ({
    ...evidenceOf('dates.open', 'weak', dates.where ?? 'showDates', day),
    place: 'dates',
    date: day,
  }))
  const facts: PageFacts = {
    served,
    // A page without any city may say that a film is sold nowhere; whatever it says of sessions is of no known city.
    cityFits: city === null && (screenings.length > 0 || dates.days.length > 0) ? false : city,
    skeleton: hasSkeleton(state, all, dates.listed, coming.length > 0) && (unreadable === 0 || screenings.length > 0),
    screenings,
    openDates: dates.days,
    listsOpenDates: dates.listed,
    saysNotOpen,
    announcedAt: sale?.at ?? null,
    announcement: sale?.evidence ?? null,
    proofs: [...proofs, ...vetoesOf(page.body, target.title)],
    staleSince: staleSince(state, all, now),
    shape: shapeOf(state),
  }
  return facts
}

/**
 * Reads pages that were drawn from a state they carry along, as JSON in a script or as the answer itself: a film in a city with
 * its sessions, a cinema with its films, lists of films. Times in it are UTC.
 */
export function nextDataSource(options: SourceOptions): ListingSource {
  const addressOf = (target: ListingTarget) => {
    const slug = target.slug ?? slugOf(target.title)
    const path =
      target.hints.path ?? `/movies/${slug}-movie-tickets-in-${target.city.slug}-MV${bareId(target.siteMovieId)}`
    const url = new URL(path, `${options.baseUrl}/`)
    if (target.hints.frmtid) url.searchParams.set('frmtid', target.hints.frmtid)
    if (target.date) url.searchParams.set('fromdate', target.date)
    return url.href
  }
  const plan = (key: string, url: string): FetchPlan[] => [
    { key, url, method: 'GET', headers: HTML, body: null, expects: 'html' },
  ]
  const expectsOf = (page: FetchedPage) => (/^\s*[{[]/.test(page.body) ? 'json' : 'html')

  function interpret(target: ListingTarget, pages: FetchedPage[], now: Date): Observation {
    const asked = target.siteMovieId
    const page = pages.find(({ key }) => key === 'film') ?? pages[0]
    if (!page) return unknownObservation(asked, 'network', [])
    const health = healthOf(page, { expects: expectsOf(page), idIn: filmIdIn })
    if (!health.ok) return unhealthyObservation(asked, health)
    const read = pageStateOf(page)
    if ('reason' in read) return unknownObservation(asked, read.reason, read.evidence)
    const facts = factsOf(read.state, page, target, options, now)
    if (facts === null) return unknownObservation(asked, 'parse', [])
    const failed = failedLoading(read.state)
    // Without sessions and without days it is not the film that has none.
    if (failed && facts.screenings.length === 0 && !facts.listsOpenDates)
      return unknownObservation(asked, 'outage', [failed], facts.served)
    return decide(facts, target, now)
  }

  function readFilms(city: SourceCity, list: ListName, pages: FetchedPage[], now: Date): FilmList {
    const page = pages[0]
    if (!page) return { ok: false, reason: 'network', evidence: [] }
    const health = healthOf(page, { expects: expectsOf(page) })
    if (!health.ok) return { ok: false, reason: health.reason ?? 'outage', evidence: health.evidence }
    const read = pageStateOf(page)
    if ('reason' in read) return { ok: false, reason: read.reason, evidence: read.evidence }
    return filmsOn(page, read.state, city, list, now)
  }

  return {
    kind: 'next-data',
    parserVersion: 2,
    plan: (target) => plan('film', addressOf(target)),
    interpret: (target, pages, now) => guarded(target, () => interpret(target, pages, now)),
    planFilms: (city, list) =>
      plan(
        list,
        `${options.baseUrl}/movies/${list === 'running' ? `${city.slug}-movie-tickets` : `upcoming-movies-in-${city.slug}`}`,
      ),
    readFilms(city, list, pages, now) {
      try {
        return readFilms(city, list, pages, now)
      } catch {
        return { ok: false, reason: 'parse', evidence: [] }
      }
    },
  }
}
