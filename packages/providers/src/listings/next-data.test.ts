import { describe, expect, test } from 'vitest'
import { nextDataSource } from './next-data.ts'
import { metamorphic } from './testing/metamorphic.ts'
import { DECCAN, type NextDataPage, nextDataHtml, nextDataState, ROYAL } from './testing/next-data-page.ts'
import { pageOf, targetOf } from './testing/pages.ts'

const BASE = 'https://listing.example'
const NOW = new Date('2026-11-21T06:00:00Z')
const source = nextDataSource({ baseUrl: BASE, zone: null })
const target = targetOf()
const URL_OF = `${BASE}/movies/the-lantern-makers-movie-tickets-in-hyderabad-MV410022?fromdate=2026-11-28`

const open: NextDataPage = {
  contentId: 410022,
  title: 'The Lantern Makers',
  slug: 'the-lantern-makers',
  citySlug: 'hyderabad',
  cityLabel: 'Hyderabad',
  searchDate: '2026-11-28',
  openDates: ['2026-11-27', '2026-11-28'],
  sessions: [
    { sid: '5311', cinema: ROYAL, showTime: '2026-11-28T04:40', closeTime: '2026-11-28T05:10', avail: 96 },
    { sid: '5312', cinema: ROYAL, showTime: '2026-11-28T13:30', avail: 0, label: 'Almost Full' },
    { sid: '811', cinema: DECCAN, showTime: '2026-11-28T16:15', avail: 41 },
  ],
  serverTime: '2026-11-21T05:59:58.120Z',
  place: 'serverState',
  upcomingText: '',
  body: '',
}
const page = (more: Partial<NextDataPage> = {}) => {
  const made = { ...open, ...more }
  return [pageOf(URL_OF, nextDataHtml(made))]
}
const stripped = (more: (state: ReturnType<typeof JSON.parse>) => void, from: NextDataPage = open) => {
  const state = JSON.parse(JSON.stringify(nextDataState(from)))
  more(state)
  return [pageOf(URL_OF, nextDataHtml(from, state))]
}
const read = (pages: ReturnType<typeof page>, asked = target, now = NOW) => source.interpret(asked, pages, now)
const verdict = (pages: ReturnType<typeof page>, asked = target, now = NOW) => {
  const seen = read(pages, asked, now)
  return seen.reason ? `${seen.verdict} ${seen.reason}` : seen.verdict
}
const shifted = open.sessions.map((session) => ({ ...session, showTime: session.showTime.replace('-28T', '-27T') }))

describe('metamorphic', () => {
  const family = {
    source,
    target,
    now: NOW,
    open: page(),
    notOpen: page({ searchDate: '2026-11-27', openDates: ['2026-11-27'], sessions: shifted }),
    soldOut: page({ sessions: open.sessions.map((session) => ({ ...session, avail: 0 })) }),
    shiftedDate: page({ searchDate: '2026-11-27', openDates: ['2026-11-27'], sessions: shifted }),
    withoutSkeleton: stripped((state) => {
      delete state.props.pageProps.data.serverState
      delete state.props.pageProps.data.movieData
    }),
    otherFilm: page({ contentId: 4100221, slug: 'the-lantern-makers-2' }),
    otherCity: page({ citySlug: 'chennai', cityLabel: 'Chennai' }),
    renamed: page({ title: 'Lanterns', slug: 'lanterns-director-s-cut' }),
  }
  test.each(metamorphic(family))('$name', ({ check }) => expect(check).not.toThrow(), 30_000)
})

