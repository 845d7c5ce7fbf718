import { describe, expect, test } from 'vitest'
import { jsonldSource } from './jsonld.ts'
import {
  bookUrl,
  eventOf,
  FILM_URL,
  graphJson,
  HOUSE,
  type LinkedPage,
  type LinkedShow,
  linked,
  linkedHtml,
  movieOf,
  theatreOf,
} from './testing/jsonld-page.ts'
import { metamorphic } from './testing/metamorphic.ts'
import { pageOf, targetOf } from './testing/pages.ts'

const NOW = new Date('2026-11-21T06:00:00Z')
const city = { slug: 'london', code: null, name: 'London', zone: 'Europe/London' }
const source = jsonldSource({ baseUrl: HOUSE, zone: null })
const target = targetOf({ siteMovieId: '112731', city, hints: { url: FILM_URL } })

const show = (
  id: string,
  startDate: string,
  availability: string | null,
  more: Partial<LinkedShow> = {},
): LinkedShow => ({
  id,
  startDate,
  availability,
  ...more,
})
const shows = [
  show('17086', '2026-11-28T16:00:00+00:00', 'InStock'),
  show('17087', '2026-11-28T19:30:00Z', 'SoldOut'),
  show('17088', '2026-11-29T19:30', 'LimitedAvailability'),
]
const open: LinkedPage = {
  title: 'The Lantern Makers',
  url: FILM_URL,
  town: 'London',
  shows,
  movie: {},
  link: { className: 'showing', inside: '<span hidden>Sold out</span>' },
  body: '',
  head: '',
}
const made = (more: Partial<LinkedPage> = {}) => ({ ...open, ...more })
const page = (more: Partial<LinkedPage> = {}) => linked(made(more))
const read = (pages: ReturnType<typeof page>, asked = target, now = NOW) => source.interpret(asked, pages, now)
const verdict = (pages: ReturnType<typeof page>, asked = target, now = NOW) => {
  const seen = read(pages, asked, now)
  return seen.reason ? `${seen.verdict} ${seen.reason}` : seen.verdict
}
const one = (availability: string | null, more: Partial<LinkedShow> = {}) =>
  page({ shows: [show('17086', '2026-11-28T16:00:00Z', availability, more)] })
const bare = shows.map((each) => ({ ...each, availability: null }))
const sequel = `${HOUSE}/programme/1127312/the-lantern-makers-2/`
const families = {
  'with offers': {
    open: page(),
    notOpen: page({ shows: [shows[2]!] }),
    soldOut: page({ shows: shows.map((each) => ({ ...each, availability: 'SoldOut' })) }),
    shiftedDate: page({ shows: shows.map((each) => ({ ...each, startDate: each.startDate.replace('-28T', '-27T') })) }),
    otherFilm: page({ url: sequel, title: 'The Lantern Makers 2' }),
    otherCity: page({ town: 'Bristol' }),
    renamed: page({ title: 'Lanterns' }),
  },
  'without offers, buttons beside the data': {
    open: page({ shows: bare }),
    notOpen: page({ shows: bare, link: { className: 'showing off-sale', inside: '' } }),
    soldOut: page({ shows: bare, link: { className: 'showing is-sold-out', inside: 'Sold out' } }),
    shiftedDate: page({ shows: [bare[2]!] }),
    otherFilm: page({ shows: bare, url: sequel }),
    otherCity: page({ shows: bare, town: 'Bristol' }),
    renamed: page({ shows: bare, title: 'Lanterns' }),
  },
}
for (const [name, states] of Object.entries(families)) {
  describe(`metamorphic, ${name}`, () => {
    const withoutSkeleton = linked(open, [{ '@context': 'https://schema.org', '@type': 'WebSite', name: 'House' }])
    const family = { source, target, now: NOW, withoutSkeleton, ...states }
    test.each(metamorphic(family))('$name', ({ check }) => expect(check).not.toThrow(), 30_000)
  })
}

