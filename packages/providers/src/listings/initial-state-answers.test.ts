import { describe, expect, test } from 'vitest'
import { initialStateSource } from './initial-state.ts'
import { AURO, answerJson, type StatePage, stateHtml, stateOf } from './testing/initial-state-page.ts'
import { pageOf, targetOf } from './testing/pages.ts'

const BASE = 'https://stub.example'
const NOW = new Date('2026-11-21T06:00:00Z')
const FILM = 'ET00990011'
const city = { slug: 'hyderabad', code: 'HYD', name: 'Hyderabad', zone: 'Asia/Kolkata' }
const source = initialStateSource({ baseUrl: BASE, zone: null })
const target = targetOf({ siteMovieId: FILM, city })
const PAGE = `${BASE}/movies/hyderabad/the-lantern-makers/buytickets/${FILM}/20261128`
const look = (url: string, body: string, asked = target, now = NOW) => source.interpret(asked, [pageOf(url, body)], now)
const verdict = (...args: Parameters<typeof look>) => {
  const seen = look(...args)
  return seen.reason ? `${seen.verdict} ${seen.reason}` : seen.verdict
}
const htmlOf = (script: string) =>
  `<!doctype html><html><head><title>The Lantern Makers</title></head><body><p>${'.'.repeat(200)}</p><script>${script}</script></body></html>`

const state: StatePage = {
  event: FILM,
  title: 'The Lantern Makers',
  slug: 'the-lantern-makers',
  citySlug: 'hyderabad',
  region: 'HYD',
  askedDay: '20261128',
  showings: [{ id: '5311', venue: AURO, day: '20261128', time: '1010', avail: '3' }],
  strip: {},
  place: 'showDates',
  canonical: true,
  body: '',
}
/** The page with more in its state, and with its showings changed. */
const stateWith = (
  more: object,
  change: (showing: object) => object = (showing) => showing,
  page: Partial<StatePage> = {},
) => {
  const all = { ...state, ...page }
  const text = JSON.stringify({ ...stateOf(all), ...more }, (_key, value) =>
    value?.additionalData?.sessionId ? change(value) : value,
  )
  return stateHtml(all, JSON.parse(text))
}

describe('settings of the page', () => {
  // How often the page asks again for its showtimes is no showing that cannot be read.
  const more = { appConfig: { apiRetryIntervals: { synopsisStatic: [2], showtimes: [{ timeout: 5, delay: 1 }] } } }
  const strip = { '20261127': 'date-selected', '20261128': 'date-disabled' } as const
  const other = state.showings.map((showing) => ({ ...showing, day: '20261127' }))

  test('are no list of showings', () => {
    expect(verdict(PAGE, stateWith(more))).toBe('OPEN')
    expect(verdict(PAGE, stateWith(more, undefined, { showings: other, strip }))).toBe('NOT_OPEN')
    const sold = state.showings.map((showing) => ({ ...showing, avail: '0' }))
    expect(verdict(PAGE, stateWith(more, undefined, { showings: sold }))).toBe('SOLD_OUT')
    expect(verdict(PAGE, stateWith({ ...more, showtimesByEvent: { showDates: {} } }))).toBe('UNKNOWN parse')
    // A showing without its id still may be the one that is open.
    const broken = { more: { showtimes: [{ title: '10:10 AM', seats: 4 }] } }
    expect(verdict(PAGE, stateWith(broken, undefined, { showings: other, strip }))).toBe('UNKNOWN parse')
  })
})

describe('the cinema of a showing', () => {
  test('is named beside the showings where its card has only its code', () => {
    const bare = JSON.parse(JSON.stringify(stateOf(state)), (_key, value) => {
      if (value?.type !== 'venue-card') return value
      const { additionalData: _, ...card } = value
      return { ...card, id: AURO.code }
    })
    const named = (venues: object) => look(PAGE, stateHtml(state, { ...bare, primaryStatic: { data: { venues } } }))
    const cinemas = (seen: ReturnType<typeof look>) => seen.sessions.map(({ cinema }) => [cinema.siteId, cinema.name])
    expect(cinemas(named({ [AURO.code]: { venueName: AURO.name } }))).toEqual([[AURO.code, AURO.name]])
    expect(cinemas(named({ a: { venueCode: AURO.code, venueName: AURO.name } }))).toEqual([[AURO.code, AURO.name]])
    expect(cinemas(named({ OTHR: { venueName: 'Another' } }))).toEqual([[AURO.code, AURO.code]])
  })
})

