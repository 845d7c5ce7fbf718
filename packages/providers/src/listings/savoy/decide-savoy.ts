import type {
  Evidence,
  FetchedPage,
  ListedSession,
  ListingTarget,
  Observation,
  SourceOptions,
} from '../listing-source.ts'
import {
  type Bookability,
  decide,
  type Screening,
  unhealthyObservation,
  unknownObservation,
} from '../reading/decide.ts'
import { assignedJson } from '../reading/embedded-json.ts'
import { evidenceOf } from '../reading/evidence.ts'
import { arrayOf, at, idOf, isObject, type JsonObject, objectOf, objectsIn, textOf } from '../reading/json-value.ts'
import { healthOf } from '../reading/page-health.ts'
import { textVetoes } from '../reading/text-vetoes.ts'
import { isElement, openHtml, type PageDom } from '../reading/visible-text.ts'
import { localMoment } from '../reading/zoned-time.ts'

export type SavoyEvent = { id: string; value: JsonObject; performances: unknown[]; path: string }

/** The film's number in an address: `WhatsOn?f=123`, `WhatsOn?Film=123`, `TcsProgramme_123`. */
export function filmIn(url: URL): string | null {
  for (const [name, value] of url.searchParams) {
    if (/^(?:f|film)$/i.test(name) && /^\d+$/.test(value)) return value
  }
  return /TcsProgramme_(\d+)/.exec(url.pathname + url.search)?.[1] ?? null
}

const NAMED: Record<string, string> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', nbsp: ' ' }

/** A title as people read it: it is stored with entities and sometimes tags. */
export const plainText = (value: unknown): string | null =>
  textOf(
    textOf(value)
      ?.replace(/<[^>]*>/g, ' ')
      .replace(/&#(\d{1,6});/g, (all, code) => (Number(code) < 0x110000 ? String.fromCodePoint(Number(code)) : all))
      .replace(/&([a-z]{2,4});/gi, (all, name) => NAMED[name.toLowerCase()] ?? all)
      .replace(/\s+/g, ' '),
  )

/** All films of the programme; null where no whole programme stands on the page. */
export function programmeIn(body: string): SavoyEvent[] | null {
  const roots = ['Events', 'events'].flatMap((name) => assignedJson(body, name))
  let found: SavoyEvent[] | null = null
  for (const { value: root } of roots) {
    const list = Array.isArray(root) ? root : (at(root, 'Events') ?? at(root, 'events'))
    const objects = Array.isArray(list)
      ? list.map((value, i) => ({ value, path: `Events[${i}]` }))
      : (objectsIn(root) ?? []).filter(({ value }) => Array.isArray(value.Performances))
    if (!Array.isArray(list) && objects.length === 0) continue
    found ??= []
    for (const { value, path } of objects) {
      const id = isObject(value) ? idOf(value.ID) : null
      if (id) found.push({ id, value, performances: arrayOf(value.Performances), path })
    }
  }
  return found
}

export type FilmBox = { id: string; title: string; url: string | null; comingSoon: boolean }

/** Boxes that the server draws for each film, announced ones among them. */
export function filmBoxes({ $, isHidden, textIn }: PageDom): FilmBox[] {
  return $('[id^="Film_"]')
    .toArray()
    .filter(isElement)
    .slice(0, 2_000)
    .flatMap((node) => {
      const id = /^Film_(\d+)$/.exec(node.attribs.id ?? '')?.[1]
      if (!id || isHidden(node)) return []
      const heading = $(node).find('.film-title, h1, h2, h3').get(0)
      const title = (heading && textOf(textIn(heading))) ?? textOf($(node).find('img[alt]').attr('alt'))
      const marker = $(node).find('.coming-soon').toArray()
      const url = textOf($(node).find('a[href]').attr('href'))
      return title ? [{ id, title, url, comingSoon: marker.some((one) => !isHidden(one)) }] : []
    })
}

/** Flags are written as booleans, as Y and N and as 1 and 0. Null for anything else. */
function flagOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  const text = String(idOf(value) ?? '').toUpperCase()
  if (text === 'Y' || text === 'YES' || text === 'TRUE' || text === '1') return true
  return text === 'N' || text === 'NO' || text === 'FALSE' || text === '0' ? false : null
}

/** The performance's own flags; those of its sections where it has none. */
function stateOf(performance: JsonObject): Bookability {
  // Sections stand in a list or under their names, at any depth.
  const inside = (objectsIn(performance) ?? []).map(({ value }) => value).filter((value) => value !== performance)
  const sections = inside.filter((value) => 'IsOpenForSale' in value || 'IsSoldOut' in value)
  const soldOut = flagOf(performance.IsSoldOut)
  const open = flagOf(performance.IsOpenForSale)
  const ofSections = sections.map((section) => ({
    open: flagOf(section.IsOpenForSale),
    soldOut: flagOf(section.IsSoldOut),
  }))
  if (soldOut === true) return 'sold-out'
  if (open === false) return 'not-yet'
  const told = ofSections.filter((section) => section.open !== null || section.soldOut !== null)
  if (told.length > 0) {
    if (told.some((section) => section.open !== false && section.soldOut !== true && (section.open ?? open) === true))
      return 'bookable'
    if (told.every((section) => section.soldOut === true)) return 'sold-out'
    if (told.every((section) => section.open === false || section.soldOut === true)) return 'not-yet'
    return 'unclear'
  }
  return open === true ? 'bookable' : 'unclear'
}