describe('a page of a film', () => {
  test('gives its sessions in UTC, each with the local day, seats and a link', () => {
    const seen = read(page())
    expect(
      seen.sessions.map(({ siteId, startsAt, localDate, bookable, seatsLeft }) => [
        siteId,
        startsAt,
        localDate,
        bookable,
        seatsLeft,
      ]),
    ).toEqual([
      ['5311', '2026-11-28T04:40:00.000Z', '2026-11-28', true, 96],
      ['5312', '2026-11-28T13:30:00.000Z', '2026-11-28', false, 0],
      ['811', '2026-11-28T16:15:00.000Z', '2026-11-28', true, 41],
    ])
    expect(seen.sessions[0]).toMatchObject({
      zone: 'Asia/Kolkata',
      cinema: { siteId: '70011', name: ROYAL.name },
      url: `${BASE}/movies/seat-layout/ab3dqx9w?encsessionid=70011-5311-qx71lm-70011&fromdate=2026-11-28&contentid=410022`,
    })
    expect(seen.openDates).toEqual(['2026-11-27', '2026-11-28'])
  })

  test('counts a night show for its own local day', () => {
    const night = [{ sid: '9', cinema: ROYAL, showTime: '2026-11-27T18:45', avail: 5 }]
    expect(verdict(page({ sessions: night }))).toBe('OPEN')
    expect(verdict(page({ sessions: night }), targetOf({ date: '2026-11-27' }))).toBe('UNKNOWN conflict')
  })

  test.each(['serverState', 'initialState'] as const)('is read from %s', (place) => {
    expect(verdict(page({ place }))).toBe('OPEN')
  })

  test('is read where it was never seen, but proves only together with the days', () => {
    expect(read(page({ place: 'elsewhere' })).evidence.map(({ rule, strength }) => `${rule} ${strength}`)).toEqual([
      'session.bookable weak',
      'dates.open weak',
    ])
    const alone = stripped(
      (state) => {
        for (const block of Object.values<{ data: object }>(state.props.pageProps.data.reworked.board)) block.data = {}
        state.props.pageProps.data.serverState = {}
      },
      { ...open, place: 'elsewhere' },
    )
    expect(verdict(alone)).toBe('UNKNOWN conflict')
  })

  test('a title with a town in it is no town', () => {
    expect(verdict(page({ slug: 'love-in-paris' }))).toBe('OPEN')
    expect(verdict(page({ slug: 'once-in-hyderabad', citySlug: 'new-hyderabad', cityLabel: 'New Hyderabad' }))).toBe(
      'UNKNOWN identity',
    )
  })

  test('trusts no label: seats decide', () => {
    const session = { sid: '1', cinema: ROYAL, showTime: '2026-11-28T10:00' }
    expect(verdict(page({ sessions: [{ ...session, avail: 0, label: 'Available' }] }))).toBe('SOLD_OUT')
    expect(verdict(page({ sessions: [{ ...session, avail: 3, label: 'Sold Out' }] }))).toBe('OPEN')
    expect(verdict(page({ sessions: [{ ...session, avail: 30, disableClick: true }] }))).toBe('NOT_OPEN')
  })

  test('a day in the list without a session of it is no opening and no denial', () => {
    expect(verdict(page({ sessions: shifted, searchDate: '2026-11-27' }))).toBe('UNKNOWN conflict')
    expect(verdict(page({ sessions: [] }))).toBe('UNKNOWN conflict')
  })

  test('without any day the site says not open, with its own words kept', () => {
    const seen = read(page({ sessions: [], openDates: [], upcomingText: 'Releasing on 28 Nov' }))
    expect(seen.verdict).toBe('NOT_OPEN')
    expect(seen.evidence.map(({ rule }) => rule)).toEqual(['dates.none', 'film.upcoming', 'film.upcoming'])
  })

  test('without a city it may say "nowhere", but nothing of sessions', () => {
    const nowhere = (from: NextDataPage) =>
      stripped((state) => {
        state.props.pageProps.data.cityName = ''
        state.props.pageProps.data.cityLabel = ''
        state.query.slug = 'the-lantern-makers-movie-tickets-MV410022'
      }, from)
    expect(verdict(nowhere({ ...open, sessions: [], openDates: [] }))).toBe('NOT_OPEN')
    expect(verdict(nowhere({ ...open, sessions: [] }))).toBe('UNKNOWN identity')
    expect(verdict(nowhere(open))).toBe('UNKNOWN identity')
  })

  test('the newer page of a film is read for its days and its city', () => {
    const newer = (city: string, days: string[], upcoming = '', sessions: object = {}) => {
      const movie = { content_id: 410022, contentId: 410022, name: 'The Lantern Makers', upcoming_movie_text: upcoming }
      const slug = `the-lantern-makers-movie-tickets-${city ? `in-${city}-` : ''}MV410022`
      const state = {
        props: {
          pageProps: {
            type: 'mdp_v2_page',
            data: {
              movieData: { meta: { movie } },
              contentId: '410022',
              cityName: city,
              cityLabel: city,
              isGeneric: !city,
              slug,
            },
            initialState: {
              movies: { movieSessions: {}, movieContents: {}, movieSessionsError: false },
              mdpV2: {
                movieData: { 410022: { contentId: '410022', movie, showDates: days, cinemas: [] } },
                sessions,
                error: { movie: null, sessions: null },
              },
              user: { selectedCity: { cityName: '', cityLabel: '' } },
            },
          },
        },
        page: '/[slug]',
        query: { slug },
      }
      return verdict([pageOf(URL_OF, nextDataHtml({ ...open, sessions: [] }, state).replace(/<link[^>]*>/, ''))])
    }
    expect(newer('', [], 'Releasing on 28 Nov')).toBe('NOT_OPEN')
    expect(newer('hyderabad', [])).toBe('NOT_OPEN')
    expect(newer('hyderabad', ['2026-11-27'])).toBe('NOT_OPEN')
    expect(newer('hyderabad', ['2026-11-28'])).toBe('UNKNOWN conflict')
    expect(newer('', ['2026-11-28'])).toBe('UNKNOWN identity')
    expect(newer('chennai', [])).toBe('UNKNOWN identity')
    const block = (nextDataState(open) as ReturnType<typeof JSON.parse>).props.pageProps.data.serverState.movieSessions
    expect(newer('hyderabad', ['2026-11-28'], '', block)).toBe('OPEN')
  })

  test('a start without reading, a passed end of sales and a begun show do not count', () => {
    const at = (showTime: string, closeTime?: string) =>
      verdict(page({ sessions: [{ sid: '1', cinema: ROYAL, showTime, closeTime, avail: 9 }] }))
    expect(at('2026-11-28T10:00:00.000Z-03:00')).toBe('UNKNOWN parse')
    expect(at('2026-11-28T10:00', '2026-11-21T05:00')).toBe('NOT_OPEN')
    const today = targetOf({ date: '2026-11-21' })
    const begun = [{ sid: '1', cinema: ROYAL, showTime: '2026-11-21T05:30', closeTime: '2026-11-21T06:15', avail: 9 }]
    expect(verdict(page({ openDates: ['2026-11-21'], sessions: begun }), today)).toBe('NOT_OPEN')
  })

  test('an old page says nothing about now', () => {
    expect(verdict(page({ serverTime: '2026-11-20T05:00:00Z' }))).toBe('UNKNOWN stale')
  })

  test('a page that could not load its data is an outage', () => {
    const failed = stripped((state) => {
      state.props.pageProps.initialState.movies.movieSessionsError = true
      state.props.pageProps.data.serverState = {}
    })
    expect(verdict(failed)).toBe('UNKNOWN outage')
  })

  test('an error page that carries the state of no film is an outage too', () => {
    const page = (heading: string, pageProps: object, path = '/_error') => {
      const state = JSON.stringify({ props: { pageProps }, page: path, query: {}, buildId: 'a1' })
      return [
        pageOf(
          URL_OF,
          `<!doctype html><html><head><title>Lantern Tickets: films, plays, dinner</title></head><body><div id="__next">${heading}</div>${' '.repeat(200)}<script id="__NEXT_DATA__" type="application/json">${state}</script></body></html>`,
        ),
      ]
    }
    expect(verdict(page("<h1>Scheduled maintenance</h1><p>We'll be back soon</p>", {}, '/maintenance'))).toBe(
      'UNKNOWN outage',
    )
    expect(verdict(page('<h2>Access Denied</h2>', {}))).toBe('UNKNOWN blocked')
    expect(verdict(page('<h1>500</h1>', { statusCode: 500 }))).toBe('UNKNOWN outage')
    expect(verdict(page('<h1>Welcome</h1>', {}))).toBe('UNKNOWN identity')
  })

  test('a beginning of sales that is named is announced', () => {
    const announced = stripped(
      (state) => {
        state.props.pageProps.data.movieData.meta.movie.bookingOpensAt = '2026-11-25T04:30:00Z'
      },
      { ...open, sessions: [], openDates: [] },
    )
    expect(read(announced)).toMatchObject({ verdict: 'ANNOUNCED', announcedAt: '2026-11-25T04:30:00.000Z' })
  })

  test('without an asked day any day to come opens', () => {
    expect(verdict(page(), targetOf({ date: null }))).toBe('OPEN')
    expect(verdict(page(), targetOf({ date: null }), new Date('2026-11-28T17:00:00Z'))).toBe('UNKNOWN stale')
  })

  test('a redirect to another film or to the front page is no answer', () => {
    const [whole] = page()
    for (const finalUrl of [`${BASE}/`, `${BASE}/movies/other-movie-tickets-in-hyderabad-MV410023`])
      expect(verdict([{ ...whole!, finalUrl }])).toBe('UNKNOWN identity')
    expect(verdict([{ ...whole!, status: 404 }])).toBe('GONE')
  })
})

