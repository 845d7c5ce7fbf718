import { describe, expect, test } from 'vitest'
import { pvrJsonSource } from './pvr-json.ts'
import { metamorphic } from './testing/metamorphic.ts'
import { pageOf, targetOf } from './testing/pages.ts'

const BASE = 'https://api3.stub.example'
const NOW = new Date('2026-11-21T06:00:00Z')
const city = { slug: 'Hyderabad', code: null, name: 'Hyderabad', zone: 'Asia/Kolkata' }
const source = pvrJsonSource({ baseUrl: BASE, zone: null })
const target = targetOf({ siteMovieId: '33296', city, slug: 'THE-LANTERN-MAKERS' })
const URL_OF = `${BASE}/api/v1/booking/content/msessions`

type Show = Record<string, unknown>
const shows: Show[] = [
  {
    status: 0,
    sessionId: 1,
    showDate: '2026-11-28',
    showTime: '09:00 AM',
    showTimeStamp: 1,
    language: 'Telugu',
    filmFormat: '2D',
  },
  {
    status: 0,
    sessionId: 2,
    showDate: '2026-11-28',
    showTime: '07:40 PM',
    language: 'Telugu',
    filmFormat: '',
    movieFormat: 'ATMOS',
  },
  { status: 1, sessionId: 3, showDate: '2026-11-28', showTime: '07:55 PM', language: 'Telugu', filmFormat: '2D' },
]
const answer = (list: Show[], more: Record<string, unknown> = {}) => ({
  result: 'success',
  msg: 'Record found',
  output: {
    movie: { id: '33296', n: 'THE LANTERN MAKERS' },
    movieCinemaSessions:
      list.length === 0
        ? []
        : [
            {
              cinema: { theatreId: '388', name: 'Aurora Screens', cityName: 'Hyderabad' },
              showCount: list.length,
              experienceSessions: [{ experience: '2D', shows: list }],
            },
          ],
    ...more,
  },
})
const page = (value: unknown) => [pageOf(URL_OF, JSON.stringify(value), { key: 'sessions' })]
const open = answer(shows)
const read = (pages: ReturnType<typeof page>, asked = target, now = NOW) => source.interpret(asked, pages, now)
const verdict = (pages: ReturnType<typeof page>, asked = target, now = NOW) => {
  const seen = read(pages, asked, now)
  return seen.reason ? `${seen.verdict} ${seen.reason}` : seen.verdict
}
const each = (more: Show) => page(answer(shows.map((show) => ({ ...show, ...more }))))

describe('metamorphic', () => {
  const family = {
    source,
    target,
    now: NOW,
    open: page(open),
    notOpen: page(answer([])),
    soldOut: each({ status: 2, soldOut: true, availableSeats: 0 }),
    shiftedDate: each({ showDate: '2026-11-27' }),
    withoutSkeleton: page({ result: 'success', output: { movie: { id: '33296' } } }),
    otherFilm: page(answer(shows, { movie: { id: '332961', n: 'THE LANTERN MAKERS' } })),
    otherCity: page(JSON.parse(JSON.stringify(open).replace('"cityName":"Hyderabad"', '"cityName":"Chennai"'))),
    renamed: page(answer(shows, { movie: { id: '33296', n: 'LANTERNS' } })),
    movedZone: {
      source: pvrJsonSource({ baseUrl: BASE, zone: 'Asia/Karachi' }),
      target,
      pages: page(open),
      hours: 0.5,
    },
  }
  test.each(metamorphic(family))('$name', ({ check }) => expect(check).not.toThrow(), 30_000)
})