/** `1815`, `18:15`, `18:15 with intermission`. */
function clockOf(performance: JsonObject): string | null {
  const digits = /^(\d{1,2})(\d{2})$/.exec(String(idOf(performance.StartTime) ?? ''))
  if (digits) return `${digits[1]}:${digits[2]}`
  for (const value of [performance.StartTime, performance.StartTimeAndNotes]) {
    const text = /^\s*(\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?)(?![\d:])/i.exec(textOf(value) ?? '')?.[1]?.trim()
    if (text) return /m/i.test(text) ? text : text.replace('.', ':')
  }
  return null
}

function bookingUrl(performance: JsonObject, id: string, page: FetchedPage): { url: string | null; isOwn: boolean } {
  const text = textOf(performance.URL)
  if (!text || !URL.canParse(page.finalUrl)) return { url: null, isOwn: false }
  // Addresses are relative to the programme's folder, with or without a page at its end.
  const folder = /\.dll$/i.test(new URL(page.finalUrl).pathname)
    ? `${new URL(page.finalUrl).href.split('?')[0]}/`
    : page.finalUrl
  if (!URL.canParse(text, folder)) return { url: null, isOwn: false }
  const url = new URL(text, folder)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { url: null, isOwn: false }
  return { url: url.href, isOwn: new RegExp(`(?<!\\d)${id}(?!\\d)`).test(url.href) }
}

/** The part of the title that the address repeats: `The Lantern House | WhatsOn` at thelanternhouse.example. */
function titledHouse({ $ }: PageDom, host: string): string | null {
  const label = host
    .replace(/^www\./i, '')
    .split('.')[0]!
    .replaceAll('-', '')
    .toLowerCase()
  const parts = $('title')
    .first()
    .text()
    .split(/[|–—]|\s-\s/)
  return textOf(parts.find((part) => part.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase() === label))
}

export function decideSavoy(options: SourceOptions, target: ListingTarget, page: FetchedPage, now: Date): Observation {
  // The programme of the house has every film, also where the address no longer asks for one.
  const health = healthOf(page, { expects: 'html', idIn: (url) => filmIn(url) ?? target.siteMovieId })
  if (!health.ok) return unhealthyObservation(target.siteMovieId, health)
  const programme = programmeIn(page.body)
  if (!programme)
    return unknownObservation(target.siteMovieId, 'parse', [evidenceOf('programme.none', 'veto', 'Events', page.body)])

  const zone = options.zone ?? target.city.zone
  const mine = programme.filter(({ id }) => id === target.siteMovieId)
  const dom = openHtml(page.body)
  const house =
    textOf(target.hints.cinema) ??
    textOf(dom.$('meta[property="og:site_name"]').attr('content')) ??
    titledHouse(dom, new URL(page.finalUrl).host) ??
    new URL(page.finalUrl).host
  const box = filmBoxes(dom).find(({ id }) => id === target.siteMovieId) ?? null
  const screenings: Screening[] = []
  let lost = 0
  for (const { performances, path, value } of mine) {
    // A film without a list of performances is half a film.
    if (!Array.isArray(value.Performances)) lost++
    for (const [index, item] of performances.entries()) {
      const performance = objectOf(item)
      const id = idOf(performance.ID)
      const day = /^\d{4}-\d{2}-\d{2}/.exec(textOf(performance.StartDate) ?? '')?.[0] ?? null
      const start = day ? localMoment(day, clockOf(performance), zone) : null
      if (!id || !day || !start) {
        lost++
        continue
      }
      const state = stateOf(performance)
      const { url } = bookingUrl(performance, id, page)
      const session: ListedSession = {
        siteId: id,
        cinema: {
          siteId: null,
          name: textOf(performance.CinemaName) ?? house,
        },
        startsAt: start.toISOString(),
        zone,
        localDate: day,
        format:
          arrayOf(value.Tags)
            .map((tag) => textOf(at(tag, 'Format')))
            .find((text) => text !== null) ?? null,
        language: textOf(value.Language),
        bookable: state === 'bookable',
        seatsLeft: null,
        url,
      }
      const evidence = evidenceOf(`performance.${state}`, 'strong', `${path}.Performances[${index}]`, performance)
      screenings.push({ session, state, closesAt: null, evidence })
    }
  }

  const named = mine.length > 0 || box !== null
  const canonical = URL.canParse(page.finalUrl) ? filmIn(new URL(page.finalUrl)) : null
  const saysNotOpen: Evidence[] = []
  // The programme was read to its end and has no performance on the asked day.
  if (mine.length > 0 && lost === 0)
    saysNotOpen.push(evidenceOf('performances.read', 'strong', `${mine[0]!.path}.Performances`, mine[0]!.value))
  if (box && mine.length === 0 && programme.some(({ performances }) => performances.length > 0))
    saysNotOpen.push(evidenceOf('film.announced', 'strong', `#Film_${box.id}`, box.title))
  const days = screenings.filter(({ state }) => state === 'bookable').map(({ session }) => session.localDate)
  const observation = decide(
    {
      served: named ? target.siteMovieId : canonical === target.siteMovieId ? null : canonical,
      cityFits: null,
      skeleton: programme.length > 0,
      screenings,
      openDates: [...new Set(days)],
      listsOpenDates: false,
      saysNotOpen,
      announcedAt: null,
      announcement: null,
      // Words on the programme of a whole house may be about any of its films.
      proofs: canonical === target.siteMovieId ? textVetoes(dom) : [],
      staleSince: null,
      shape: ['Events', ...(box ? ['Film_'] : [])],
    },
    target,
    now,
  )
  if (lost > 0 && (observation.verdict === 'NOT_OPEN' || observation.verdict === 'SOLD_OUT'))
    return unknownObservation(target.siteMovieId, 'parse', observation.evidence, target.siteMovieId)
  return observation
}