describe('what a showing is called', () => {
  const sheet = (widget: object) => (showing: object) => ({
    ...showing,
    screenAttr: 'DOLBY CINEMA',
    customGestureCTA: { additionalData: { bottomSheetData: { widgets: [widget] } } },
  })
  const called = (body: string) => look(PAGE, body).sessions.map(({ format, language }) => [format, language])

  test('stands in the heading of its sheet, parted by any dot', () => {
    const heading = { type: 'header-text-list', data: [{ components: [{ type: 'text', text: 'Telugu \u00b7 3D' }] }] }
    expect(called(stateWith({}, sheet(heading)))).toEqual([['3D DOLBY CINEMA', 'Telugu']])
  })
  test('or in a line of it; a special screen is told with it, once', () => {
    const line = (format: string) => sheet({ layoutId: 'format-container', variableData: { format } })
    expect(called(stateWith({}, line('Telugu • 2D | DOLBY CINEMA')))).toEqual([['2D DOLBY CINEMA', 'Telugu']])
    const imax = (showing: object) => ({ ...line('English • IMAX 2D | IMAX')(showing), screenAttr: 'IMAX' })
    expect(called(stateWith({}, imax))).toEqual([['IMAX 2D', 'English']])
    const plain = (showing: object) => ({ ...line('Hindi • 2D | 4K ATMOS')(showing), screenAttr: '4K ATMOS' })
    expect(called(stateWith({}, plain))).toEqual([['2D', 'Hindi']])
  })
  test('or only at the film, by its code', () => {
    const film = { eventCode: FILM, eventLanguage: 'Hindi', eventDimension: '2D' }
    const other = { eventCode: 'ET00990012', eventLanguage: 'Tamil', eventDimension: '3D' }
    const plain = ({ screenAttr: _, ...showing }: { screenAttr?: string }) => showing
    const body = stateWith({ films: { childEvents: [other, film] } }, plain)
    expect(called(body)).toEqual([['2D', 'Hindi']])
  })
})

describe('the region that a page was drawn for', () => {
  const cookie = (regionCode: string, regionNameSlug: string) => ({
    cookies: { rgn: { regionCode, regionNameSlug, regionName: regionNameSlug } },
  })
  test('is believed before its address', () => {
    expect(verdict(PAGE, stateWith(cookie('HYD', 'hyderabad')))).toBe('OPEN')
    expect(verdict(PAGE, stateWith(cookie('KOCH', 'kochi')))).toBe('UNKNOWN identity')
    const uncoded = { ...target, city: { ...city, code: null } }
    expect(verdict(PAGE, stateWith(cookie('QRST', 'quarry-stone')), uncoded)).toBe('UNKNOWN identity')
    expect(verdict(PAGE, stateWith(cookie('XHYD', 'hyderabad')), uncoded)).toBe('OPEN')
  })
  test('but not before that of the stored request', () => {
    const stored = { place: 'queries' } as const
    expect(verdict(PAGE, stateWith(cookie('HYD', 'hyderabad'), undefined, { ...stored, region: 'CHEN' }))).toBe(
      'UNKNOWN identity',
    )
    expect(verdict(PAGE, stateWith(cookie('KOCH', 'kochi'), undefined, stored))).toBe('OPEN')
  })
})

describe('a page that was drawn long before the look', () => {
  const at = (moment: string) => stateHtml({ ...state, body: `<script>window.currentDateTime ="${moment}"</script>` })
  test('is stale by the clock of its head or of its stored request', () => {
    expect(verdict(PAGE, at('2026-11-21T05:00:00.117Z'))).toBe('OPEN')
    expect(verdict(PAGE, at('2026-11-20T17:00:00.117Z'))).toBe('UNKNOWN stale')
    expect(verdict(PAGE, at('soon'))).toBe('OPEN')
    const stored = (hours: number) =>
      stateHtml(
        { ...state, place: 'queries' },
        JSON.parse(
          JSON.stringify(stateOf({ ...state, place: 'queries' }), (_key, value) =>
            value?.originalArgs ? { ...value, fulfilledTimeStamp: NOW.getTime() - hours * 3_600_000 } : value,
          ),
        ),
      )
    expect(verdict(PAGE, stored(1))).toBe('OPEN')
    expect(verdict(PAGE, stored(13))).toBe('UNKNOWN stale')
  })
})

describe('cinemas that do not sell here', () => {
  test('have no showing that could be booked, whatever its number', () => {
    const venues = (allowSales: string) => ({ primaryStatic: { venues: { AURO: { allowSales, venueCode: 'AURO' } } } })
    expect(verdict(PAGE, stateWith(venues('Y')))).toBe('OPEN')
    expect(verdict(PAGE, stateWith(venues('N')))).toBe('NOT_OPEN')
  })
})

