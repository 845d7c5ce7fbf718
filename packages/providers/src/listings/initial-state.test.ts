import { describe, expect, test } from 'vitest'
import { initialStateSource } from './initial-state.ts'
import {
  AURO,
  answerJson,
  type StatePage,
  type StateShowing,
  stateHtml,
  stateOf,
  VELA,
} from './testing/initial-state-page.ts'
import { metamorphic } from './testing/metamorphic.ts'
import { pageOf, targetOf } from './testing/pages.ts'

const BASE = 'https://stub.example'
const NOW = new Date('2026-11-21T06:00:00Z')
const city = { slug: 'hyderabad', code: 'HYD', name: 'Hyderabad', zone: 'Asia/Kolkata' }
const source = initialStateSource({ baseUrl: BASE, zone: null })
const target = targetOf({ siteMovieId: 'ET00990011', city })
const URL_OF = `${BASE}/movies/hyderabad/the-lantern-makers/buytickets/ET00990011/20261128`

const showings: StateShowing[] = [
  { id: '5311', venue: AURO, day: '20261128', time: '1010', avail: '3' },
  { id: '5312', venue: AURO, day: '20261128', time: '1900', avail: '0' },
  { id: '811', venue: VELA, day: '20261128', time: '2145', avail: 1 },
]
const open: StatePage = {
  event: 'ET00990011',
  title: 'The Lantern Makers',
  slug: 'the-lantern-makers',
  citySlug: 'hyderabad',
  region: 'HYD',
  askedDay: '20261128',
  showings,
  strip: { '20261127': 'date-default', '20261128': 'date-selected', '20261129': 'date-disabled' },
  place: 'showDates',
  canonical: true,
  body: '',
}
const page = (more: Partial<StatePage> = {}) => [pageOf(URL_OF, stateHtml({ ...open, ...more }))]
const verdict = (pages: ReturnType<typeof page>, asked = target, now = NOW) => {
  const seen = source.interpret(asked, pages, now)
  return seen.reason ? `${seen.verdict} ${seen.reason}` : seen.verdict
}
const on = (day: string, from = showings) => from.map((showing) => ({ ...showing, day }))
const fallback: Partial<StatePage> = {
  showings: on('20261127'),
  strip: { '20261127': 'date-selected', '20261128': 'date-disabled' },
}

describe.each(['showDates', 'queries'] as const)('metamorphic, the answer in %s', (place) => {
  const family = {
    source,
    target,
    now: NOW,
    open: page({ place }),
    notOpen: page({ place, ...fallback }),
    soldOut: page({ place, showings: showings.map((showing) => ({ ...showing, avail: '0' })) }),
    shiftedDate: page({ place, showings: on('20261127'), strip: {} }),
    withoutSkeleton: [pageOf(URL_OF, stateHtml(open, { showtimesByEvent: { showDates: {} } }))],
    otherFilm: page({ place, event: 'ET009900112' }),
    otherCity: page({ place, citySlug: 'chennai', region: 'CHEN' }),
    renamed: page({ place, title: 'Lanterns', slug: 'lanterns-new-cut' }),
    movedZone: {
      source: initialStateSource({ baseUrl: BASE, zone: 'Asia/Karachi' }),
      target,
      pages: page({ place }),
      hours: 0.5,
    },
  }
  test.each(metamorphic(family))('$name', ({ check }) => expect(check).not.toThrow(), 30_000)
})

