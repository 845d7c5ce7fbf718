import type { Evidence, FetchedPage, ListingTarget, Observation, SourceCity, SourceOptions } from '../listing-source.ts'
import { decide, type PageFacts, type Screening, unhealthyObservation, unknownObservation } from '../reading/decide.ts'
import { assignedJson, parseJson } from '../reading/embedded-json.ts'
import { evidenceOf } from '../reading/evidence.ts'
import { healthOf } from '../reading/page-health.ts'
import { textVetoes } from '../reading/text-vetoes.ts'
import { openHtml, type PageDom } from '../reading/visible-text.ts'
import { instantOf, localDateAt } from '../reading/zoned-time.ts'
import { buttonsOf } from './read-buttons.ts'
import { readPills } from './read-pills.ts'
import { EVENT_CODE, type StateShow } from './read-show.ts'
import { readState, type StateReading } from './read-state.ts'
import { citySlugIn, isDrawnFor, regionFits } from './region.ts'
import { type Asked, screeningOfPill, screeningOfShow } from './screenings.ts'

/** `mine` is null where the page names no film for it. */
type Read = { screening: Screening | null; code: string | null; region: string | null }

/** What the page says of itself in its head. */
function addressOf(dom: PageDom | null, page: FetchedPage, city: SourceCity) {
  const own = [dom?.$('link[rel="canonical"]').attr('href'), dom?.$('meta[property="og:url"]').attr('content')]
  const urls = own.filter((text) => text?.trim() && URL.canParse(text, page.finalUrl))
  const paths = urls.map((text) => new URL(text!, page.finalUrl).pathname)
  const code = paths.map((path) => EVENT_CODE.exec(path)?.[0] ?? null).find((found) => found !== null) ?? null
  const last = URL.canParse(page.finalUrl) ? [new URL(page.finalUrl).pathname] : []
  const slugs = [...paths, ...last].map((path) => citySlugIn(path, city))
  const region = URL.canParse(page.finalUrl) ? new URL(page.finalUrl).searchParams.get('regionCode') : null
  return { code, slug: slugs.find((slug) => slug !== null) ?? region }
}

/** The film of a showing: its own code, else that of the stored request, else that of the page. */
function codeOfShow(show: StateShow, pageCode: string | null): string | null {
  if (show.eventCode) return show.eventCode
  return show.requestCodes.length === 1 ? show.requestCodes[0]! : show.requestCodes.length > 1 ? null : pageCode
}

function stateScreenings(asked: Asked, state: StateReading, pageCode: string | null): Read[] {
  return state.shows.map((show) => {
    const code = codeOfShow(show, pageCode)
    const mine = code !== null && asked.codes.has(code)
    return { screening: mine ? screeningOfShow(asked, show, state, code) : null, code, region: show.region }
  })
}

function merged(states: StateReading[]): StateReading {
  return {
    shows: states.flatMap(({ shows }) => shows),
    strip: new Map(states.flatMap(({ strip }) => [...strip])),
    stripWhere: states.map(({ stripWhere }) => stripWhere).find((where) => where !== '') ?? '',
    listsDays: states.some(({ listsDays }) => listsDays) && !states.some(({ isCinema }) => isCinema),
    isCinema: states.some(({ isCinema }) => isCinema),
    requestCodes: new Set(states.flatMap(({ requestCodes }) => [...requestCodes])),
    regions: new Set(states.flatMap(({ regions }) => [...regions])),
    drawnFor: states.flatMap(({ drawnFor }) => drawnFor),
    answeredAt: states.reduce<number | null>((last, { answeredAt }) => maxOf(last, answeredAt), null),
    films: new Map(states.flatMap(({ films }) => [...films])),
    shut: new Set(states.flatMap(({ shut }) => [...shut])),
    cinemas: new Map(states.flatMap(({ cinemas }) => [...cinemas])),
    lists: states.reduce((sum, { lists }) => sum + lists, 0),
    broken: states.reduce((sum, { broken }) => sum + broken, 0),
  }
}

const maxOf = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.max(a, b))