describe('what an offer says', () => {
  test.each([
    ['InStock', 'OPEN'],
    ['LimitedAvailability', 'OPEN'],
    ['OnlineOnly', 'OPEN'],
    ['PreSale', 'OPEN'],
    ['SoldOut', 'SOLD_OUT'],
    ['OutOfStock', 'SOLD_OUT'],
    ['Discontinued', 'SOLD_OUT'],
    ['PreOrder', 'NOT_OPEN'],
    ['InStoreOnly', 'UNKNOWN parse'],
    ['Splendid', 'UNKNOWN parse'],
  ])('%s is %s', (word, expected) => {
    expect(verdict(one(word))).toBe(expected)
    expect(verdict(one(null, { offer: { availability: word } }))).toBe(expected)
    expect(verdict(one(null, { offer: { availability: `http://schema.org/${word}/` } }))).toBe(expected)
  })
  test('in the future is announced, by an offer or the film', () => {
    const ahead = { validFrom: '2026-11-24T10:00:00+00:00' }
    for (const word of ['InStock', 'PreOrder', null]) {
      const seen = read(one(word, { offer: ahead }))
      expect([seen.verdict, seen.announcedAt]).toEqual(['ANNOUNCED', '2026-11-24T10:00:00.000Z'])
    }
    expect(verdict(one('InStock', { offer: { availabilityStarts: '2026-11-24' } }))).toBe('ANNOUNCED')
    const film = page({
      shows: [],
      movie: { offers: { '@type': 'Offer', availability: 'https://schema.org/PreOrder', ...ahead } },
    })
    expect(verdict(film)).toBe('ANNOUNCED')
  })
  test('in the past is on sale; unreadable may lie ahead; ended is over', () => {
    expect(verdict(one('InStock', { offer: { validFrom: '2026-11-20T10:00:00Z' } }))).toBe('OPEN')
    expect(verdict(one('PreOrder', { offer: { validFrom: '2026-11-20T10:00:00Z' } }))).toBe('OPEN')
    expect(verdict(one('InStock', { offer: { validFrom: '24 November' } }))).toBe('UNKNOWN parse')
    expect(verdict(one('InStock', { offer: { validThrough: '2026-11-20' } }))).toBe('NOT_OPEN')
  })
  test('as a list, within a sum of offers, or elsewhere by its id', () => {
    const withOffers = (offers: unknown, blocks: unknown[] = []) => {
      const p = made({ shows: [show('17086', '2026-11-28T16:00:00Z', null, { event: { offers } })] })
      return verdict(linked(p, [graphJson(p), ...blocks]))
    }
    const sold = { '@type': 'Offer', availability: 'https://schema.org/SoldOut' }
    const free = { '@type': 'Offer', availability: 'https://schema.org/InStock' }
    expect(withOffers([sold, free])).toBe('OPEN')
    expect(withOffers([sold, sold])).toBe('SOLD_OUT')
    expect(withOffers({ '@type': 'AggregateOffer', lowPrice: 9, offers: [sold, free] })).toBe('OPEN')
    expect(withOffers({ '@type': 'AggregateOffer', availability: 'https://schema.org/InStock', lowPrice: 9 })).toBe(
      'OPEN',
    )
    expect(withOffers({ '@id': '#o1' }, [{ '@id': '#o1', ...free }])).toBe('OPEN')
    expect(withOffers({ '@id': '#o1' }, [{ '@id': '#o1', ...sold }])).toBe('SOLD_OUT')
    expect(withOffers([{ '@id': '#o1' }, { '@id': '#o1' }], [{ '@id': '#o1', ...sold }])).toBe('SOLD_OUT')
  })
  test('no seat left outweighs its words', () => {
    expect(verdict(one('InStock', { event: { remainingAttendeeCapacity: 0 } }))).toBe('SOLD_OUT')
  })
})

test('things that refer to themselves and each other without end are read quickly', () => {
  const self = {
    '@type': 'ScreeningEvent',
    '@id': '#e',
    startDate: '2026-11-28T19:00:00Z',
    superEvent: { '@id': '#e' },
  }
  const loop = {
    ...self,
    offers: { '@id': '#e' },
    location: { '@id': '#e' },
    workPresented: { '@id': `${FILM_URL}#movie` },
  }
  const started = performance.now()
  expect(verdict(linked(open, [movieOf(open), Array.from({ length: 2_000 }, () => loop)]))).not.toBe('OPEN')
  expect(performance.now() - started).toBeLessThan(2_000)
})

