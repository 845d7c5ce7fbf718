import { deepEqual, equal, ok } from 'node:assert/strict'
import type { FetchedPage, ListingSource, ListingTarget, Observation } from '../listing-source.ts'
import { cutPoints, fuzzedBytes, fuzzedValues, hostilePages } from './damage.ts'

/** What an adapter's page maker provides: the same film in the states that matter. All pages are whole and healthy. */
export type PageFamily = {
  source: ListingSource
  target: ListingTarget
  now: Date
  /** Bookable on the asked day, with a strong proof. */
  open: FetchedPage[]
  /** Not open on the asked day, and the site says so. */
  notOpen: FetchedPage[]
  /** The open page with no seat left anywhere. */
  soldOut?: FetchedPage[]
  /** The open page served for another day than was asked. */
  shiftedDate?: FetchedPage[]
  /** A page without the structure that every healthy page has. */
  withoutSkeleton: FetchedPage[]
  /** The same page of a film whose id is near, of a sequel say. */
  otherFilm: FetchedPage[]
  /** The same page of the same film in another city. */
  otherCity?: FetchedPage[]
  /** The same id under another title and slug. */
  renamed?: FetchedPage[]
  /** The same state in a zone that is `hours` behind: starts move by as much. */
  movedZone?: { source: ListingSource; target: ListingTarget; pages: FetchedPage[]; hours: number }
}

export type Check = { name: string; check: () => void }

const UNRELATED = `<section class="promo"><h2>Also in cinemas</h2><p>Winter pass, half price.</p><img src="/x.png" alt=""></section>`
const OTHER_JSONLD = `<script type="application/ld+json">${JSON.stringify({
  '@context': 'https://schema.org',
  '@type': 'ScreeningEvent',
  name: 'Somebody Else',
  startDate: '2026-11-28T21:00:00+05:30',
  workPresented: { '@type': 'Movie', name: 'Somebody Else' },
  offers: { '@type': 'Offer', availability: 'https://schema.org/InStock', url: 'https://elsewhere.example/1' },
})}</script>`
const HIDDEN = [
  '<p hidden>Sold out</p>',
  '<p style="display:none">Sold out</p>',
  '<div aria-hidden="true"><p>Sold out</p></div>',
  '<template><p>Sold out</p></template>',
  '<noscript><p>Sold out</p></noscript>',
  '<style>.zq1{display:none}</style><p class="zq1">Sold out</p>',
]

const isHtml = ({ body }: FetchedPage) => /^\s*</.test(body)
const edit = (pages: FetchedPage[], change: (body: string) => string) =>
  pages.map((page) => (isHtml(page) ? { ...page, body: change(page.body) } : page))
const beforeEnd = (markup: string) => (body: string) => {
  const at = body.toLowerCase().lastIndexOf('</body>')
  return at < 0 ? body : `${body.slice(0, at)}${markup}${body.slice(at)}`
}
/** Hashes that a build writes behind class names. */
const otherHashes = (body: string) =>
  body.replace(
    /class="([^"]*)"/g,
    (_, names: string) => `class="${names.replace(/(__)[\w-]{4,6}(?=\s|$)/g, '$1Zz9Qx')}"`,
  )

/** What may not change when nothing that matters changed. */
const essence = ({ verdict, reason, sessions, openDates, contentHash }: Observation) => ({
  verdict,
  reason,
  sessions: sessions.map(({ siteId, startsAt, bookable }) => `${siteId} ${startsAt} ${bookable}`),
  openDates,
  contentHash,
})

/**
 * Checks that hold for every adapter, whatever its site. Each is quick and needs nothing but the pages; run them as tests:
 * `test.each(metamorphic(family))('$name', ({ check }) => expect(check).not.toThrow())`.
 */
