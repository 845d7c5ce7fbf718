import { describe, expect, test } from 'vitest'
import type { FetchedPage } from './listing-source.ts'
import { metamorphic } from './testing/metamorphic.ts'
import { pageOf, targetOf } from './testing/pages.ts'
import { oldTicketnewHtml, type TicketnewPage, ticketnewHtml } from './testing/ticketnew-page.ts'
import { ticketnewClassicSource } from './ticketnew-classic.ts'

const BASE = 'https://tickets.example'
const NOW = new Date('2026-11-21T06:00:00Z')
const source = ticketnewClassicSource({ baseUrl: BASE, zone: null })
const target = targetOf()
const ADDRESS = `${BASE}/movies/the-lantern-makers-movie-detail-410022?fromdate=2026-11-28`

const open: TicketnewPage = {
  id: '410022',
  title: 'The Lantern Makers',
  slug: 'the-lantern-makers',
  city: 'Hyderabad',
  citySlug: 'hyderabad',
  showlisting: true,
  days: ['2026-11-27', '2026-11-28'],
  shownDay: '2026-11-28',
  houses: [
    {
      id: 811,
      name: 'Royal Lantern',
      times: [
        { at: '10:10 AM', session: '5311' },
        { at: '09:45 PM', session: '5312', grey: true },
      ],
    },
    { id: 902, name: 'Deccan Screens', times: [{ at: '06:30 PM', session: '77' }] },
  ],
  soon: '',
  canonical: true,
  body: '',
}
const soon: TicketnewPage = { ...open, showlisting: false, days: [], houses: [], soon: 'Coming soon' }
const page = (more: Partial<TicketnewPage> = {}, from = open) => [pageOf(ADDRESS, ticketnewHtml({ ...from, ...more }))]
const read = (pages: FetchedPage[], asked = target, now = NOW) => source.interpret(asked, pages, now)
const verdict = (pages: FetchedPage[], asked = target, now = NOW) => {
  const seen = read(pages, asked, now)
  return seen.reason ? `${seen.verdict} ${seen.reason}` : seen.verdict
}

describe('metamorphic', () => {
  const london = { slug: 'london', code: null, name: 'London', zone: 'Europe/London' }
  const family = {
    source,
    target,
    now: NOW,
    open: page(),
    notOpen: page({}, soon),
    shiftedDate: page({ days: ['2026-11-27'], shownDay: '2026-11-27' }),
    withoutSkeleton: [
      pageOf(ADDRESS, `<!doctype html><html><body><main>${'<p>Welcome.</p>'.repeat(30)}</main></body></html>`),
    ],
    otherFilm: page({ id: '4100221', slug: 'the-lantern-makers-2' }),
    otherCity: page({ city: 'Chennai', citySlug: 'chennai' }),
    renamed: page({ title: 'Lanterns', slug: 'lanterns' }),
    movedZone: {
      source,
      target: targetOf({ city: london }),
      pages: page({ city: 'London', citySlug: 'london' }),
      hours: 5.5,
    },
  }
  test.each(metamorphic(family))('$name', ({ check }) => expect(check).not.toThrow(), 30_000)
})