/** A page that was drawn so long before the look says nothing about now. */
const STALE_AFTER = 12 * 3_600_000
function staleSince(state: StateReading, body: string, now: Date): Evidence | null {
  const clock = /\bcurrentDateTime\s{0,5}=\s{0,5}["']([\dTZ:.+-]{10,40})["']/.exec(body)?.[1]
  const drawn = maxOf(state.answeredAt, instantOf(clock, null)?.getTime() ?? null)
  if (drawn === null || now.getTime() - drawn <= STALE_AFTER) return null
  return evidenceOf('page.stale', 'veto', 'currentDateTime', new Date(drawn).toISOString())
}

type Place = { city: SourceCity; slug: string | null; region: string | null; drawnFor: boolean | null }

/** The region of a stored request is believed first, then that of which the page was drawn, then its address. */
function fits({ city, slug, drawnFor }: Place, region: string | null): boolean | null {
  return region === null && drawnFor !== null ? drawnFor : regionFits(city, region, slug)
}

/** Showings of no known city are of no use; a page without any may leave it open. */
function fitting(mine: Read[], here: Read[], place: Place) {
  if (mine.length === 0) return fits(place, place.region)
  return here.length > 0 && fits(place, here[0]!.region ?? place.region) === true
}

/** One film only in all of the state is the film of the page, where nothing else names one. */
function onlyCode(roots: unknown[]): string | null {
  const all = new Set(roots.flatMap((root) => JSON.stringify(root ?? null).match(/ET\d{6,12}/g) ?? []))
  return all.size === 1 ? [...all][0]! : null
}

/** Names of the page's state; the second is that of a cinema's page until 2022. */
const STATES = ['__INITIAL_STATE__', 'UAPI']

/** From one page of the family to a verdict. */
export function decideState(options: SourceOptions, target: ListingTarget, page: FetchedPage, now: Date): Observation {
  const isJson = /^\s*\{/.test(page.body)
  const health = healthOf(page, {
    expects: isJson ? 'json' : 'html',
    idIn: (url) => EVENT_CODE.exec(url.pathname)?.[0] ?? null,
  })
  if (!health.ok) return unhealthyObservation(target.siteMovieId, health)

  const more = (target.hints.eventCodes ?? '').split(',').map((code) => code.trim())
  const codes = new Set([target.siteMovieId, ...more.filter((code) => /^ET\d{6,12}$/.test(code))])
  const { baseUrl } = options
  const asked: Asked = { target, zone: options.zone ?? target.city.zone, baseUrl, pageUrl: page.finalUrl, codes }
  const roots = isJson
    ? [parseJson(page.body)]
    : STATES.flatMap((name) => assignedJson(page.body, name).map(({ value }) => value))
  const states = roots.map(readState)
  if (states.includes(null)) return unknownObservation(target.siteMovieId, 'parse', [])
  const state = merged(states.filter((one) => one !== null))
  const dom = isJson ? null : openHtml(page.body)
  const address = addressOf(dom, page, target.city)
  const pageCode = address.code ?? onlyCode(roots)

  const { pills, unreadable } = dom ? readPills(dom) : { pills: [], unreadable: 0 }
  const reads: Read[] = [
    ...stateScreenings(asked, state, pageCode),
    ...pills.map((pill): Read => {
      const code = pill.eventCode ?? address.code
      const mine = code !== null && asked.codes.has(code)
      return { screening: mine ? screeningOfPill(asked, pill, code) : null, code, region: null }
    }),
  ]
  const mine = reads.filter(({ code }) => code !== null && asked.codes.has(code))
  const region = [...state.regions].find((one) => regionFits(target.city, one, null) !== true) ?? null
  const drawnFor = isDrawnFor(state.drawnFor, target.city)
  const place: Place = { city: target.city, slug: address.slug, region, drawnFor }
  const here = mine.filter((read) => fits(place, read.region) !== false)
  const named = [...state.requestCodes].some((code) => codes.has(code)) || (pageCode !== null && codes.has(pageCode))
  const others = reads.map(({ code }) => code).find((code) => code !== null && !codes.has(code)) ?? null
  // A page that lists other films or formats only has nothing to say about this one.
  const isMine = mine.length > 0 || (named && others === null)
  const hasState = state.lists > 0 || state.strip.size > 0
  const buttons =
    dom && !hasState && pills.length === 0
      ? buttonsOf(dom, roots, codes, localDateAt(now, asked.zone))
      : { proofs: [], saysNotOpen: [] }

  const screenings = here.map(({ screening }) => screening).filter((screening) => screening !== null)
  const lost = here.length - screenings.length + state.broken + unreadable
  const open = [...state.strip].filter(([, enabled]) => enabled).map(([day]) => day)
  const elsewhere = screenings.filter(({ session }) => target.date !== null && session.localDate !== target.date)
  const facts: PageFacts = {
    served: isMine ? target.siteMovieId : (others ?? pageCode ?? [...state.requestCodes][0] ?? null),
    cityFits: fitting(mine, here, place),
    skeleton: hasState || pills.length > 0 || buttons.proofs.length > 0 || buttons.saysNotOpen.length > 0,
    screenings,
    openDates: state.listsDays ? open : daysOf(screenings),
    listsOpenDates: state.listsDays,
    saysNotOpen: [
      ...(state.listsDays
        ? [evidenceOf('date.strip', 'strong', state.stripWhere, Object.fromEntries(state.strip))]
        : []),
      // Asked for one day, the page answered with another: the asked one is not open. A cinema speaks for itself only.
      ...(!state.isCinema && elsewhere.length > 0 && elsewhere.length === screenings.length
        ? [evidenceOf('date.other-served', 'strong', elsewhere[0]!.evidence.where, elsewhere[0]!.evidence.excerpt)]
        : []),
      ...buttons.saysNotOpen,
    ],
    announcedAt: null,
    announcement: null,
    proofs: dom ? [...buttons.proofs, ...textVetoes(dom)] : buttons.proofs,
    staleSince: staleSince(state, page.body, now),
    shape: [
      ...(hasState ? ['state'] : []),
      ...(state.strip.size > 0 ? ['strip'] : []),
      ...(pills.length > 0 ? ['pills'] : []),
    ],
  }
  const observation = decide(facts, target, now)
  // A showing that cannot be read may be the one that is open.
  if (lost > 0 && (observation.verdict === 'NOT_OPEN' || observation.verdict === 'SOLD_OUT'))
    return unknownObservation(target.siteMovieId, 'parse', observation.evidence, facts.served)
  return observation
}

const daysOf = (screenings: Screening[]) => [
  ...new Set(screenings.filter(({ state }) => state === 'bookable').map(({ session }) => session.localDate)),
]