describe("a cinema's page", () => {
  const cinema = (film: object, session: object = {}) => ({
    props: {
      pageProps: {
        type: 'cdp_page',
        data: {
          cinemaId: '70011',
          contentId: 170611,
          cityLabel: 'Hyderabad',
          serverState: {
            '700112026-11-28': {
              meta: { cinema: { id: 70011, name: ROYAL.name, contentId: 410022 } },
              data: { sessionDates: ['2026-11-28'] },
              arrangedSessions: [
                { ...film, sessions: [{ sid: '5', cid: 70011, showTime: '2026-11-28T10:00', avail: 7, ...session }] },
              ],
            },
          },
        },
      },
    },
  })
  const seen = (film: object, session?: object) =>
    verdict([
      pageOf(
        `${BASE}/movies/royal-in-hyderabad-CD70011`,
        nextDataHtml(open, cinema(film, session)).replace(/<link[^>]*>/, ''),
      ),
    ])

  test('opens for the film that its sessions carry, and for no other', () => {
    expect(seen({ entityCode: 410022, entityName: 'The Lantern Makers' })).toBe('OPEN')
    expect(seen({ entityCode: 4100221, entityName: 'The Lantern Makers' })).toBe('UNKNOWN identity')
    expect(seen({ entityCode: 410022 }, { contentId: 5 })).toBe('UNKNOWN identity')
    expect(seen({ entityName: 'The Lantern Makers' })).toBe('UNKNOWN identity')
  })
})