describe('what never counts', () => {
  test.each(['EventCancelled', 'EventPostponed'])('%s', (status) => {
    expect(verdict(one('InStock', { event: { eventStatus: `https://schema.org/${status}` } }))).not.toBe('OPEN')
  })
  test('times that are none, and the moment of drawing', () => {
    for (const startDate of [
      '2026-11-28T16:00:00.000Z-03:00',
      '2026-11-28',
      '',
      'Saturday',
      '2026-11-31T16:00:00Z',
      1_764_345_600,
    ])
      expect(verdict(one('InStock', { event: { startDate } }))).toMatch(/^UNKNOWN/)
    const drawn = page({ shows: [show('1', '2026-11-21T06:00:30Z', 'InStock')] })
    expect(verdict(drawn, { ...target, date: null })).not.toBe('OPEN')
  })
  test('data without tickets and without a button, however much of it', () => {
    expect(verdict(page({ shows: bare, link: null }))).toBe('UNKNOWN parse')
  })
  test('a button that is hidden, disabled or leads to the film', () => {
    const hidden = linkedHtml(made({ shows: bare })).replace('<ul>', '<ul style="display:none">')
    expect(verdict([pageOf(FILM_URL, hidden)])).toBe('UNKNOWN parse')
    const disabled = linkedHtml(made({ shows: bare })).replaceAll(
      ' href="/bookings',
      ' aria-disabled="true" href="/bookings',
    )
    expect(verdict([pageOf(FILM_URL, disabled)])).not.toBe('OPEN')
    const toFilm = bare.map((each) => ({ ...each, event: { '@id': undefined, url: FILM_URL } }))
    expect(verdict(page({ shows: toFilm }))).toBe('UNKNOWN parse')
  })
  test('an offer against its own button', () => {
    expect(verdict(page({ link: { className: 'is-sold-out', inside: '' } }))).toBe('UNKNOWN conflict')
    expect(verdict(page({ link: { className: 'off-sale', inside: '' } }))).toBe('UNKNOWN conflict')
    expect(verdict(page({ link: { className: '', inside: 'Sold out' } }))).toBe('UNKNOWN conflict')
  })
  test("sessions of a film whose page has its title behind the number, but for the film's own sessions", () => {
    const asked = { ...target, siteMovieId: FILM_URL, hints: {} }
    const at = (url: string) => {
      const work = { '@type': 'Movie', name: 'The Lantern Makers', url }
      return verdict(linked(made({ shows: [] }), [{ ...eventOf(open, shows[0]!), workPresented: work }]), asked)
    }
    expect(at(`${HOUSE}/programme/112731/`)).toBe('OPEN')
    expect(at(`${HOUSE}/programme/11273/`)).toMatch(/^UNKNOWN/)
    expect(at(`${HOUSE}/programme/112731/other/`)).toMatch(/^UNKNOWN/)
    expect(at(`${HOUSE}/programme/`)).toMatch(/^UNKNOWN/)
  })
  test("another film's sessions on this film's page", () => {
    const other = (more: Record<string, unknown>) => ({
      '@context': 'https://schema.org',
      ...eventOf(open, shows[0]!),
      '@id': bookUrl('999'),
      ...more,
    })
    const closed = made({ shows: [] })
    const beside = (more: Record<string, unknown>) => verdict(linked(closed, [graphJson(closed), other(more)]))
    expect(beside({ workPresented: { '@type': 'Movie', '@id': `${sequel}#movie`, name: open.title } })).toMatch(
      /^UNKNOWN/,
    )
    expect(
      beside({ workPresented: { '@type': 'Movie', name: 'The Lantern Makers 2' }, name: 'The Lantern Makers 2' }),
    ).toMatch(/^UNKNOWN/)
    expect(beside({ workPresented: undefined, name: 'Somebody Else' })).toMatch(/^UNKNOWN/)
  })
  test('a title without the id', () => {
    const url = `${HOUSE}/whats-on/`
    const named = made({ url })
    const event = { ...eventOf(named, shows[0]!), workPresented: { '@type': 'Movie', name: open.title } }
    expect(verdict(linked(named, [theatreOf('London'), event]), { ...target, hints: {} })).toBe('UNKNOWN identity')
  })
  test('a block that is broken may hold what is open', () => {
    const closed = made({ shows: [shows[2]!] })
    const html = linkedHtml(closed).replace('</head>', '<script type="application/ld+json">{"@type":</script></head>')
    expect(verdict([pageOf(FILM_URL, html)])).toBe('UNKNOWN parse')
    const stillOpen = linkedHtml(open).replace(
      '</head>',
      '<script type="application/ld+json">{"@type":</script></head>',
    )
    expect(verdict([pageOf(FILM_URL, stillOpen)])).toBe('OPEN')
  })
})