describe('metamorphic, the generation before', () => {
  const OLD = `${BASE}/The-Lantern-Makers-Movie-Tickets-Online-Show-Timings/Online-Advance-Booking/410022/C/Hyderabad`
  const old = (more: Partial<TicketnewPage> = {}, left = 12) => [
    pageOf(OLD, oldTicketnewHtml({ ...open, ...more }, left)),
  ]
  const family = {
    source,
    target,
    now: NOW,
    open: old(),
    notOpen: old({ houses: [], body: '<p>Bookings for this movie have not started yet.</p>' }),
    soldOut: old({}, 0),
    withoutSkeleton: old({ houses: [], title: '' }),
    otherFilm: old({ id: '41002' }),
    otherCity: old({ city: 'Chennai' }),
    renamed: old({ title: 'Lanterns', slug: 'Lanterns' }),
  }
  test.each(metamorphic(family))('$name', ({ check }) => expect(check).not.toThrow(), 30_000)

  test('gives sessions with their own day, seats and cinema', () => {
    expect(read(old()).sessions[0]).toMatchObject({
      siteId: '5311',
      cinema: { siteId: '811', name: 'Royal Lantern' },
      startsAt: '2026-11-28T04:40:00.000Z',
      localDate: '2026-11-28',
      seatsLeft: 12,
    })
  })

  const tabs = (days: string[], base = OLD) =>
    `<ul id="ulShowDate">${days.map((day, n) => `<li class="ui-tabs-tab${n === 0 ? ' ui-state-active' : ''}"><a href="${day === '' ? '#date_1795804200' : `${base}/${day}`}"><span class="date">${day.slice(6)}</span></a></li>`).join('')}</ul>`
  const nameless = (body: string) =>
    old({ body }).map((one) => ({ ...one, body: one.body.replace(/<link rel="canonical"[^>]*>/, '') }))
  const asked = (date: string) => targetOf({ date })

  test('days are tabs with the day at the end of their address', () => {
    const pages = old({ body: tabs(['20261128', '20261129']) })
    expect(read(pages)).toMatchObject({ verdict: 'OPEN', openDates: ['2026-11-28', '2026-11-29'] })
    expect(verdict(pages, asked('2026-11-29'))).toBe('UNKNOWN conflict')
    expect(verdict(pages, asked('2026-11-30'))).toBe('NOT_OPEN')
    const disabled = pages.map((one) => ({ ...one, body: one.body.replace('"ui-tabs-tab"', '"ui-state-disabled"') }))
    expect(verdict(disabled, asked('2026-11-29'))).toBe('NOT_OPEN')
  })

  test('a tab that does not say its day leaves the list of days unfinished', () => {
    const pages = old({ body: tabs(['', '20261129']) })
    expect(verdict(pages)).toBe('OPEN')
    expect(verdict(pages, asked('2026-11-30'))).toBe('UNKNOWN parse')
    const hidden = tabs(['20261128', '20261129']).replaceAll('<a ', '<a style="display:none" ')
    expect(verdict(old({ body: hidden }), asked('2026-11-29'))).toBe('UNKNOWN parse')
  })

  test('a time in a greyed item of the list is not on sale', () => {
    const grey = old().map((one) => ({ ...one, body: one.body.replaceAll('<li>', '<li class="disabled">') }))
    expect(verdict(grey)).toBe('NOT_OPEN')
  })

  test('tabs name film and town where nothing else does', () => {
    expect(verdict(nameless(''))).toBe('UNKNOWN identity')
    const elsewhere = '<a href="/online-advance-booking/Movies/C/Chennai">Chennai</a>'
    expect(verdict(nameless(`${tabs(['20261128'])}${elsewhere}`))).toBe('OPEN')
    expect(verdict(nameless(tabs(['20261128'], OLD.replace('/410022/', '/41002/'))))).toBe('UNKNOWN identity')
    expect(verdict(nameless(tabs(['20261128'], OLD.replace('/C/Hyderabad', '/C/Chennai'))))).toBe('UNKNOWN identity')
  })

  test('a house that counts no seats is neither sold out nor open', () => {
    const uncounted = (left: number, classes: string) =>
      old({}, left).map((one) => ({ ...one, body: one.body.replaceAll('}]', `}${classes}]`) }))
    const none = ',{"Name":"Balcony","Rate":90,"Total":0,"Avail":0,"Max":10,"Text":"Available"}'
    expect(verdict(uncounted(0, ''))).toBe('SOLD_OUT')
    expect(verdict(uncounted(0, none))).toBe('UNKNOWN parse')
    expect(read(uncounted(12, none))).toMatchObject({ verdict: 'OPEN', sessions: [{ seatsLeft: null }, {}, {}] })
  })

  test('a class that says it cannot be had opens nothing, whatever it counts', () => {
    const saying = (text: string) =>
      old().map((one) => ({ ...one, body: one.body.replaceAll('"Avail":12}', `"Avail":12,"Text":"${text}"}`) }))
    expect(['Sold Out', 'Not Available', 'House Full', 'Closed'].map((text) => verdict(saying(text)))).toEqual(
      Array(4).fill('UNKNOWN parse'),
    )
    expect(['Available', 'Filling Fast', 'Almost Full'].map((text) => verdict(saying(text)))).toEqual(
      Array(3).fill('OPEN'),
    )
  })

  test('asks for a day at the end of such an address', () => {
    const path = new URL(OLD).pathname
    const [plan] = source.plan(targetOf({ hints: { path }, date: '2026-11-28' }), NOW)
    expect(plan?.url).toBe(`${OLD}/20261128`)
  })
})