describe('a page that is no proof', () => {
  test('of another day, whatever day it echoes and however full it is', () => {
    expect(verdict(page(fallback))).toBe('NOT_OPEN')
    expect(verdict(page({ showings: on('20261127'), strip: {} }))).toBe('NOT_OPEN')
  })
  test('a tab of the asked day that cannot be chosen, even with showings under it', () => {
    expect(verdict(page({ strip: { '20261128': 'date-disabled', '20261127': 'date-default' } }))).toBe('NOT_OPEN')
  })
  test('a tab that can be chosen, without a showing of that day', () => {
    expect(verdict(page({ showings: on('20261127') }))).toBe('UNKNOWN conflict')
  })
  test('showings of a sister format only', () => {
    const other = showings.map((showing) => ({ ...showing, event: 'ET00990077' }))
    expect(verdict(page({ showings: other }))).toBe('UNKNOWN identity')
  })
  test('a stored answer of an earlier film, beside an empty one of this', () => {
    const stale = stateOf({ ...open, place: 'queries', event: 'ET00990099' })
    expect(verdict([pageOf(URL_OF, stateHtml(open, { ...stateOf({ ...open, ...fallback }), ...stale }))])).toMatch(
      /^NOT_OPEN|UNKNOWN/,
    )
  })
  test('a stored answer of another region, whatever the address says', () => {
    expect(verdict(page({ place: 'queries', region: 'CHEN' }))).toBe('UNKNOWN identity')
  })
  test('whatever the code of the city is called in the mapping', () => {
    const named = (code: string | null) => ({ ...target, city: { ...city, code } })
    for (const code of ['HYD', null, 'hyderabad']) {
      expect(verdict(page({ place: 'queries' }), named(code))).toBe('OPEN')
      expect(verdict(page({ place: 'queries', region: 'CHEN' }), named(code))).toBe('UNKNOWN identity')
    }
  })
  test('words: a pill that looks free while its number says sold out', () => {
    expect(verdict(page({ showings: showings.map((one) => ({ ...one, avail: 0 })) }))).toBe('SOLD_OUT')
    const none = showings.map((one) => ({ ...one, avail: '1', categories: ['0', 0] }))
    expect(verdict(page({ showings: none }))).toBe('SOLD_OUT')
  })
  test('a number nobody knows', () => {
    expect(verdict(page({ showings: showings.map((one) => ({ ...one, avail: '7' })) }))).toBe('UNKNOWN parse')
  })
  test('a showing whose sale has closed, when its epoch is no moment', () => {
    const closing = showings.map((one) => ({ ...one, avail: '3', cutOffEpoch: '1', cutOff: `${one.day}${one.time}` }))
    const before = closing.map((one) => ({ ...one, cutOff: '202611210600' }))
    expect(verdict(page({ showings: closing }))).toBe('OPEN')
    expect(verdict(page({ showings: before }))).toBe('NOT_OPEN')
  })
  test('a showing whose sale has closed or that has begun', () => {
    const closed = showings.map((one) => ({ ...one, cutOffEpoch: String(NOW.getTime() / 1000 - 60) }))
    expect(verdict(page({ showings: closed }))).not.toBe('OPEN')
    expect(verdict(page(), target, new Date('2026-11-28T17:00:00Z'))).not.toBe('OPEN')
  })
  test('showings without a readable time, day or id', () => {
    for (const broken of [{ time: '2561' }, { day: '20261131' }, { id: '' }]) {
      expect(verdict(page({ showings: showings.map((one) => ({ ...one, ...broken })) }))).toMatch(/^UNKNOWN/)
    }
  })
  test('an empty address in its head is no address', () => {
    const html = stateHtml({ ...open, canonical: false, showings: showings.map((one) => ({ ...one, event: null })) })
    const silent = html.replace('<head>', '<head><meta property="og:url" content=""><link rel="canonical" href=" ">')
    expect(verdict([pageOf(URL_OF, silent)])).toBe('UNKNOWN identity')
  })
  test('a page of no known city', () => {
    const bare = [pageOf(`${BASE}/x`, stateHtml({ ...open, canonical: false }))]
    expect(verdict(bare)).toBe('UNKNOWN identity')
  })
})

describe('showings that are listed before they are sold', () => {
  const planned = (avail: string, categories?: string[]) =>
    page({ showings: showings.map((one) => ({ ...one, avail, ...(categories ? { categories } : {}) })) })

  test('carry neither a number nor a category: not open', () => {
    expect(verdict(planned('', []))).toBe('NOT_OPEN')
    expect(source.interpret(target, planned('', []), NOW).sessions).toHaveLength(3)
  })
  test('are not those whose categories or number are missing or say something', () => {
    expect(verdict(planned(''))).toBe('UNKNOWN parse')
    expect(verdict(planned('', ['3']))).toBe('UNKNOWN parse')
    expect(verdict(planned('7', []))).toBe('UNKNOWN parse')
    expect(verdict(planned('3', []))).toBe('OPEN')
  })
  test('open with the first that is sold', () => {
    const some = showings.map((one, i) => (i === 0 ? one : { ...one, avail: '', categories: [] }))
    const seen = source.interpret(target, page({ showings: some }), NOW)
    expect([seen.verdict, seen.sessions.map(({ bookable }) => bookable)]).toEqual(['OPEN', [true, false, false]])
  })
})