describe('a bare JSON answer', () => {
  const answer = (more: object = {}) => ({
    meta: {
      cinemas: [{ id: 70011, name: ROYAL.name, city: 'Hyderabad' }],
      movies: [{ id: 'QX71LM', contentId: 410022, name: 'The Lantern Makers' }],
    },
    data: { sessionDates: ['2026-11-28'] },
    pageData: {
      sessions: { 70011: [{ sid: '5', cid: 70011, mid: 'QX71LM', showTime: '2026-11-28T10:00', avail: 7, ...more }] },
    },
  })
  const seen = (body: object) => verdict([pageOf(`${BASE}/v3/movies/search/movie`, JSON.stringify(body))])

  test('is read by the codes it explains', () => {
    expect(seen(answer())).toBe('OPEN')
    expect(seen(answer({ avail: 0 }))).toBe('SOLD_OUT')
    expect(seen(answer({ mid: 'OTHER1' }))).toBe('UNKNOWN identity')
  })
})

describe('cinemas near and far', () => {
  const session = {
    cid: 70011,
    sid: 2694,
    mid: 'QX71LM',
    mcd: 'mkq8lantern',
    showTime: '2026-11-28T16:50',
    scrnFmt: '2D',
    areas: [{ price: 175 }],
    avail: 67,
    encSessionId: '70011-2694-qx71lm-70011',
  }
  const answer = (near: object[], far: object[] = [], more: object = {}) => ({
    meta: {
      movie: { content_id: 410022, name: 'The Lantern Makers' },
      showDates: ['2026-11-28'],
      selectedShowDate: '2026-11-28',
      ...more,
    },
    pageData: {
      nearbyCinemas: near.map((one) => ({ cinemaInfo: { id: 70011, name: ROYAL.name }, sessions: [one] })),
      farCinemas: far.map((one) => ({ cinemaInfo: { id: 70024, label: DECCAN.name }, sessions: [one] })),
    },
  })
  const ADDRESS = `${BASE}/gw/consumer/movies/v5/movie?content_id=410022&city_key=hyderabad`
  const json = (body: object, url = ADDRESS) => [pageOf(url, JSON.stringify(body))]
  const streamed = (body: object) => {
    const pieces = JSON.stringify(`7:["$","div",null,${JSON.stringify(body)}]`)
    return [
      pageOf(
        URL_OF,
        `<!doctype html><html><head><title>The Lantern Makers tickets</title><link rel="canonical" href="${URL_OF.split('?')[0]}"></head>
<body><h1>The Lantern Makers</h1><script>self.__next_f.push([1,${pieces}])</script></body></html>`,
      ),
    ]
  }

  test('are read in the answer behind the page, whose address names the city', () => {
    const seen = read(json(answer([session], [{ ...session, cid: 70024, sid: 11, showTime: '2026-11-28T17:00' }])))
    expect(seen.verdict).toBe('OPEN')
    expect(seen.sessions.map(({ siteId, cinema, startsAt }) => [siteId, cinema.siteId, cinema.name, startsAt])).toEqual(
      [
        ['2694', '70011', ROYAL.name, '2026-11-28T16:50:00.000Z'],
        ['11', '70024', DECCAN.name, '2026-11-28T17:00:00.000Z'],
      ],
    )
    expect(seen.sessions[0]?.url).toContain('/movies/seat-layout/mkq8lantern?encsessionid=70011-2694-qx71lm-70011')
    expect(verdict(json(answer([session]), ADDRESS.replace('hyderabad', 'chennai')))).toBe('UNKNOWN identity')
    expect(verdict(json(answer([session]), `${BASE}/gw/movie`))).toBe('UNKNOWN identity')
  })
  test('are read in pieces that a page streams', () => {
    expect(verdict(streamed(answer([session])))).toBe('OPEN')
    expect(verdict(streamed(answer([{ ...session, avail: 0 }])))).toBe('SOLD_OUT')
    expect(verdict(streamed(answer([], [], { showDates: [] })))).toBe('NOT_OPEN')
    expect(verdict(streamed(answer([session], [], { movie: { content_id: 41002 } })))).toBe('UNKNOWN identity')
    // Pieces write what is not there as words of their own.
    const unset = { closeTime: '$undefined', disableClick: '$undefined', lang: '$undefined', fid: '$undefined' }
    const seen = read(streamed(answer([{ ...session, ...unset }])))
    expect([seen.verdict, seen.sessions[0]?.language]).toEqual(['OPEN', null])
    // Without a number of seats nobody can tell.
    expect(verdict(streamed(answer([{ ...session, avail: undefined }])))).toBe('UNKNOWN parse')
  })
  test('keep shows beside the first ones, and cinemas by the label they have', () => {
    const late = { ...session, sid: 2695, showTime: '2026-11-28T17:20' }
    const groups = (more: object) => ({
      ...answer([]),
      pageData: { nearbyCinemas: [{ id: 70011, sessions: [], extraSessions: [late], ...more }], farCinemas: [] },
    })
    const seen = read(json(groups({ label: ROYAL.name })))
    expect(seen.sessions.map(({ siteId, cinema, startsAt }) => [siteId, cinema.name, startsAt])).toEqual([
      ['2695', ROYAL.name, '2026-11-28T17:20:00.000Z'],
    ])
    expect(seen.verdict).toBe('OPEN')
    expect(read(json(groups({ data: { label: ROYAL.name } }))).sessions[0]?.cinema.name).toBe(ROYAL.name)
    // A show beside the first ones is of its own day and of its own film too.
    expect(verdict(json(groups({ extraSessions: [{ ...late, showTime: '2026-11-29T17:20' }] })))).not.toBe('OPEN')
    expect(verdict(json(groups({ extraSessions: [{ ...late, contentId: 41002 }] })))).not.toBe('OPEN')
    expect(verdict(json(groups({ extraSessions: [{ ...late, avail: 0 }] })))).toBe('SOLD_OUT')
  })
  test('are read once where they are arranged as well, with the language of their format', () => {
    const { pageData, meta } = answer([session])
    const arranged = [{ entityCode: 70011, entityName: ROYAL.name, data: { id: 70011 }, sessions: [session] }]
    const contents = {
      410022: {
        contentId: 410022,
        languageFormatGroups: [
          { fmtGrpId: 'mkQ8lanTern', lang: 'Telugu' },
          { fmtGrpId: 'other1', lang: 'Hindi' },
        ],
      },
    }
    const state = stripped((whole) => {
      const { data } = whole.props.pageProps
      data.serverState = {
        movieContents: contents,
        movieSessions: { mkq8lantern: { serverTime: 1795240800, meta, pageData, arrangedSessions: arranged } },
      }
    })
    const seen = read(state)
    expect(seen.verdict).toBe('OPEN')
    expect(seen.sessions.map(({ siteId, language, cinema }) => [siteId, language, cinema.siteId])).toEqual([
      ['2694', 'Telugu', '70011'],
    ])
  })
  test('a film that is only announced has neither, and its words', () => {
    const announced = (text: string | null) =>
      stripped((whole) => {
        const { data } = whole.props.pageProps
        delete data.movieData
        whole.props.pageProps.initialState = {}
        data.serverState = {
          movieContents: { 410022: { contentId: 410022, upcoming_movie_text: text } },
          movieSessions: {},
        }
      })
    expect(verdict(announced('Releasing on 18 December'))).toBe('NOT_OPEN')
    expect(verdict(announced(null))).toBe('UNKNOWN parse')
  })
  test('are a list also where it is empty', () => {
    expect(verdict(json(answer([], [], { showDates: [] })))).toBe('NOT_OPEN')
    expect(verdict(json(answer([session], [], { showDates: ['2026-11-27'] })))).toBe('NOT_OPEN')
  })
})