describe('an answer that is no proof', () => {
  test('phantoms only: in the answer and drawn nowhere', () => {
    expect(verdict(each({ status: 1 }))).toBe('NOT_OPEN')
    expect(verdict(each({ status: 1, soldOut: true, availableSeats: 0 }))).toBe('NOT_OPEN')
  })
  test('a status that is missing or a word', () => {
    expect(verdict(each({ status: undefined }))).toBe('UNKNOWN parse')
    expect(verdict(each({ status: 'Available' }))).toBe('UNKNOWN parse')
    expect(verdict(each({ status: true }))).toBe('UNKNOWN parse')
  })
  test('times in a form nobody knows, whatever stands beside them', () => {
    for (const showTime of ['unknown', '19h30', '25:10', '', 930, null])
      expect(verdict(each({ showTime, endTime: '11:30 PM', showTimeStamp: 1_795_834_800_000 }))).toBe('UNKNOWN parse')
  })
  test('one showing that cannot be read among others of another day', () => {
    const mixed = [
      { ...shows[0]!, showDate: '2026-11-27' },
      { ...shows[1]!, showTime: '?' },
    ]
    expect(verdict(page(answer(mixed)))).toBe('UNKNOWN parse')
  })
  test('refusals, also those with status 200, and failures', () => {
    expect(verdict(page({ code: 403, msg: 'Forbidden' }))).toBe('UNKNOWN blocked')
    expect(verdict([{ ...page(open)[0]!, status: 429 }])).toBe('UNKNOWN blocked')
    expect(verdict(page({ result: 'error', msg: 'No record found', output: null }))).toBe('UNKNOWN identity')
    expect(verdict(page({ ...open, result: 'error' }))).toBe('UNKNOWN parse')
    expect(verdict(page([]))).toBe('UNKNOWN parse')
  })
  test('cinemas without their showings', () => {
    expect(verdict(page(answer([], { movieCinemaSessions: [{ cinema: { name: 'A' } }] })))).toBe('UNKNOWN parse')
  })
})

describe('an answer that is a proof', () => {
  test('times are the clock of the cinema, not converted', () => {
    const seen = read(page(open))
    expect(seen.sessions.map((s) => [s.siteId, s.startsAt, s.localDate, s.bookable, s.format])).toEqual([
      ['1', '2026-11-28T03:30:00.000Z', '2026-11-28', true, '2D'],
      ['2', '2026-11-28T14:10:00.000Z', '2026-11-28', true, 'ATMOS'],
    ])
    expect(read(each({ showTime: '0930' })).sessions[0]!.startsAt).toBe('2026-11-28T04:00:00.000Z')
    expect(seen.sessions[0]!.url).toBe('https://www.stub.example/moviesessions/Hyderabad/THE-LANTERN-MAKERS/33296')
  })
  test('any day, where none is asked', () => {
    expect(verdict(each({ showDate: '2026-11-27' }), { ...target, date: null })).toBe('OPEN')
  })
  test('the answer one level deeper, and a greater city of several names', () => {
    const { output } = open
    expect(verdict(page({ result: 'success', output: { showTimeSessions: [output] } }))).toBe('OPEN')
    const ncr = { ...city, slug: 'Delhi-NCR', name: 'Delhi-NCR' }
    const delhi = JSON.parse(JSON.stringify(open).replace('"cityName":"Hyderabad"', '"cityName":"New Delhi"'))
    expect(verdict(page(delhi), { ...target, city: ncr })).toBe('OPEN')
  })
  test('a film of several prints', () => {
    const prints = answer(shows, { movie: { id: '40000', filmIds: ['33296', '33297'] } })
    expect(verdict(page(prints))).toBe('OPEN')
  })
})

describe('a film that only comes', () => {
  const list = (output: unknown) => pageOf(URL_OF, JSON.stringify({ result: 'success', output }), { key: 'films' })
  const none = page({ result: 'error', msg: 'No record found', output: null })
  const film = { id: '33296', n: 'THE LANTERN MAKERS', releaseDate: '2090-01-01' }
  test('is not open where the list of coming films says so', () => {
    expect(verdict([...none, list({ ns: [{ id: '1', n: 'A' }], cs: [film] })])).toBe('NOT_OPEN')
    expect(verdict([...none, list({ ns: [film], cs: [film] })])).toBe('UNKNOWN identity')
    expect(verdict([...none, list({ ns: [], cs: [{ ...film, id: '332961' }] })])).toBe('UNKNOWN identity')
  })
  test('is asked for in both places', () => {
    expect(source.plan({ ...target, hints: { list: 'upcoming' } }, NOW).map(({ key }) => key)).toEqual([
      'sessions',
      'films',
    ])
    const [plan] = source.plan(target, NOW)
    expect(plan).toMatchObject({ method: 'POST', url: URL_OF })
    expect(JSON.parse(plan!.body!)).toMatchObject({ city: 'Hyderabad', mid: '33296', dated: '2026-11-28', lang: 'ALL' })
  })
  test('lists: a placeholder is no date, and nothing at all is no list', () => {
    const lists = list({ ns: [{ id: 1, n: 'Now' }], cs: [film] })
    expect(source.readFilms(city, 'upcoming', [lists], NOW)).toMatchObject({
      ok: true,
      films: [{ siteMovieId: '33296', title: 'THE LANTERN MAKERS', releaseDate: null, hints: { list: 'upcoming' } }],
    })
    expect(source.readFilms(city, 'running', [lists], NOW)).toMatchObject({ ok: true, films: [{ siteMovieId: '1' }] })
    expect(source.readFilms(city, 'running', [list({ ns: [], cs: [] })], NOW).ok).toBe(false)
    expect(source.readFilms(city, 'running', [list({ ns: 'x' })], NOW).ok).toBe(false)
  })
})