describe('a page that is a proof', () => {
  test('gives each showing by its own day and clock, with its cinema and a link', () => {
    const seen = source.interpret(target, page(), NOW)
    expect(seen.sessions.map((s) => [s.siteId, s.startsAt, s.localDate, s.cinema.siteId, s.bookable])).toEqual([
      ['5311', '2026-11-28T04:40:00.000Z', '2026-11-28', 'AURO', true],
      ['5312', '2026-11-28T13:30:00.000Z', '2026-11-28', 'AURO', false],
      ['811', '2026-11-28T16:15:00.000Z', '2026-11-28', 'VELA', true],
    ])
    expect(seen.sessions[0]!.url).toBe(`${BASE}/movies/hyderabad/seat-layout/ET00990011/AURO/5311/20261128`)
    expect(seen.openDates).toEqual(['2026-11-27', '2026-11-28'])
  })
  test('any day, where none is asked', () => {
    expect(verdict(page(fallback), { ...target, date: null })).toBe('OPEN')
  })
  test('the interface behind the page, where the address names the film', () => {
    const json = JSON.stringify({ event: open.event, ...answerJson(open) })
    expect(verdict([pageOf(URL_OF, json)])).toBe('OPEN')
    const api = `${BASE}/api/movies-data/v5/showtimes-by-event/primary-dynamic?etCodes=*&regionCode=`
    expect(verdict([pageOf(`${api}HYD`, json)])).toBe('OPEN')
    expect(verdict([pageOf(`${api}CHEN`, json)])).toBe('UNKNOWN identity')
  })
  test('a film that only the answer as a whole names', () => {
    const none = answerJson({ ...open, showings: showings.map((one) => ({ ...one, event: null })) })
    const whole = (eventCode: string) =>
      JSON.stringify({ data: { ...none.data, additionalData: { dateCode: '20261128', eventCode } } })
    const at = `${BASE}/api?regionCode=HYD`
    expect(verdict([pageOf(at, whole('ET00990011'))])).toBe('OPEN')
    expect(verdict([pageOf(at, whole('ET00990012'))])).toBe('UNKNOWN identity')
  })
  test('a sister format that the watcher takes too', () => {
    const other = showings.map((showing) => ({ ...showing, event: 'ET00990077' }))
    expect(verdict(page({ showings: other }), { ...target, hints: { eventCodes: 'ET00990077' } })).toBe('OPEN')
  })
  test('a state handed over as a string', () => {
    const text = JSON.stringify(JSON.stringify(stateOf(open)))
    const body = stateHtml(open).replace(/__INITIAL_STATE__ = .*;/, () => `__INITIAL_STATE__ = JSON.parse(${text});`)
    expect(verdict([pageOf(URL_OF, body)])).toBe('OPEN')
  })
})

describe('the older interface', () => {
  const showing = (more: object = {}) => ({
    EventCode: 'ET00990011',
    SessionId: '7001',
    ShowDateCode: '20261128',
    ShowTimeCode: '1000',
    ShowTime: '10:00 AM',
    CutOffDateTime: '202611281015',
    Attributes: '',
    Availability: 'A',
    ...more,
  })
  const answer = (...shows: object[]) =>
    JSON.stringify({
      ShowDetails: [
        {
          Date: '20261128',
          Event: { EventTitle: 'The Lantern Makers', ChildEvents: [{ EventCode: 'ET00990011', EventDimension: '2D' }] },
          Venues: [{ VenueCode: 'AURO', VenueName: AURO.name, ShowTimes: shows }],
        },
      ],
    })
  const at = (body: string, region = 'HYD') =>
    verdict([pageOf(`${BASE}/api/movies/showtimes?eventCode=ET00990011&regionCode=${region}`, body)])

  test('says with a letter what is left', () => {
    expect(at(answer(showing(), showing({ SessionId: '7002', Availability: 'S' })))).toBe('OPEN')
    expect(at(answer(showing({ Availability: 'S' })))).toBe('SOLD_OUT')
    expect(at(answer(showing({ Availability: 'X' })))).toBe('UNKNOWN parse')
    expect(at(answer(showing({ AvailStatus: '0' })))).toBe('SOLD_OUT')
  })
  test('is of the region that its address names', () => {
    expect(at(answer(showing()), 'CHEN')).toBe('UNKNOWN identity')
  })
  test('is of the films in it', () => {
    expect(at(answer(showing({ EventCode: 'ET00990012' })))).toBe('UNKNOWN identity')
  })
})

