import type {
  FetchedPage,
  ListedSession,
  ListingTarget,
  Observation,
  SourceCity,
  SourceOptions,
} from '../listing-source.ts'
import {
  type Bookability,
  decide,
  type PageFacts,
  type Screening,
  unhealthyObservation,
  unknownObservation,
} from '../reading/decide.ts'
import { assignedJson, parseJson } from '../reading/embedded-json.ts'
import { evidenceOf } from '../reading/evidence.ts'
import { arrayOf, numberOf, objectOf } from '../reading/json-value.ts'
import { healthOf } from '../reading/page-health.ts'
import { textVetoes } from '../reading/text-vetoes.ts'
import { openHtml, type PageDom } from '../reading/visible-text.ts'
import { epochOf, localDateAt, localMoment } from '../reading/zoned-time.ts'
import { buttonsOf } from './read-buttons.ts'
import { clockOf, dayOfPill, type Pill, readPills } from './read-pills.ts'
import { EVENT_CODE, readState, type StateReading, type StateShow } from './read-state.ts'
import { citySlugIn, regionFits } from './region.ts'

type Asked = { target: ListingTarget; zone: string; baseUrl: string; codes: Set<string>; now: Date }
/** `mine` is null where the page names no film for it. */
type Read = { screening: Screening | null; code: string | null; region: string | null }

const two = (n: number) => String(n).padStart(2, '0')

/** `202607280655`, local. */
const stampOf = (value: unknown, zone: string): Date | null => {
  const match =
    typeof value === 'string' || typeof value === 'number' ? /^(\d{8})(\d{2})(\d{2})$/.exec(String(value)) : null
  return match ? localMoment(match[1], `${match[2]}:${match[3]}`, zone) : null
}

/** Sold out when its own number says so, or the number of every one of its categories. */
function stateOf(show: StateShow): Bookability {
  const categories = arrayOf(objectOf(objectOf(show.piece).additionalData).categories).map((category) =>
    numberOf(objectOf(category).availStatus),
  )
  if (show.planned) return 'not-yet'
  if (show.availStatus === 0) return 'sold-out'
  if (show.availStatus === null || ![1, 2, 3].includes(show.availStatus)) return 'unclear'
  return categories.length > 0 && categories.every((number) => number === 0) ? 'sold-out' : 'bookable'
}

function sessionOf(
  asked: Asked,
  own: { id: string; code: string; venue: string | null; name: string | null; day: string | null; time: unknown },
  more: { format: string | null; language: string | null; bookable: boolean; href: string | null },
): ListedSession | null {
  const clock = clockOf(own.time)
  const start = own.day && clock ? localMoment(own.day, `${two(clock.hour)}:${two(clock.minute)}`, asked.zone) : null
  if (!start || !own.day || !(own.venue ?? own.name)) return null
  const path = [own.venue, own.code, own.id].filter((text) => text !== null).map(encodeURIComponent)
  return {
    siteId: own.id,
    cinema: { siteId: own.venue, name: own.name ?? own.venue! },
    startsAt: start.toISOString(),
    zone: asked.zone,
    localDate: own.day,
    format: more.format,
    language: more.language,
    bookable: more.bookable,
    seatsLeft: null,
    url: more.href ?? `${asked.baseUrl}/booktickets/${path.join('/')}`,
  }
}

function readShow(asked: Asked, show: StateShow, strip: Map<string, boolean>, code: string): Screening | null {
  const listed = stateOf(show)
  const state: Bookability = show.date && strip.get(show.date) === false ? 'closed' : listed
  const own = { id: show.sessionId, code, venue: show.venueCode, name: show.venueName, day: show.date, time: show.time }
  const session = sessionOf(asked, own, { ...show, bookable: state === 'bookable', href: null })
  if (!session) return null
  const rule = state === 'closed' ? 'date.disabled' : `session.${state}`
  return {
    session,
    state,
    closesAt:
      show.cutOffs.map((value) => epochOf(value) ?? stampOf(value, asked.zone)).find((moment) => moment !== null) ??
      null,
    evidence: evidenceOf(rule, 'strong', show.where, show.piece),
  }
}