test('the link to the seats is the own one of the page, or names film, cinema, showing and day', () => {
  const made = `${BASE}/movies/hyderabad/seat-layout/${FILM}/AURO/5311/20261128`
  const leading = (url: string) =>
    look(
      PAGE,
      stateWith({}, (showing) => ({ ...showing, cta: { url } })),
    ).sessions[0]!.url
  expect(look(PAGE, stateWith({})).sessions[0]!.url).toBe(made)
  expect(leading(`/booktickets/AURO/${FILM}/5311`)).toBe(`${BASE}/booktickets/AURO/${FILM}/5311`)
  expect(leading(`https://elsewhere.example/${FILM}`)).toBe(made)
})

describe('the older interface, asked for a film', () => {
  const URL = `${BASE}/api/movies-data/showtimes-by-event?eventCode=${FILM}&regionCode=HYD`
  const showing = (more: object = {}) => ({
    EventCode: FILM,
    SessionId: 7001,
    ShowDateCode: '20261128',
    ShowTime: '10:00 AM',
    ShowTimeCode: '1000',
    Attributes: 'IMAX',
    Availability: 'A',
    Categories: [
      { MaxSeats: '60', SeatsAvail: '12' },
      { MaxSeats: '90', SeatsAvail: '-1' },
    ],
    ...more,
  })
  type Day = [string, unknown]
  const answer = (shows: object[], days: Day[] = [['20261128', false]], venue: object = {}) =>
    JSON.stringify({
      ShowDatesArray: days.map(([DateCode, isDisabled]) => ({ DateCode, isDisabled, DispDate: 'SAT, 28 NOV' })),
      ShowDetails: [
        {
          Date: '20261128',
          Event: { ChildEvents: [{ EventCode: FILM, EventDimension: 'IMAX 2D', EventLang: 'Telugu' }] },
          Venues: [{ VenueCode: 'AURO', VenueName: AURO.name, AllowSales: 'Y', ...venue, ShowTimes: shows }],
        },
      ],
    })

  test('gives seats, format and language', () => {
    const seen = look(URL, answer([showing()]))
    expect([seen.verdict, seen.openDates]).toEqual(['OPEN', ['2026-11-28']])
    expect(seen.sessions).toMatchObject([
      { siteId: '7001', seatsLeft: 12, format: 'IMAX 2D', language: 'Telugu', startsAt: '2026-11-28T04:30:00.000Z' },
    ])
  })
  test('lists the days that are open', () => {
    const other: Day[] = [
      ['20261127', false],
      ['20261128', true],
    ]
    expect(verdict(URL, answer([showing()], other))).toBe('NOT_OPEN')
    expect(verdict(URL, answer([showing({ ShowDateCode: '20261127' })], other))).toBe('NOT_OPEN')
    expect(look(URL, answer([showing({ ShowDateCode: '20261127' })], other)).openDates).toEqual(['2026-11-27'])
    expect(verdict(URL, answer([showing()], [['20261127', false]]))).toBe('NOT_OPEN')
    expect(verdict(URL, answer([showing()], []))).toBe('OPEN')
    expect(verdict(URL, answer([showing()], [['20261128', undefined]]))).toBe('OPEN')
  })
  test('counts seats before it believes a letter', () => {
    const none = { Categories: [{ MaxSeats: '60', SeatsAvail: '0' }] }
    expect(verdict(URL, answer([showing(none)]))).toBe('SOLD_OUT')
    expect(verdict(URL, answer([showing({ AvailStatus: '3', ...none })]))).toBe('SOLD_OUT')
    expect(verdict(URL, answer([showing({ Categories: [{ MaxSeats: '0', SeatsAvail: '0' }] })]))).toBe('OPEN')
    expect(verdict(URL, answer([showing({ Categories: [{ AvailStatus: '0' }, { AvailStatus: '0' }] })]))).toBe(
      'SOLD_OUT',
    )
  })
  test('leaves out a cinema that does not sell', () => {
    expect(verdict(URL, answer([showing()], undefined, { AllowSales: 'N' }))).toBe('NOT_OPEN')
    const silent = showing({ Availability: undefined, Categories: [] })
    expect(verdict(URL, answer([silent], undefined, { AllowSales: 'N' }))).toBe('NOT_OPEN')
  })
})