describe('a film page', () => {
  test('gives linked sessions with cinema, local time and link; greyed ones are not bookable', () => {
    expect(
      read(page()).sessions.map(({ siteId, cinema, startsAt, bookable }) => [
        siteId,
        cinema.siteId,
        cinema.name,
        startsAt,
        bookable,
      ]),
    ).toEqual([
      ['811-5311-kx90ab', '811', 'Royal Lantern', '2026-11-28T04:40:00.000Z', true],
      ['902-77-kx90ab', '902', 'Deccan Screens', '2026-11-28T13:00:00.000Z', true],
      ['811@2026-11-28T16:15:00.000Z', '811', 'Royal Lantern', '2026-11-28T16:15:00.000Z', false],
    ])
  })

  test('the "Showlisting" link alone opens nothing, in either direction', () => {
    expect(verdict(page({ days: [], houses: [] }))).toBe('UNKNOWN conflict')
  })

  test('with a second signal from another place it does', () => {
    expect(verdict(page({ houses: [] }))).toBe('OPEN')
    const times = [{ id: 811, name: 'Royal Lantern', times: [{ at: '10:10 AM', session: null }] }]
    expect(verdict(page({ days: [], houses: times }))).toBe('OPEN')
    expect(verdict(page({ days: [], houses: times, showlisting: false }))).not.toBe('OPEN')
  })

  test('reads boxes of times by what their names have kept', () => {
    const box = (time: string, colour: string) =>
      `<div class="MovieSessionsListingDesktop_timeblock__MiYNc"><div class="${colour} MovieSessionsListingDesktop_time__r6FAI">${time}</div></div>`
    const body = `<div class="MovieSessionsListingDesktop_movieSessions__KYv1d"><div class="x"><a href="/movies/royal-in-hyderabad-CD811">Royal</a></div>
${box('10:10 AM', 'greenCol')}${box('09:45 PM', 'greyCol')}</div>`
    const seen = read(page({ houses: [], body }))
    expect(seen.verdict).toBe('OPEN')
    expect(seen.sessions.map(({ startsAt, bookable, cinema }) => [startsAt, bookable, cinema.siteId])).toEqual([
      ['2026-11-28T04:40:00.000Z', true, '811'],
      ['2026-11-28T16:15:00.000Z', false, '811'],
    ])
    const grey = body.replace('greenCol', 'greyCol')
    expect(verdict(page({ houses: [], body: grey }))).toBe('SOLD_OUT')
    expect(verdict(page({ houses: [], days: [], showlisting: false, body: grey }))).not.toBe('SOLD_OUT')
  })

  test('hidden, it is no signal', () => {
    const [whole] = page({ houses: [], days: [] })
    const hidden = whole!.body.replace('>Showlisting<', ' style="display:none">Showlisting<')
    expect(verdict([{ ...whole!, body: hidden }])).toBe('NOT_OPEN')
  })

  test('words that booking has not started contradict sessions', () => {
    expect(verdict(page({ soon: 'Bookings for this movie have not started yet.' }))).toBe('UNKNOWN conflict')
  })

  test('an id in the address suffices to deny, with the title, and never to affirm', () => {
    expect(verdict(page({ canonical: false }, soon))).toBe('NOT_OPEN')
    expect(verdict(page({ canonical: false, title: 'Lanterns' }, soon))).toBe('UNKNOWN identity')
    const bare = page({ canonical: false, days: [] })[0]!
    const unnamed = { ...bare, body: bare.body.replace(/href="[^"]*#shows"/, 'href="/x"') }
    expect(verdict([unnamed])).toBe('UNKNOWN identity')
  })

  test('a page that says nothing is no denial', () => {
    const [whole] = page({}, { ...soon, soon: '' })
    expect(verdict([{ ...whole!, body: whole!.body.replace('<a href="#about">About</a>', '') }])).toBe('UNKNOWN parse')
  })

  test('a start that the clocks skip is no session', () => {
    const london = targetOf({
      date: '2027-03-28',
      city: { slug: 'london', code: null, name: 'London', zone: 'Europe/London' },
    })
    const times = [{ id: 1, name: 'House', times: [{ at: '01:30 AM', session: '5' }] }]
    const skipped = page({
      city: 'London',
      citySlug: 'london',
      days: ['2027-03-28'],
      shownDay: '2027-03-28',
      houses: times,
    })
    expect(verdict(skipped, london)).toBe('UNKNOWN parse')
  })

  test('the state that a page carries is asked first', () => {
    const [whole] = page({}, soon)
    const state = {
      props: {
        pageProps: {
          data: {
            contentId: 410022,
            cityName: 'hyderabad',
            serverState: {
              movieSessions: {
                x: {
                  data: { sessionDates: ['2026-11-28'] },
                  arrangedSessions: [
                    { entityName: 'Royal', sessions: [{ sid: '1', showTime: '2026-11-28T10:00', avail: 4 }] },
                  ],
                },
              },
            },
          },
        },
      },
    }
    const script = `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify(state)}</script></body>`
    expect(verdict([{ ...whole!, body: whole!.body.replace('</body>', script) }])).toBe('OPEN')
  })
})

test('a state without sessions that denies what people can press is a contradiction', () => {
  const film = { content_id: 410022, upcoming_movie_text: 'Coming soon' }
  const data = { contentId: '410022', cityName: 'hyderabad', movieData: { meta: { movie: film } } }
  const state = JSON.stringify({ props: { pageProps: { type: 'mdp_page', data } } })
  const both = (from: TicketnewPage) => [
    pageOf(
      ADDRESS,
      ticketnewHtml(from).replace(
        '</body>',
        `<script id="__NEXT_DATA__" type="application/json">${state}</script></body>`,
      ),
    ),
  ]
  const seen = read(both(open))
  expect([seen.verdict, seen.reason]).toEqual(['UNKNOWN', 'conflict'])
  expect(seen.evidence.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['session.bookable', 'film.upcoming']))
  expect(verdict(both(soon))).toBe('NOT_OPEN')
})