describe('where the film and its sessions may stand', () => {
  const event = (more: Record<string, unknown> = {}) => ({ ...eventOf(open, shows[0]!), ...more })
  const nameless = { workPresented: undefined }
  test.each<[string, unknown[]]>([
    ['each in a block of its own', [theatreOf('London'), movieOf(open), event()]],
    [
      'a list of items',
      [
        { '@type': 'ItemList', itemListElement: [{ '@type': 'ListItem', item: event() }] },
        theatreOf('London'),
        movieOf(open),
      ],
    ],
    ['within the cinema', [{ ...theatreOf('London'), event: [event({ location: undefined })] }, movieOf(open)]],
    ['within the film', [{ ...movieOf(open), subEvent: [event(nameless)] }, theatreOf('London')]],
    [
      'named by the film',
      [{ ...movieOf(open), subEvent: [{ '@id': bookUrl('17086') }] }, event(nameless), theatreOf('London')],
    ],
    [
      'part of the run of the film',
      [
        { '@type': 'Event', '@id': '#run', workPresented: movieOf(open), location: theatreOf('London') },
        event({ ...nameless, superEvent: { '@id': '#run' }, location: undefined }),
      ],
    ],
    [
      'within the run',
      [
        { '@type': 'Event', url: FILM_URL, workPresented: movieOf(open), subEvent: [event(nameless)] },
        theatreOf('London'),
      ],
    ],
    [
      'in a hall of the cinema',
      [
        event({ location: { '@type': 'Place', name: 'Hall 3', containedInPlace: { '@id': `${HOUSE}/#theatre` } } }),
        theatreOf('London'),
        movieOf(open),
      ],
    ],
    [
      'with its work inside and its place by name',
      [event({ workPresented: movieOf(open), location: 'Lantern House' })],
    ],
    [
      'with types in a list and written out',
      [
        event({ '@type': ['Event', 'http://schema.org/ScreeningEvent'], workPresented: movieOf(open) }),
        theatreOf('London'),
      ],
    ],
    [
      'on the page of the film, with its name alone',
      [
        event({ workPresented: { '@type': 'Movie', name: open.title, sameAs: 'https://films.example/tt77' } }),
        theatreOf('London'),
      ],
    ],
    ['on the page of the film, with no work at all', [event(nameless), theatreOf('London')]],
  ])('%s', (_, blocks) => {
    const seen = read(linked(open, blocks))
    expect([seen.verdict, seen.reason]).toEqual(['OPEN', null])
    expect(seen.sessions.map(({ cinema }) => cinema.name)).toEqual(['Lantern House'])
  })
  test('the id as a number, an identifier, an address or a part of none', () => {
    const by = (movie: Record<string, unknown>, siteMovieId: string) => {
      const p = made({ url: `${HOUSE}/whats-on/`, movie })
      return verdict(linked(p), { ...target, siteMovieId, hints: {} })
    }
    expect(by({ identifier: 112731 }, '112731')).toBe('OPEN')
    expect(by({ identifier: { '@type': 'PropertyValue', value: '112731' } }, '112731')).toBe('OPEN')
    expect(by({ sameAs: ['https://films.example/x', `${HOUSE}/film/112731-lantern`] }, '112731')).toBe('OPEN')
    expect(by({ url: FILM_URL }, FILM_URL.replace('https://', 'http://www.').slice(0, -1))).toBe('OPEN')
    expect(by({ url: sequel }, '112731')).toBe('UNKNOWN identity')
    expect(by({ url: `${HOUSE}/film/leo-part-2` }, 'leo')).toBe('UNKNOWN identity')
    expect(by({ url: `${HOUSE}/film/leo` }, 'leo')).toBe('OPEN')
  })
})

