import { describe, expect, test } from 'vitest'
import { initialStateSource } from '../initial-state.ts'
import { jsonldSource } from '../jsonld.ts'
import type { ListingSource, ListingTarget, Observation } from '../listing-source.ts'
import { nextDataSource } from '../next-data.ts'
import { pvrJsonSource } from '../pvr-json.ts'
import { savoySource } from '../savoy.ts'
import { ticketnewClassicSource } from '../ticketnew-classic.ts'
import type { CinemaSite, Doing } from './cinema-site.ts'
import { FAULTS, type Fault } from './faults.ts'
import { fetchFromSite, lookAt, sourceCityOf, targetOf } from './read-skin.ts'
import type { SkinName } from './site-types.ts'
import { filmRequest, testSite } from './test-site.ts'

// The pages here were made from what is known of such sites, and the adapters too, each without the other.

const OPTIONS = { baseUrl: 'https://lantern.example', zone: null }
const SOURCES: [SkinName, ListingSource][] = [
  ['ticketnew-classic', ticketnewClassicSource(OPTIONS)],
  ['next-data', nextDataSource(OPTIONS)],
  ['initial-state', initialStateSource(OPTIONS)],
  ['pvr-json', pvrJsonSource(OPTIONS)],
  ['jsonld', jsonldSource(OPTIONS)],
  ['jsonld-bare', jsonldSource(OPTIONS)],
  ['savoy', savoySource(OPTIONS)],
]
const DAYS = ['2026-12-04', '2026-12-05']
const HOUR = 3_600_000

/** As the site's own list would have given it. */
function target(site: CinemaSite, film: string, more: Partial<ListingTarget> = {}): ListingTarget {
  const { slug } = site.films.find(({ id }) => id === film)!
  const onPage = site.skin.startsWith('jsonld') || site.skin === 'plain-rtl'
  return targetOf(site, film, 'hyderabad', {
    hints: onPage ? { url: `${site.baseUrl}${filmRequest(site.skin, film, slug)[0]}` } : {},
    ...more,
  })
}

function play(skin: SkinName, source: ListingSource, ...doings: ((film: string, at: number) => Doing)[]) {
  const { site, clock, leo, films } = testSite(skin)
  for (const doing of doings) site.act(doing(leo, clock.at.getTime()))
  clock.at = new Date(clock.at.getTime() + 20 * 60_000)
  const look = (more: Partial<ListingTarget> = {}, film = leo): Observation =>
    lookAt(site, source, target(site, film, more), clock.at)
  return { site, clock, leo, films, look }
}
const open = (film: string): Doing => ({ kind: 'open', film, city: 'hyderabad', dates: DAYS })
const simple =
  (kind: 'sell-out' | 'reopen' | 'close' | 'remove') =>
  (film: string): Doing => ({ kind, film, city: 'hyderabad' })

/** What they all come to: the transport, or the whole page, is broken. */
const BLINDING = new Set<Fault>([
  'error',
  'maintenance',
  'challenge',
  'too-many',
  'home-redirect',
  'slow',
  'cut-wire',
  'cut-page',
  'gzip-lie',
])