describe('the answer of one cinema', () => {
  const ofCinema = (movieRe: object) =>
    page({
      result: 'success',
      output: {
        cinemaRe: { theatreId: '388', name: 'Aurora Screens', cityName: 'Hyderabad' },
        cinemaMovieSessions: [
          { movieRe: { id: '332960', n: 'THE LANTERN MAKERS 2' }, experienceSessions: [{ shows: [] }] },
          { movieRe, experienceSessions: [{ experience: '2D', shows }] },
        ],
      },
    })

  test('is read for its films one by one', () => {
    const seen = read(ofCinema({ id: '33296', n: 'THE LANTERN MAKERS' }))
    expect(seen.verdict).toBe('OPEN')
    expect(seen.sessions.map(({ siteId, cinema }) => [siteId, cinema.siteId])).toEqual([
      ['1', '388'],
      ['2', '388'],
    ])
    expect(verdict(ofCinema({ id: '33297' }))).toBe('UNKNOWN identity')
  })
  test('says nothing of a film that this cinema does not show', () => {
    expect(verdict(ofCinema({ id: '33296' }), { ...target, siteMovieId: '5' })).toBe('UNKNOWN identity')
  })
})

describe('an answer as the site gives it, with the state, the label and the seats of each showing', () => {
  const showing = (more: Show = {}): Show => ({
    theatreId: '388',
    sessionId: 71001,
    screenId: 12,
    movieId: '33297',
    showDateStr: '2026-11-28',
    showDate: '2026-11-28',
    showTime: '06:05 PM',
    showTimeStamp: 1_795_869_300_000,
    language: 'Telugu',
    filmFormat: '',
    movieFormat: '',
    screenType: 'LASER',
    statusCode: '11AA22',
    status: 1,
    statusTxt: 'Available',
    alertTxt: null,
    encrypted: 'c2VhdHM(r)x==',
    ...more,
  })
  const movie = { id: '33296', n: 'THE LANTERN MAKERS', filmIds: ['33297', '33298'] }
  const given = (list: Show[], more: object = {}) =>
    page({ status: 302, code: 10001, ...answer(list, { movie, days: [], ...more }) })

  test('1 and 2 can be pressed', () => {
    expect(verdict(given([showing()]))).toBe('OPEN')
    expect(verdict(given([showing({ status: 2, statusTxt: 'Filling Up Fast' })]))).toBe('OPEN')
    expect(read(given([showing()])).sessions).toMatchObject([
      { siteId: '71001', bookable: true, startsAt: '2026-11-28T12:35:00.000Z', language: 'Telugu', seatsLeft: null },
    ])
  })
  test('0 is grey, 3 is sold out, and other numbers are not known', () => {
    expect(verdict(given([showing({ status: 0, statusTxt: 'Lapsed' })]))).toBe('NOT_OPEN')
    expect(verdict(given([showing({ status: 0, encrypted: null })]))).toBe('NOT_OPEN')
    expect(verdict(given([showing({ status: 0 })]))).toBe('UNKNOWN parse')
    expect(verdict(given([showing({ status: 0 }), showing({ sessionId: 71002 })]))).toBe('OPEN')
    expect(verdict(given([showing({ status: 0, statusTxt: null, statusCode: null, encrypted: null })]))).toBe(
      'NOT_OPEN',
    )
    expect(verdict(given([showing({ status: 3, statusTxt: 'Housefull' })]))).toBe('SOLD_OUT')
    expect(verdict(given([showing({ availableSeats: 0 })]))).toBe('SOLD_OUT')
    for (const status of [4, -1, null, 'Available', true])
      expect(verdict(given([showing({ status })]))).toBe('UNKNOWN parse')
  })
  test('one without labels among others with them is not of another kind', () => {
    const bare = { sessionId: 71002, status: 0, showDate: '2026-11-28', showTime: '09:00 PM' }
    expect(verdict(given([showing({ status: 3 }), bare]))).toBe('SOLD_OUT')
  })
  test('a label only objects, and a showing whose seats cannot be asked for is not sold', () => {
    expect(verdict(given([showing({ statusTxt: 'Lapsed' })]))).toBe('UNKNOWN parse')
    expect(verdict(given([showing({ statusTxt: 'House Full' })]))).toBe('UNKNOWN parse')
    expect(verdict(given([showing({ encrypted: '' })]))).toBe('UNKNOWN parse')
    expect(verdict(given([showing({ encrypted: null })]))).toBe('UNKNOWN parse')
  })
  test('asked for one print, the showings of another are of another film', () => {
    const print = { ...target, siteMovieId: '33298' }
    expect(verdict(given([showing()]), print)).toBe('NOT_OPEN')
    expect(verdict(given([showing({ movieId: '33298' })]), print)).toBe('OPEN')
  })
  test('a day that is missing from the days on sale is not open; one that is promised and not shown is a riddle', () => {
    const days = [{ dt: '2026-11-26', d: '26', wd: 'Thu' }]
    const other = showing({ showDate: '2026-11-26', showDateStr: '2026-11-26' })
    expect(verdict(given([other], { days }))).toBe('NOT_OPEN')
    expect(verdict(given([showing()], { days }))).toBe('NOT_OPEN')
    expect(verdict(given([other], { days: [...days, { dt: '2026-11-28' }] }))).toBe('UNKNOWN conflict')
    expect(verdict(given([showing()], { days: [...days, { dt: '2026-11-28' }] }))).toBe('OPEN')
  })
  test('towns that the site sells as one city', () => {
    const inTown = (town: string) =>
      page(JSON.parse(JSON.stringify(answer([showing()])).replace('"cityName":"Hyderabad"', `"cityName":"${town}"`)))
    const ncr = { ...target, city: { ...city, slug: 'Delhi-NCR', name: 'Delhi-NCR' } }
    expect(verdict(inTown('Gurugram'), ncr)).toBe('OPEN')
    expect(verdict(inTown('Thane'), ncr)).toBe('UNKNOWN identity')
    expect(verdict(inTown('Thane'), { ...target, city: { ...city, slug: 'Mumbai-All', name: 'Mumbai-All' } })).toBe(
      'OPEN',
    )
    expect(verdict(inTown('Delhi-NCR'), { ...target, city: { ...city, slug: 'Gurugram', name: 'Gurugram' } })).toBe(
      'UNKNOWN identity',
    )
  })
  test('a cinema that is only a number is in the asked city where we know so', () => {
    const bare = (list: Show[]) =>
      page({
        status: 302,
        result: 'success',
        output: {
          cinemaRe: null,
          days: [],
          cinemaMovieSessions: [{ movieRe: movie, experienceSessions: [{ shows: list }] }],
        },
      })
    expect(verdict(bare([showing()]))).toBe('UNKNOWN identity')
    const known = { ...target, hints: { theatres: '12, 388' } }
    expect(verdict(bare([showing()]), known)).toBe('OPEN')
    expect(read(bare([showing()]), known).sessions[0]!.cinema).toEqual({ siteId: '388', name: '388' })
    expect(verdict(bare([showing({ theatreId: '38' })]), known)).toBe('UNKNOWN identity')
    expect(verdict(bare([showing(), showing({ theatreId: '38', sessionId: 7 })]), known)).toBe('UNKNOWN identity')
  })
  test('a day that is not on sale has no answer', () => {
    expect(verdict(page({ status: 500, result: 'error', msg: 'No record found', output: null }))).toBe(
      'UNKNOWN identity',
    )
  })
  test('lists of films by their own addresses', () => {
    const film = { id: '33296', n: 'THE LANTERN MAKERS', releaseDate: 'Nov 28, 2026', films: [{ filmId: '33297' }] }
    const list = (output: unknown) => [pageOf(URL_OF, JSON.stringify({ status: 302, output }), { key: 'films' })]
    const films = [{ siteMovieId: '33296', releaseDate: '2026-11-28' }]
    expect(source.readFilms(city, 'running', list({ mv: [film] }), NOW)).toMatchObject({ ok: true, films })
    expect(source.readFilms(city, 'upcoming', list({ movies: [film] }), NOW)).toMatchObject({ ok: true, films })
    expect(source.readFilms(city, 'upcoming', list({ mv: [film] }), NOW).ok).toBe(false)
    expect(source.readFilms(city, 'running', list({ mv: [] }), NOW).ok).toBe(false)
  })
})