describe('pages as they are', () => {
  const nameless = { workPresented: undefined, '@type': 'Event' }
  test('commas before brackets and line breaks in texts are read; half a block is not', () => {
    const p = made({ shows: [shows[0]!] })
    const sloppy = linkedHtml(p)
      .replace(/\}\]\}<\/script>/, '},\n],\n}</script>')
      .replace('The Lantern Makers', 'The Lantern\tMakers')
    expect(sloppy).toContain('},\n],')
    expect(verdict([pageOf(FILM_URL, sloppy)])).toBe('OPEN')
    const half = linkedHtml(p).replace(/"offers".*?<\/script>/, '"offers":</script>')
    expect(verdict([pageOf(FILM_URL, half)])).toMatch(/^UNKNOWN/)
    const wrapped = linkedHtml(p)
      .replace('ld+json">', 'ld+json">//<![CDATA[\n')
      .replace('</script>', '\n//]]></script>')
    expect(verdict([pageOf(FILM_URL, wrapped)])).toBe('OPEN')
  })
  test('the box office is another site: buttons are known by the number of the session', () => {
    const office = (html: string) =>
      html.replace(
        /href="\/bookings\/(\d+)\/"/g,
        'href="https://office.example/Desk.dll/TcsPerformance_$1.TcsSection_4862"',
      )
    expect(verdict([pageOf(FILM_URL, office(linkedHtml(made({ shows: bare }))))])).toBe('OPEN')
    const wrong = office(linkedHtml(made({ shows: bare }))).replaceAll('Performance_170', 'Performance_9170')
    expect(verdict([pageOf(FILM_URL, wrong)])).toBe('UNKNOWN parse')
  })
  test('the kind of the script with its signs written as entities', () => {
    for (const kind of [
      'application/ld&#x2B;json',
      'application&#x2F;ld&#43;json',
      'application/ld&plus;json; charset=utf-8',
    ]) {
      const html = linkedHtml(open).replaceAll('application/ld+json', kind)
      expect(verdict([pageOf(FILM_URL, html)])).toBe('OPEN')
      expect(verdict([pageOf(FILM_URL, html.slice(0, html.indexOf('"offers"')))])).toMatch(/^UNKNOWN/)
    }
    expect(verdict([pageOf(FILM_URL, linkedHtml(open).replaceAll('ld+json', 'ld-json'))])).toMatch(/^UNKNOWN/)
  })
  test('an event that is its own page, and names no work', () => {
    const url = `${HOUSE}/event/the-lantern-makers/`
    const event = (more: object = {}) => ({
      '@context': 'https://schema.org',
      '@type': 'Event',
      name: 'Some Other Words &#8211; tonight',
      url,
      startDate: '2026-11-28T19:30:00+00:00',
      location: theatreOf('London'),
      offers: { '@type': 'Offer', url, availability: 'inStock' },
      ...more,
    })
    const asked = { ...target, siteMovieId: url, hints: {} }
    const other = event({ url: `${HOUSE}/event/the-lantern-makers-2/` })
    expect(verdict(linked(made({ url }), [[event()]]), asked)).toBe('OPEN')
    expect(verdict(linked(made({ url }), [[other]]), asked)).toMatch(/^UNKNOWN/)
    const list = made({ url: `${HOUSE}/events/`, title: 'Events' })
    expect(read(linked(list, [[other, event()]]), asked).sessions).toHaveLength(1)
    expect(verdict(linked(list, [[other, event()]]), asked)).toBe('OPEN')
    expect(verdict(linked(list, [[other]]), asked)).toBe('UNKNOWN identity')
    expect(verdict(linked(made({ url }), [[event({ location: theatreOf('Bristol') })]]), asked)).toBe(
      'UNKNOWN identity',
    )
  })
  test('a name whose dash is an entity, under a heading with the dash', () => {
    const event = eventOf(open, { ...shows[0]!, event: { ...nameless, name: 'The Lantern Makers &#8211; preview' } })
    const html = linkedHtml(open, [theatreOf('London'), event]).replaceAll(
      '<h1>The Lantern Makers</h1>',
      '<h1>The Lantern Makers – preview</h1>',
    )
    expect(verdict([pageOf(FILM_URL, html)])).toBe('OPEN')
  })
  test('days and offsets of one digit', () => {
    const at = (startDate: string) => read(page({ shows: [show('17086', startDate, 'InStock')] }))
    expect(at('2026-11-8T19:30+0:00').verdict).toBe('NOT_OPEN')
    const seen = read(page({ shows: [show('17086', '2026-11-28T9:30-5:00', 'InStock')] }))
    expect([seen.verdict, seen.sessions[0]!.startsAt]).toEqual(['OPEN', '2026-11-28T14:30:00.000Z'])
    expect(at('2026-11-28T9:3').verdict).toBe('UNKNOWN')
    expect(at('2026-11-28T1930').verdict).toBe('UNKNOWN')
  })
  test('the house of a run of a film is that of its screenings', () => {
    const run = (town: string) => ({
      '@type': 'EventSeries',
      name: open.title,
      url: FILM_URL,
      startDate: '2026-11-27',
      location: theatreOf(town),
      subEvent: shows.map((each) =>
        eventOf(open, { ...each, event: { location: undefined, workPresented: undefined } }),
      ),
    })
    const seen = read(linked(open, [run('London')]))
    expect([seen.verdict, seen.sessions[0]!.cinema.name]).toEqual(['OPEN', 'Lantern House'])
    expect(verdict(linked(open, [run('Bristol')]))).toBe('UNKNOWN identity')
  })
  test('short numbers: the button stands one step below the address of its session', () => {
    const few = [show('177', '2026-11-28T16:00:00', null), show('178', '2026-11-28T19:30:00', null)]
    const below = (html: string) =>
      html.replace(/href="\/bookings\/(\d+)\/"/g, 'href="/bookings/$1/the-lantern-makers"')
    const seen = read([pageOf(FILM_URL, below(linkedHtml(made({ shows: few }))))])
    expect([seen.verdict, seen.sessions.map(({ bookable }) => bookable)]).toEqual(['OPEN', [true, true]])
    const off = below(linkedHtml(made({ shows: few, link: { className: 'button off-sale', inside: '' } })))
    expect(verdict([pageOf(FILM_URL, off)])).toBe('NOT_OPEN')
    const others = below(linkedHtml(made({ shows: few }))).replaceAll('/bookings/17', '/bookings/2/17')
    expect(verdict([pageOf(FILM_URL, others.replaceAll('example/bookings/2/', 'example/bookings/'))])).toBe(
      'UNKNOWN parse',
    )
    // Below an address without a number of its own anything may stand.
    const named = made({ shows: [show('lantern', '2026-11-28T16:00:00', null)] })
    expect(
      verdict([
        pageOf(FILM_URL, linkedHtml(named).replace('href="/bookings/lantern/"', 'href="/bookings/lantern/info"')),
      ]),
    ).toBe('UNKNOWN parse')
  })
  test('the title of the film as a parameter of its address', () => {
    const work = {
      '@type': 'Movie',
      name: open.title,
      url: `${HOUSE}/programme/112731/?programme_slug=the-lantern-makers`,
    }
    const blocks = [
      theatreOf('London'),
      ...bare.map((each) => eventOf(open, { ...each, event: { workPresented: work } })),
    ]
    for (const siteMovieId of ['112731', FILM_URL]) {
      const asked = { ...target, siteMovieId, hints: {} }
      expect(verdict(linked(made({ shows: bare }), blocks), asked)).toBe('OPEN')
      const nearby = JSON.parse(JSON.stringify(blocks).replaceAll('112731/?', '1127310/?'))
      expect(verdict(linked(made({ shows: bare }), nearby), asked)).toMatch(/^UNKNOWN/)
    }
  })
  test('sales that are said to be before or after by the class of the box', () => {
    const boxed = (className: string) => verdict(page({ shows: bare, link: { className, inside: '' } }))
    expect(boxed('ticket sales-state--DuringSales')).toBe('OPEN')
    expect(boxed('ticket sales-state--BeforeSales')).toBe('NOT_OPEN')
    expect(boxed('ticket sales-state--AfterSales')).toBe('NOT_OPEN')
    expect(boxed('ticket coming-soon')).toBe('NOT_OPEN')
    expect(boxed('ticket sales-state--SoldOut')).toBe('SOLD_OUT')
  })
  test("headings of other films' boxes are not the film's name, the title is", () => {
    const boxes = '<div class="tile"><h1>Somebody Else</h1></div><div class="tile"><h1>And Another</h1></div>'
    const event = eventOf(open, { ...shows[0]!, event: nameless })
    const html = linkedHtml(made({ body: boxes }), [theatreOf('London'), event])
      .replace('<title>', '<title>  \n')
      .replace('</title>', ' - Lantern House</title>')
    expect(verdict([pageOf(FILM_URL, html)], { ...target, title: 'Lanterns (working title)' })).toBe('OPEN')
    expect(
      verdict([pageOf(FILM_URL, html.replaceAll('"name":"The Lantern Makers"', '"name":"Somebody Else"'))]),
    ).toMatch(/^UNKNOWN/)
  })
  test('one address for all tickets is still an offer that says they can be had', () => {
    const shared = shows.map((each) => ({ ...each, offer: { url: `${HOUSE}/tickets/` }, event: { '@id': undefined } }))
    expect(verdict(page({ shows: shared, link: null }))).toBe('OPEN')
    const nowhere = shows.map((each) => ({ ...each, offer: { url: undefined }, event: { '@id': undefined } }))
    expect(verdict(page({ shows: nowhere, link: null }))).not.toBe('OPEN')
  })
})