describe('one cinema with its films', () => {
  const show = (more: object = {}) => ({
    SessionId: '51022',
    ShowDateTime: '202611281930',
    ShowDateCode: '20261128',
    ShowTime: '07:30 PM',
    Attributes: '',
    AvailStatus: '3',
    CutOffDateTime: '202611281945',
    Categories: [{ PriceDesc: 'GOLD', MaxSeats: '100', SeatsAvail: '40', CurPrice: '200.00' }],
    ...more,
  })
  const events = (code = FILM, ...shows: object[]) => [
    {
      EventTitle: 'The Lantern Makers',
      ChildEvents: [
        { EventCode: code, EventDimension: '2D', EventLanguage: 'Telugu', ShowTimes: shows.length ? shows : [show()] },
        {
          EventCode: 'ET00990077',
          EventDimension: '3D',
          EventLanguage: 'Hindi',
          ShowTimes: [show({ SessionId: '9' })],
        },
      ],
    },
  ]
  const days = [
    { DateCode: '20261127', isDisabled: false },
    { DateCode: '20261128', isDisabled: false },
  ]
  const Venues = { VenueCode: 'AURO', VenueName: AURO.name, VenueCompName: 'Aurora' }
  const bare = (Event: object[] = events(), ShowDatesArray = days) =>
    JSON.stringify({ ShowDatesArray, ShowDetails: [{ Date: '20261128', Venues, Event }] })
  const URL = `${BASE}/api/v3/mobile/showtimes/byvenue?dateCode=20261128&venueCode=AURO&regionCode=HYD`
  const CINEMA = `${BASE}/cinemas/hyderabad/aurora-screens/buytickets/AURO/20261128`
  const drawn = (Event: object[] = events(), more: object = {}) =>
    htmlOf(
      `window.__INITIAL_STATE__ = ${JSON.stringify({
        venueShowtimesFunctionalApi: {
          queries: {
            'getShowtimesByVenue-AURO-20261128': {
              status: 'fulfilled',
              data: { ShowDatesArray: days, showDetailsTransformed: { Venues: { VenueName: AURO.name }, Event } },
              ...more,
            },
          },
        },
      })};`,
    )

  test('opens for the film whose code its showings carry', () => {
    for (const seen of [look(URL, bare()), look(CINEMA, drawn())]) {
      expect(seen.verdict).toBe('OPEN')
      expect(seen.sessions).toMatchObject([
        {
          siteId: '51022',
          cinema: { siteId: 'AURO', name: AURO.name },
          startsAt: '2026-11-28T14:00:00.000Z',
          format: '2D',
          language: 'Telugu',
          seatsLeft: 40,
        },
      ])
    }
    expect(verdict(URL, bare(events('ET00990012')))).toBe('UNKNOWN identity')
    expect(verdict(CINEMA, drawn(events('ET009900112')))).toBe('UNKNOWN identity')
  })
  test('is in the city of its address or its request', () => {
    expect(verdict(CINEMA.replace('hyderabad', 'chennai'), drawn())).toBe('UNKNOWN identity')
    expect(verdict(CINEMA.replace('hyderabad', 'HYD'), drawn())).toBe('OPEN')
    expect(verdict(CINEMA, drawn(undefined, { originalArgs: { venueCode: 'AURO', regionCode: 'CHEN' } }))).toBe(
      'UNKNOWN identity',
    )
    expect(verdict(`${BASE}/buytickets/aurora-screens/cinema-hyd-AURO-MT/20261128`, drawn())).toBe('OPEN')
    expect(verdict(`${BASE}/buytickets/aurora-screens/cinema-chen-AURO-MT/20261128`, drawn())).toBe('UNKNOWN identity')
    expect(verdict(URL.replace('&regionCode=HYD', ''), bare())).toBe('UNKNOWN identity')
  })
  test('speaks of its own days: they shut a showing, and say nothing of the film', () => {
    const shut = [{ DateCode: '20261128', isDisabled: true }]
    expect(verdict(URL, bare(events(), shut))).not.toBe('OPEN')
    const early = events(FILM, show({ ShowDateCode: '20261127', ShowDateTime: '202611271930' }))
    expect(verdict(URL, bare(early))).toBe('UNKNOWN parse')
    expect(look(URL, bare(early), { ...target, date: null }).openDates).toEqual(['2026-11-27'])
  })
  test('is read from the script of older years too', () => {
    const text = JSON.stringify(bare())
    expect(verdict(CINEMA, htmlOf(`var UAPI = JSON.parse(${text});`))).toBe('OPEN')
    expect(verdict(CINEMA, htmlOf(`var UAPI = JSON.parse(${text.slice(0, -9)});`))).toMatch(/^UNKNOWN/)
  })
})

test('an address in the older order names its city', () => {
  const silent = stateHtml({ ...state, canonical: false })
  expect(verdict(`${BASE}/hyderabad/movies/the-lantern-makers/${FILM}`, silent)).toBe('OPEN')
  expect(verdict(`${BASE}/chennai/movies/the-lantern-makers/${FILM}`, silent)).toBe('UNKNOWN identity')
  expect(verdict(`${BASE}/api/movies/showtimes/${FILM}`, JSON.stringify(answerJson(state)))).toBe('UNKNOWN identity')
})