describe.each(SOURCES)('%s', (skin, source) => {
  test('before, while and after booking is open', () => {
    expect(play(skin, source).look().verdict).toBe('NOT_OPEN')
    expect(play(skin, source, open).look().verdict).toBe('OPEN')
    // The oldest pages say nowhere that all is sold.
    if (skin !== 'ticketnew-classic')
      expect(play(skin, source, open, simple('sell-out')).look().verdict).toBe('SOLD_OUT')
    expect(play(skin, source, open, simple('sell-out'), simple('reopen')).look().verdict).toBe('OPEN')
    expect(play(skin, source, open, simple('close')).look().verdict).toBe('NOT_OPEN')
    expect(['GONE', 'UNKNOWN']).toContain(play(skin, source, simple('remove')).look().verdict)
    const announced = play(skin, source, (film, at) => ({
      kind: 'announce',
      film,
      city: 'hyderabad',
      opensAt: at + HOUR,
    })).look()
    expect(['ANNOUNCED', 'NOT_OPEN']).toContain(announced.verdict)
    if (skin === 'jsonld') expect(announced.announcedAt).toBe('2026-11-21T07:30:00.000Z')
  })

  test('each session is the one that is there, at its own time', () => {
    const { site, leo, look } = play(skin, source, open)
    const truth = new Map(site.screenings(leo, 'hyderabad').map((s) => [s.siteId, s]))
    const { sessions } = look()
    expect(sessions.length).toBeGreaterThan(1)
    for (const session of sessions) {
      const id = [...truth.keys()].find((one) => session.siteId === one || session.siteId.includes(one))
      expect(id, `${session.siteId} is known`).toBeDefined()
      expect(session).toMatchObject({ startsAt: truth.get(id!)!.startsAt.toISOString(), zone: 'Asia/Kolkata' })
      expect(session.localDate).toBe(truth.get(id!)!.localDate)
    }
  })

  test('names, addresses and the build may change, the id stays', () => {
    const rename = (film: string): Doing => ({ kind: 'rename', film, title: 'Another Name', slug: 'another-name' })
    expect(play(skin, source, open, rename).look().verdict).toBe('OPEN')
    expect(play(skin, source, rename).look().verdict).toBe('NOT_OPEN')
    for (const builds of [1, 2, 3]) {
      const deploys = Array.from({ length: builds }, () => (): Doing => ({ kind: 'deploy' }))
      expect(play(skin, source, open, ...deploys).look().verdict).toBe('OPEN')
      expect(play(skin, source, ...deploys).look().verdict).toBe('NOT_OPEN')
    }
    const moved = play(skin, source, open, (film) => ({
      kind: 'move-id',
      film,
      id: film.replace('194001', '877001'),
    })).look()
    expect(['UNKNOWN', 'GONE']).toContain(moved.verdict)
  })

  test('a second part that opens is not the first', () => {
    const { site, clock, films } = play(skin, source)
    site.act({ kind: 'open', film: films[1]!.id, city: 'hyderabad', dates: DAYS })
    expect(lookAt(site, source, target(site, films[0]!.id), clock.at).verdict).toBe('NOT_OPEN')
    expect(lookAt(site, source, target(site, films[1]!.id), clock.at).verdict).toBe('OPEN')
  })

  test('a day that is not open is not open, however full the page', () => {
    const { look } = play(skin, source, open)
    expect(look({ date: DAYS[0]! }).verdict).toBe('OPEN')
    expect(look({ date: '2026-12-24' }).verdict).toBe('NOT_OPEN')
  })

  test.each(FAULTS)('with the fault %s it is never wrong', (fault) => {
    for (const isOpen of [true, false]) {
      const { site, look } = isOpen ? play(skin, source, open) : play(skin, source)
      site.switchFault(fault, true)
      const { verdict, reason } = look()
      if (BLINDING.has(fault)) expect({ fault, verdict }).toEqual({ fault, verdict: 'UNKNOWN' })
      // A page of three hours ago is a page of three hours ago.
      else if (fault === 'stale') expect(['NOT_OPEN', 'UNKNOWN']).toContain(verdict)
      else expect({ fault, verdict, reason }).toEqual({ fault, verdict: isOpen ? 'OPEN' : 'NOT_OPEN', reason: null })
    }
  })

  test('its lists hold the film, by its own id, in the right one', () => {
    const { site, clock, films } = play(skin, source, open)
    const read = (list: 'running' | 'upcoming') => {
      const city = sourceCityOf(site, 'hyderabad')
      const pages = source.planFilms(city, list, clock.at).map((plan) => fetchFromSite(site, plan, clock.at))
      const found = source.readFilms(city, list, pages, clock.at)
      if (!found.ok) throw new Error(`${list}: ${found.reason}`)
      return found.films
    }
    const all = [...read('running'), ...read('upcoming')]
    expect(new Set(all.map(({ siteMovieId }) => siteMovieId))).toEqual(new Set(films.map(({ id }) => id)))
    const unknown = all.find(({ siteMovieId }) => siteMovieId === films[2]!.id)!
    // Its placeholder, decades away, is no date; and what its title means is not markup.
    expect(unknown.releaseDate).toBeNull()
    if (skin !== 'ticketnew-classic') expect(unknown.title.toLowerCase()).toBe('tom & <jerry>')
    // What comes of a list is enough to look at the film.
    const { siteMovieId, title, slug, hints } = all.find((film) => film.siteMovieId === films[0]!.id)!
    const from = { siteMovieId, title, slug, hints, city: sourceCityOf(site, 'hyderabad'), date: null }
    expect(lookAt(site, source, from, clock.at).verdict).toBe('OPEN')
  })
})

test('pages that prove nothing are never believed, and a broken list is no empty list', () => {
  const source = jsonldSource(OPTIONS)
  for (const doings of [[], [open]]) {
    expect(play('plain-rtl', source, ...doings).look()).toMatchObject({ verdict: 'UNKNOWN', reason: 'parse' })
  }
  const { site, clock } = testSite('plain-rtl')
  const city = sourceCityOf(site, 'hyderabad')
  const pages = source.planFilms(city, 'upcoming', clock.at).map((plan) => fetchFromSite(site, plan, clock.at))
  expect(source.readFilms(city, 'upcoming', pages, clock.at)).toMatchObject({ ok: false })
})