describe('lists of films', () => {
  const grouped = {
    data: {
      groupedMovies: [
        {
          label: 'The Lantern Makers',
          contentId: 410022,
          releaseDate: '2026-11-27',
          languageFormatGroups: [{ lang: 'Telugu', fmtGrpId: 'ab3' }],
        },
        { label: 'Untitled', contentId: 410900, releaseDate: '2090-01-01', languageFormatGroups: [] },
      ],
    },
  }
  const list = (body: string) =>
    source.readFilms(target.city, 'running', [pageOf(`${BASE}/movies/hyderabad-movie-tickets`, body)], NOW)

  test('give ids, languages and releases; a placeholder release is none', () => {
    expect(list(JSON.stringify(grouped))).toMatchObject({
      ok: true,
      films: [
        {
          siteMovieId: '410022',
          title: 'The Lantern Makers',
          language: 'Telugu',
          releaseDate: '2026-11-27',
          hints: { frmtid: 'ab3' },
        },
        { siteMovieId: '410900', releaseDate: null },
      ],
    })
  })

  test('are read in rails of cards and in the list that the head of the page has', () => {
    const card = (movie_id: number, name: string, more: object = {}) => ({
      ItemDetails: {
        entity_type: 'movie',
        MovieData: { movie_id, name, release_date: 1795737600, movie_variants: [{ language: 'Telugu' }], ...more },
      },
    })
    const rails = {
      EDSResponse: {
        rails: [
          { items: [card(410022, 'The Lantern Makers'), card(410023, 'Low Tide', { release_date: 0 })] },
          { items: [{ ItemDetails: { entity_type: 'event', EventData: { id: 7, name: 'A fair' } } }] },
        ],
      },
    }
    expect(list(JSON.stringify(rails))).toMatchObject({
      ok: true,
      films: [
        { siteMovieId: '410022', title: 'The Lantern Makers', language: 'Telugu', releaseDate: '2026-11-27' },
        { siteMovieId: '410023', title: 'Low Tide', releaseDate: null },
      ],
    })
    const item = (position: number, name: string, end: string) => ({
      '@type': 'ListItem',
      position,
      item: {
        '@type': 'Movie',
        name,
        url: `${BASE}/movies/${name.toLowerCase().replaceAll(' ', '-')}-movie-tickets${end}`,
      },
    })
    const head = JSON.stringify({
      '@type': 'ItemList',
      itemListElement: [item(1, 'Low Tide', '-MV410023'), item(2, 'High Tide', '-in-chennai-MV410024')],
    })
    const drawn = nextDataHtml({ ...open, body: `<script type="application/ld+json">${head}</script>` })
    const films = list(drawn)
    expect(films.ok && films.films.map(({ siteMovieId, title, slug }) => [siteMovieId, title, slug])).toEqual([
      ['410023', 'Low Tide', 'low-tide'],
    ])
    // Some lists have the film's name and address on the entry itself.
    const bare = JSON.stringify({
      '@type': 'ItemList',
      itemListElement: [{ name: 'Low Tide', url: `${BASE}/movies/low-tide-movie-tickets-MV410023`, image: 'x.jpg' }],
    })
    expect(list(nextDataHtml({ ...open, body: `<script type="application/ld+json">${bare}</script>` }))).toMatchObject({
      ok: true,
      films: [{ siteMovieId: '410023', title: 'Low Tide' }],
    })
  })
  test('are read in rails that a page streams, each rail for what it is', () => {
    const card = (movie_id: string, name: string, release_date: string) => ({
      ItemDetails: {
        MovieData: { movie_id, name, release_date, format_id: 'p9Mx', movie_variants: [{ language: 'Telugu' }] },
      },
      entity_id: movie_id,
    })
    const EDSResponse = {
      rails: [
        { title: 'Only in Theatres', items: [card('410022', 'The Lantern Makers ', '1793664000')] },
        { title: 'Coming soon', rail_identifier: 'movies_upcoming', items: [card('410023', 'Low Tide', '1796342400')] },
        { title: 'Explore', items: [{ ItemDetails: { EditorialData: { id: 1, name: 'All films' } } }] },
      ],
    }
    const tree = ['$', '$L22', 'movies_home_v2', { defaultSnippetData: { EDSResponse }, items: '$6:1:props:items' }]
    const html = `<!doctype html><html><head><title>Films</title></head><body><main>${'.'.repeat(300)}</main>
<script>self.__next_f.push([1,${JSON.stringify(`6:${JSON.stringify(tree)}`)}])</script></body></html>`
    const films = (name: 'running' | 'upcoming') => {
      const read = source.readFilms(target.city, name, [pageOf(`${BASE}/movies/`, html)], NOW)
      return read.ok ? read.films.map((film) => [film.siteMovieId, film.title, film.releaseDate, film.hints]) : read
    }
    expect(films('running')).toEqual([['410022', 'The Lantern Makers', '2026-11-03', { frmtid: 'p9Mx' }]])
    expect(films('upcoming')).toEqual([['410023', 'Low Tide', '2026-12-04', { frmtid: 'p9Mx' }]])
    // Links name the town that the page was drawn for, and films of both rails.
    const link = (town: string, id: number) =>
      `<a href="/movies/x-movie-tickets-in-${town}-MV${id}">Film UA | Telugu</a>`
    const foot = `<footer>${link('hyderabad', 410022)}${link('chennai', 410022)}</footer>`
    const linking = (town: string) =>
      html.replace('<main>', `<main>${link(town, 410022)}${link(town, 410023)}`).replace('</main>', `</main>${foot}`)
    const listed = (town: string) =>
      source.readFilms(target.city, 'upcoming', [pageOf(`${BASE}/movies/`, linking(town))], NOW)
    const here = listed('hyderabad')
    expect(here.ok && here.films.map(({ siteMovieId, title, slug }) => [siteMovieId, title, slug])).toEqual([
      ['410023', 'Low Tide', 'x'],
    ])
    expect(listed('gurgaon')).toMatchObject({ ok: false, reason: 'identity' })
  })
  test('take links of this city only', () => {
    const links = ['hyderabad-MV410022', 'chennai-MV410023'].map(
      (end) => `<a href="/movies/the-lantern-makers-movie-tickets-in-${end}">The Lantern Makers</a>`,
    )
    const films = list(nextDataHtml({ ...open, body: links.join('') }))
    expect(films.ok && films.films.map(({ siteMovieId, slug }) => [siteMovieId, slug])).toEqual([
      ['410022', 'the-lantern-makers'],
    ])
  })

  test('are never empty because they could not be read', () => {
    expect(list(nextDataHtml({ ...open }))).toMatchObject({ ok: false, reason: 'parse' })
    expect(list('<html><title>Just a moment...</title></html>')).toMatchObject({ ok: false, reason: 'blocked' })
  })
})

test('asks for the page of the film, its city and its day', () => {
  expect(source.plan(target, NOW).map(({ url }) => url)).toEqual([URL_OF])
  expect(
    source.plan(targetOf({ slug: null, title: 'Tom & Jérôme', date: null, hints: { frmtid: 'x1' } }), NOW)[0]!.url,
  ).toBe(`${BASE}/movies/tom-and-jerome-movie-tickets-in-hyderabad-MV410022?frmtid=x1`)
})