describe('lists', () => {
  const list = (body: string) =>
    source.readFilms(target.city, 'upcoming', [pageOf(`${BASE}/movies/hyderabad`, body)], NOW)
  const html = (links: string) =>
    `<!doctype html><html><head><title>Movies</title></head><body>${links}${'<p>.</p>'.repeat(40)}</body></html>`

  test('take each film once, by its own id, named by its slug', () => {
    const films = list(
      html(`<a href="/movies/leo-part-2-movie-detail-1611?frmtid=zz">x</a><a href="/movies/leo-movie-detail-161">Leo</a>
<a href="/movies/leo-movie-detail-161?frmtid=b"></a><a href="/movies/seat-layout/161">no</a><a href="https://elsewhere.example/movies/a-movie-detail-9">no</a>
<a hidden href="/movies/gone-movie-detail-8">no</a>`),
    )
    expect(films).toMatchObject({
      ok: true,
      films: [
        { siteMovieId: '1611', title: 'Leo Part 2', slug: 'leo-part-2', list: 'upcoming', hints: { frmtid: 'zz' } },
        { siteMovieId: '161', title: 'Leo', slug: 'leo', hints: {} },
      ],
    })
    expect(films.ok && films.films).toHaveLength(2)
  })

  test('a blocked or changed page is no empty list', () => {
    expect(list(html(''))).toMatchObject({ ok: false, reason: 'parse' })
    expect(list('<html><head><title>Access Denied</title></head></html>')).toMatchObject({
      ok: false,
      reason: 'blocked',
    })
  })
})

test('asks for the addresses of the site', () => {
  expect(source.plan(target, NOW)[0]!.url).toBe(ADDRESS)
  expect(source.planFilms(target.city, 'running', NOW)[0]!.url).toBe(`${BASE}/movies/hyderabad`)
  expect(source.planFilms(target.city, 'upcoming', NOW)[0]!.url).toBe(`${BASE}/movies/upcoming-movies?city=hyderabad`)
})