describe('pages of older years', () => {
  const pill = (more: Record<string, string> = {}, box = '_available') => {
    const data = {
      'data-session-id': '16997',
      'data-showtime-code': '1515',
      'data-availability': 'A',
      'data-cut-off-date-time': '202611281500',
      'data-venue-code': 'AURO',
      'data-event-id': 'ET00990011',
      ...more,
    }
    const text = Object.entries(data).map(([name, value]) => `${name}="${value}"`)
    return `<li class="list" data-id="AURO"><a class="__venue-name">Aurora Screens</a>
<div class="showtime-pill-container ${box}" data-online="Y"><a class="showtime-pill" href="/booktickets/AURO/16997" ${text.join(' ')}>03:15 PM<i hidden>Sold out</i></a></div></li>`
  }
  const old = (body: string) => [
    pageOf(
      `${BASE}/buytickets/the-lantern-makers-hyderabad/movie-hyd-ET00990011-MT/20261128`,
      `<!doctype html><html><head><link rel="canonical" href="${BASE}/hyderabad/movies/the-lantern-makers/ET00990011"><title>x</title></head><body><ul id="venuelist">${body}</ul>${' '.repeat(200)}</body></html>`,
    ),
  ]
  test('a showing with its letter is open on its own day', () => {
    expect(verdict(old(pill()))).toBe('OPEN')
    expect(source.interpret(target, old(pill()), NOW).sessions[0]).toMatchObject({
      siteId: '16997',
      startsAt: '2026-11-28T09:45:00.000Z',
      cinema: { siteId: 'AURO', name: 'Aurora Screens' },
      url: `${BASE}/booktickets/AURO/16997`,
    })
    expect(verdict(old(pill().replace('__venue-name', '_venue-name')))).toBe('OPEN')
  })
  test('the city is read from its older address too', () => {
    const at = (path: string) => {
      const url = `${BASE}/buytickets/${path}/20261128`
      return [
        pageOf(
          url,
          old(pill())[0]!.body.replace(/<link rel="canonical" href="[^"]*">/, `<link rel="canonical" href="${url}">`),
        ),
      ]
    }
    expect(verdict(at('the-lantern-makers-hyderabad/movie-hyd-ET00990011-MT'))).toBe('OPEN')
    expect(verdict(at('the-lantern-makers/movie-hyd-ET00990011-MT'))).toBe('OPEN')
    expect(verdict(at('the-lantern-makers-chennai/movie-chen-ET00990011-MT'))).toBe('UNKNOWN identity')
  })
  test('shortly after midnight it belongs to the day after its closing', () => {
    const night = pill({ 'data-showtime-code': '0010', 'data-cut-off-date-time': '202611272355' })
    expect(source.interpret(target, old(night), NOW).sessions[0]?.localDate).toBe('2026-11-28')
  })
  test('sold out by number, class or letter; another film and a hidden pill are none', () => {
    expect(verdict(old(pill({ 'data-overall-avail-status': '0' })))).toBe('SOLD_OUT')
    expect(verdict(old(pill({}, '_soldout')))).toBe('SOLD_OUT')
    expect(verdict(old(pill({ 'data-availability': 'S' })))).toBe('SOLD_OUT')
    expect(verdict(old(pill({ 'data-event-id': 'ET00990012' })))).toBe('UNKNOWN identity')
    expect(verdict(old(`<div style="display:none">${pill()}</div>`))).toMatch(/^UNKNOWN/)
  })
  test('what is sold elsewhere only is not open here, and not sold out', () => {
    const offline = (more: Record<string, string> = {}) => old(pill(more).replace('data-online="Y"', 'data-online="N"'))
    expect(verdict(offline())).toBe('NOT_OPEN')
    expect(verdict(old(pill({}, '_disabled')))).toBe('NOT_OPEN')
    expect(verdict(offline({ 'data-overall-avail-status': '0' }))).toBe('SOLD_OUT')
  })
  test('sold out when the number of every one of its categories says so, whatever its letter', () => {
    const categories = (...numbers: string[]) =>
      JSON.stringify(numbers.map((availStatus) => ({ price: '190.00', desc: 'GOLD', availStatus }))).replaceAll(
        '"',
        '&quot;',
      )
    expect(verdict(old(pill({ 'data-cat-popup': categories('0', '0') })))).toBe('SOLD_OUT')
    expect(verdict(old(pill({ 'data-cat-popup': categories('0', '3') })))).toBe('OPEN')
    expect(verdict(old(pill({ 'data-cat-popup': '[{&quot;availabilityText&quot;:&quot;Sold Out&quot;}]' })))).toBe(
      'OPEN',
    )
    expect(verdict(old(pill({ 'data-cat-popup': '[{' })))).toBe('OPEN')
  })
  test('another day than was asked', () => {
    expect(verdict(old(pill({ 'data-cut-off-date-time': '202611271500' })))).toBe('NOT_OPEN')
  })
  test('the button of a film page is one weak proof, its link to the showtimes another', () => {
    const after = '<button data-phase="postRelease">Book</button>'
    const link = '<a href="/buytickets/the-lantern-makers/movie-hyd-ET00990011-MT">Showtimes</a>'
    expect(verdict(old(after))).toMatch(/^UNKNOWN/)
    expect(verdict(old(after + link))).toBe('OPEN')
    expect(verdict(old(`<button data-phase="preRelease">Interested</button>`))).toBe('NOT_OPEN')
    const state = (code: string) =>
      `<script>window.__INITIAL_STATE__ = ${JSON.stringify({ synopsisStore: { bannerWidget: { pageCta: [{ meta: { options: [{ language: 'Telugu', formats: [{ dimension: '2D', eventCode: code }] }] } }] } } })}</script>`
    expect(verdict(old(after + state('ET00990011')))).toBe('OPEN')
    expect(verdict(old(after + state('ET00990077')))).toMatch(/^UNKNOWN/)
    expect(verdict(old(state('ET00990011')))).toMatch(/^UNKNOWN/)
    expect(verdict(old(`${after.replace('button ', 'button disabled ')}${link}`))).toMatch(/^UNKNOWN/)
  })
  test('a film page without a button, of a film that comes out later', () => {
    expect(verdict(old('<span>Releasing on 18 Dec, 2026</span><button>Notify me</button>'))).toBe('NOT_OPEN')
    expect(verdict(old('<span>Releasing on 18 Nov 2026</span>'))).toMatch(/^UNKNOWN/)
    expect(verdict(old('<a href="/x"><span>Releasing on 18 Dec 2026</span></a>'))).toMatch(/^UNKNOWN/)
  })
})