export function metamorphic(family: PageFamily): Check[] {
  const { source, target, now } = family
  const read = (pages: FetchedPage[]) => source.interpret(target, pages, now)
  const checks: Check[] = []
  const add = (name: string, check: () => void) => checks.push({ name, check })
  const verdictOf = (name: string, pages: FetchedPage[] | undefined, verdict: string, reason?: string) => {
    if (pages)
      add(name, () => {
        const seen = read(pages)
        equal(`${seen.verdict} ${reason === undefined ? '' : seen.reason}`, `${verdict} ${reason ?? ''}`)
      })
  }
  const same = (name: string, pages: FetchedPage[]) =>
    add(name, () => deepEqual(essence(read(pages)), essence(read(family.open))))

  verdictOf('an open page is OPEN', family.open, 'OPEN')
  verdictOf('a page that says so is NOT_OPEN', family.notOpen, 'NOT_OPEN')
  verdictOf('no seat anywhere is SOLD_OUT', family.soldOut, 'SOLD_OUT')
  verdictOf('another day served is NOT_OPEN for the asked one', family.shiftedDate, 'NOT_OPEN')
  verdictOf('without its skeleton a page is unreadable', family.withoutSkeleton, 'UNKNOWN')
  verdictOf('another film is no answer', family.otherFilm, 'UNKNOWN', 'identity')
  verdictOf('another city is no answer', family.otherCity, 'UNKNOWN', 'identity')
  verdictOf('a renamed film is the same film', family.renamed, 'OPEN')
  verdictOf('no page is no answer', [], 'UNKNOWN')
  add('an open page proves itself', () => {
    const seen = read(family.open)
    ok(seen.evidence.some(({ strength }) => strength === 'strong') || seen.evidence.length > 1)
    for (const { excerpt, hash } of seen.evidence) ok(excerpt.length <= 200 && /^[0-9a-f]{64}$/.test(hash))
    ok(seen.sessions.every((session) => session.siteId !== '' && session.startsAt.endsWith('Z')))
    equal(seen.identity.served, target.siteMovieId)
  })
  add('the look itself changes nothing', () => {
    const later = family.open.map((page) => ({ ...page, fetchedAt: new Date(page.fetchedAt.getTime() + 60_000) }))
    equal(source.interpret(target, later, new Date(now.getTime() + 60_000)).contentHash, read(family.open).contentHash)
  })
  add('once all has begun, nothing is open', () => {
    const seen = source.interpret(target, family.open, new Date(now.getTime() + 40 * 86_400_000))
    ok(seen.verdict !== 'OPEN')
  })
  if (family.open.some(isHtml)) {
    same('unrelated markup changes nothing', edit(family.open, beforeEnd(UNRELATED)))
    same("another film's structured data changes nothing", edit(family.open, beforeEnd(OTHER_JSONLD)))
    same(
      'nor does what is put behind the page',
      edit(family.open, (body) => `${body}${UNRELATED}${OTHER_JSONLD}`),
    )
    same('renamed class hashes change nothing', edit(family.open, otherHashes))
    for (const [i, markup] of HIDDEN.entries())
      same(`hidden words change nothing (${i + 1})`, edit(family.open, beforeEnd(markup)))
    verdictOf(
      'visible words against it are a conflict',
      edit(family.open, beforeEnd('<p>Sold out</p>')),
      'UNKNOWN',
      'conflict',
    )
  }
  const { movedZone } = family
  if (movedZone)
    add('in another zone the starts move and the verdict holds', () => {
      const here = read(family.open)
      const there = movedZone.source.interpret(movedZone.target, movedZone.pages, now)
      equal(there.verdict, here.verdict)
      const starts = ({ sessions }: Observation, hours: number) =>
        sessions.map(({ startsAt }) => new Date(startsAt).getTime() + hours * 3_600_000).sort((a, b) => a - b)
      deepEqual(starts(there, 0), starts(here, movedZone.hours))
    })
  return [...checks, ...damageChecks(family, read)]
}

function damageChecks(family: PageFamily, read: (pages: FetchedPage[]) => Observation): Check[] {
  const swap = (pages: FetchedPage[], i: number, page: FetchedPage) => pages.map((one, k) => (k === i ? page : one))
  const states = [family.open, family.notOpen]
  return [
    {
      name: 'a page cut anywhere is neither open nor not open',
      check: () => {
        for (const pages of states)
          for (const [i, page] of pages.entries())
            for (const cut of cutPoints(page.body)) {
              const whole = page.body.slice(cut).trim() === ''
              const seen = read(swap(pages, i, { ...page, body: page.body.slice(0, cut) }))
              ok(whole || seen.verdict === 'UNKNOWN', `cut at ${cut}: ${seen.verdict}`)
            }
      },
    },
    {
      name: 'a page known to be cut is no answer',
      check: () => {
        for (const pages of states)
          for (const [i, page] of pages.entries())
            equal(read(swap(pages, i, { ...page, truncated: true })).verdict, 'UNKNOWN')
      },
    },
    {
      name: 'blocks, outages and silence are no answer',
      check: () => {
        for (const pages of states)
          for (const [i, page] of pages.entries())
            for (const { name, change, reasons } of hostilePages()) {
              const seen = read(swap(pages, i, { ...page, ...change }))
              equal(seen.verdict, 'UNKNOWN', name)
              ok(seen.reason !== null && reasons.includes(seen.reason), `${name}: ${seen.reason}`)
            }
      },
    },
    {
      name: 'random bytes neither throw nor open',
      check: () => {
        for (const [i, page] of family.notOpen.entries())
          for (const body of fuzzedBytes(page.body, 120))
            ok(read(swap(family.notOpen, i, { ...page, body })).verdict !== 'OPEN')
        for (const [i, page] of family.open.entries())
          for (const body of fuzzedBytes(page.body, 120)) read(swap(family.open, i, { ...page, body }))
      },
    },
    {
      name: 'values of other types, deep and huge ones neither throw nor open',
      check: () => {
        for (const [i, page] of family.notOpen.entries())
          for (const body of fuzzedValues(page.body, 150))
            ok(read(swap(family.notOpen, i, { ...page, body })).verdict !== 'OPEN')
        for (const [i, page] of family.open.entries())
          for (const body of fuzzedValues(page.body, 150)) read(swap(family.open, i, { ...page, body }))
      },
    },
  ]
}