describe('what is read', () => {
  test('times without an offset are the clock of the house; each session by its own day', () => {
    const paris = {
      ...target,
      city: { ...city, slug: 'paris', name: 'Paris', zone: 'Europe/Paris' },
      date: '2026-11-29',
    }
    const seen = read(page({ town: 'Paris' }), paris)
    expect(seen.sessions.map((s) => [s.siteId, s.startsAt, s.localDate, s.bookable, s.url])).toEqual([
      [bookUrl('17086'), '2026-11-28T16:00:00.000Z', '2026-11-28', true, bookUrl('17086')],
      [bookUrl('17087'), '2026-11-28T19:30:00.000Z', '2026-11-28', false, bookUrl('17087')],
      [bookUrl('17088'), '2026-11-29T18:30:00.000Z', '2026-11-29', true, bookUrl('17088')],
    ])
    expect(seen.verdict).toBe('OPEN')
  })
  test('a film that is not shown yet', () => {
    expect(verdict(page({ shows: [], movie: { datePublished: '2027-01-15' } }))).toBe('NOT_OPEN')
    expect(verdict(page({ shows: [], body: '<p>Coming soon. Booking is not open yet.</p>' }))).toBe('NOT_OPEN')
    expect(verdict(page({ shows: [] }))).toBe('UNKNOWN parse')
    expect(verdict(page({ shows: [], body: '<aside><p>Coming soon</p></aside><p hidden>Coming soon</p>' }))).toBe(
      'UNKNOWN parse',
    )
  })
  test('one of several houses, the others in other towns', () => {
    const away = { '@type': 'MovieTheater', name: 'Far House', address: { addressLocality: 'Bristol' } }
    const mixed = page({
      shows: [
        { ...shows[0]!, event: { location: away } },
        { ...shows[1]!, availability: 'InStock' },
      ],
    })
    expect(read(mixed).sessions.map(({ cinema }) => cinema.name)).toEqual(['Lantern House'])
  })
  test('addresses', () => {
    expect(source.plan(target, NOW)[0]!.url).toBe(FILM_URL)
    expect(source.plan({ ...target, siteMovieId: `${FILM_URL}#movie`, hints: {} }, NOW)[0]!.url).toBe(FILM_URL)
    const elsewhere = { ...target, hints: { url: 'http://10.0.0.1/programme/1?x=2' } }
    expect(source.plan(elsewhere, NOW)[0]!.url).toBe(`${HOUSE}/programme/1?x=2`)
  })
  test('lists: by date and by sessions, a placeholder is no date, none is no list', () => {
    const at = `${HOUSE}/london/films`
    const movie = (id: number, datePublished: string) => ({
      '@type': 'Movie',
      identifier: id,
      name: `F${id}`,
      url: `${HOUSE}/film/${id}`,
      datePublished,
    })
    const list = [
      pageOf(
        at,
        linkedHtml(made({ url: at }), [
          graphJson(made({ movie: { identifier: '112731' } })),
          movie(2, '2090-01-01'),
          movie(3, '2026-11-01'),
        ]),
      ),
    ]
    expect(source.readFilms(city, 'upcoming', list, NOW)).toMatchObject({
      ok: true,
      films: [{ siteMovieId: '2', releaseDate: null, hints: { url: `${HOUSE}/film/2` } }],
    })
    const running = source.readFilms(city, 'running', list, NOW)
    expect(running.ok && running.films.map(({ siteMovieId }) => siteMovieId)).toEqual(['112731', '3'])
    expect(source.readFilms(city, 'running', linked(open, [{ '@type': 'WebSite' }]), NOW)).toMatchObject({
      ok: false,
      reason: 'parse',
    })
  })
})