describe('addresses and lists', () => {
  test('asks for the day, or for today where any will do', () => {
    expect(source.plan(target, NOW)[0]!.url).toBe(URL_OF)
    expect(source.plan({ ...target, date: null }, NOW)[0]!.url).toMatch(/\/ET00990011\/20261121$/)
  })
  const cards = (id: string) => ({
    listings: [
      {
        id,
        cards: [
          {
            ctaUrl: `${BASE}/hyderabad/movies/the-lantern-makers/ET00990011`,
            text: [
              { components: [{ text: 'The Lantern Makers' }] },
              { components: [{ text: 'UA' }] },
              { components: [{ text: 'Telugu' }] },
            ],
          },
        ],
      },
      {
        id: 'coming_soon',
        cards: [{ ctaUrl: `${BASE}/movies/hyderabad/leo/ET00990044`, analytics: { title: 'Leo' } }],
      },
    ],
  })
  test('films from the stored answer, the other list left out', () => {
    const list = source.readFilms(
      city,
      'running',
      [pageOf(`${BASE}/explore/movies-hyderabad`, JSON.stringify(cards('now')), { key: 'films' })],
      NOW,
    )
    expect(list).toMatchObject({
      ok: true,
      films: [
        { siteMovieId: 'ET00990011', title: 'The Lantern Makers', slug: 'the-lantern-makers', language: 'Telugu' },
      ],
    })
    expect(list.ok && list.films).toHaveLength(1)
  })
  test('films from links, and never an empty list', () => {
    const html = (body: string) =>
      `<!doctype html><html><head><title>Films</title></head><body>${body}${' '.repeat(200)}</body></html>`
    const read = (body: string) =>
      source.readFilms(
        city,
        'upcoming',
        [pageOf(`${BASE}/explore/upcoming-movies-hyderabad`, html(body), { key: 'films' })],
        NOW,
      )
    expect(
      read(
        '<a href="/movies/hyderabad/leo/ET00990044"><div><div>Leo</div></div></a><a href="https://evil.example/movies/a/b/ET00990045">x</a>',
      ),
    ).toMatchObject({
      ok: true,
      films: [{ siteMovieId: 'ET00990044', title: 'Leo', slug: 'leo', list: 'upcoming' }],
    })
    expect(read('<p>Nothing</p>')).toMatchObject({ ok: false, reason: 'parse' })
    const head = JSON.stringify({
      '@type': 'ItemList',
      itemListElement: [
        { name: 'Low Tide', url: `${BASE}/hyderabad/movies/low-tide/ET00990046`, image: 'x.jpg' },
        { name: 'A fair', url: `${BASE}/events/a-fair/ET00990047` },
      ],
    })
    const listed = read(
      `<script type="application/ld+json">${head}</script><a href="/movies/low-tide/ET00990046">8.1/10</a>`,
    )
    expect(listed.ok && listed.films.map(({ siteMovieId, title, slug }) => [siteMovieId, title, slug])).toEqual([
      ['ET00990046', 'Low Tide', 'low-tide'],
    ])
  })
})