function readPill(asked: Asked, pill: Pill, code: string): Screening | null {
  const { state } = pill
  const day = dayOfPill(pill)
  const href = pill.href && URL.canParse(pill.href, asked.baseUrl) ? new URL(pill.href, asked.baseUrl).href : null
  const time = `${two(pill.time.hour)}:${two(pill.time.minute)}`
  const own = { id: pill.sessionId, code, venue: pill.venueCode, name: pill.venueName, day, time }
  const session = sessionOf(asked, own, { format: pill.format, language: null, bookable: state === 'bookable', href })
  if (!session) return null
  const evidence = evidenceOf(`session.${state}`, 'strong', pill.where, pill.piece)
  return { session, state, closesAt: stampOf(pill.cutOff, asked.zone), evidence }
}

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
    return { screening: mine ? readShow(asked, show, state.strip, code) : null, code, region: show.region }
  })
}

function merged(states: StateReading[]): StateReading {
  return {
    shows: states.flatMap(({ shows }) => shows),
    strip: new Map(states.flatMap(({ strip }) => [...strip])),
    stripWhere: states.map(({ stripWhere }) => stripWhere).find((where) => where !== '') ?? '',
    requestCodes: new Set(states.flatMap(({ requestCodes }) => [...requestCodes])),
    regions: new Set(states.flatMap(({ regions }) => [...regions])),
    lists: states.reduce((sum, { lists }) => sum + lists, 0),
    broken: states.reduce((sum, { broken }) => sum + broken, 0),
  }
}

/** Showings of no known city are of no use; a page without any may leave it open. */
function fitting(mine: Read[], here: Read[], target: ListingTarget, slug: string | null, region: string | null) {
  if (mine.length === 0) return regionFits(target.city, region, slug)
  return here.length > 0 && regionFits(target.city, here[0]!.region ?? region, slug) === true
}

/** One film only in all of the state is the film of the page, where nothing else names one. */
function onlyCode(roots: unknown[]): string | null {
  const all = new Set(roots.flatMap((root) => JSON.stringify(root ?? null).match(/ET\d{6,12}/g) ?? []))
  return all.size === 1 ? [...all][0]! : null
}

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
  const asked: Asked = { target, zone: options.zone ?? target.city.zone, baseUrl: options.baseUrl, codes, now }
  const roots = isJson ? [parseJson(page.body)] : assignedJson(page.body, '__INITIAL_STATE__').map(({ value }) => value)
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
      return { screening: mine ? readPill(asked, pill, code) : null, code, region: null }
    }),
  ]
  const mine = reads.filter(({ code }) => code !== null && asked.codes.has(code))
  const here = mine.filter(({ region }) => regionFits(target.city, region, address.slug) !== false)
  const named = [...state.requestCodes].some((code) => codes.has(code)) || (pageCode !== null && codes.has(pageCode))
  const others = reads.map(({ code }) => code).find((code) => code !== null && !codes.has(code)) ?? null
  // A page that lists other films or formats only has nothing to say about this one.
  const isMine = mine.length > 0 || (named && others === null)
  const region = [...state.regions].find((one) => regionFits(target.city, one, null) !== true) ?? null
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
    cityFits: fitting(mine, here, target, address.slug, region),
    skeleton: hasState || pills.length > 0 || buttons.proofs.length > 0 || buttons.saysNotOpen.length > 0,
    screenings,
    openDates: state.strip.size > 0 ? open : daysOf(screenings),
    listsOpenDates: state.strip.size > 0,
    saysNotOpen: [
      ...(state.strip.size > 0
        ? [evidenceOf('date.strip', 'strong', state.stripWhere, Object.fromEntries(state.strip))]
        : []),
      // Asked for one day, the page answered with another: the asked one is not open.
      ...(elsewhere.length > 0 && elsewhere.length === screenings.length
        ? [evidenceOf('date.other-served', 'strong', elsewhere[0]!.evidence.where, elsewhere[0]!.evidence.excerpt)]
        : []),
      ...buttons.saysNotOpen,
    ],
    announcedAt: null,
    announcement: null,
    proofs: dom ? [...buttons.proofs, ...textVetoes(dom)] : buttons.proofs,
    staleSince: null,
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
