import { describe, expect, test } from 'vitest'
import { FAULTS, seededFaults } from './faults.ts'
import { serve } from './serve.ts'
import { SKINS } from './site-types.ts'
import { filmRequest, testSite } from './test-site.ts'
import { instantOf, localOf, offsetText } from './wall-clock.ts'

const DAYS = ['2026-12-04', '2026-12-05']
const minutes = (n: number) => n * 60_000

describe.each(SKINS)('%s', (skin) => {
  test('shows the film before and after its booking opens, and says the same to the same seed', () => {
    const one = testSite(skin)
    const [path, body] = filmRequest(skin, one.leo)
    const before = one.get(path, {}, body)
    expect(before.status).toBe(200)
    one.site.act({ kind: 'open', film: one.leo, city: 'hyderabad', dates: DAYS })
    const after = one.get(path, {}, body)
    expect(after.body).not.toBe(before.body)
    expect(one.site.truth(one.leo, 'hyderabad').state).toBe('OPEN')
    expect(one.site.truth(one.leo, 'london').state).toBe('NOT_OPEN')

    const other = testSite(skin, { acts: [...one.site.acts] })
    expect(other.get(path, {}, body).body).toBe(after.body)
  })

  test('lists it, and a robots.txt, and nothing of what it does not have', () => {
    const { get, leo } = testSite(skin)
    expect(get('/robots.txt').body).toContain('Crawl-delay: 10')
    expect(get('/nothing/of/the/kind').status).toBe(404)
    const lists = {
      'ticketnew-classic': ['/movies/upcoming-movies?city=hyderabad'],
      'next-data': ['/movies/upcoming-movies-in-hyderabad'],
      'initial-state': ['/explore/upcoming-movies-hyderabad'],
      'pvr-json': ['/api/v1/booking/content/search', { city: 'Hyderabad', lat: '17', lng: '78', type: 'HOME' }],
      jsonld: ['/hyderabad/films'],
      'jsonld-bare': ['/hyderabad/films'],
      savoy: ['/Lantern.dll/WhatsOn'],
      'plain-rtl': ['/hyderabad'],
    } as const satisfies Record<typeof skin, readonly [string, object?]>
    const [path, body] = lists[skin]
    expect(get(path, {}, body).body).toContain(leo)
  })

  test('answers 304 to a page that is the same, and sends it again when it is not', () => {
    const { site, get, leo, clock } = testSite(skin)
    const [path, body] = filmRequest(skin, leo)
    if (body) return
    const { etag } = get(path).headers
    clock.at = new Date(clock.at.getTime() + minutes(10))
    expect(get(path, { 'if-none-match': etag! }).status).toBe(304)
    site.act({ kind: 'open', film: leo, city: 'hyderabad', dates: DAYS })
    expect(get(path, { 'if-none-match': etag! }).status).toBe(200)
    site.switchFault('wrong-etag', true)
    site.act({ kind: 'close', film: leo, city: 'hyderabad' })
    expect(get(path, { 'if-none-match': etag! }).status).toBe(304)
    expect(site.requests.politeness({ minGapMs: 1 })).toMatchObject({ requests: 4, conditional: 3, notModified: 2 })
  })

  test.each(FAULTS)('%s changes what it answers', (fault) => {
    const { site, get, leo, clock } = testSite(skin)
    const [path, body] = filmRequest(skin, leo, 'leo', skin === 'next-data' ? DAYS[0] : undefined)
    site.act({ kind: 'open', film: leo, city: 'hyderabad', dates: DAYS })
    clock.at = new Date(clock.at.getTime() + minutes(30))
    const healthy = get(path, { 'if-none-match': 'W/"other"' }, body)
    site.switchFault(fault, true)
    const sick = get(path, { 'if-none-match': 'W/"other"' }, body)
    const withoutEffect =
      (fault === 'foreign-film' && skin === 'pvr-json') ||
      (fault === 'wrong-etag' && skin === 'pvr-json') ||
      (fault === 'date-fallback' && !['ticketnew-classic', 'next-data'].includes(skin)) ||
      (fault === 'phantoms' && ['plain-rtl'].includes(skin))
    if (!withoutEffect) expect(sick).not.toEqual(healthy)
    site.switchFault(fault, false)
    expect(get(path, { 'if-none-match': 'W/"other"' }, body)).toEqual(healthy)
  })
})

test('the truth follows the acts, and only a sale that begins is an opening', () => {
  const { site, leo, clock } = testSite('jsonld')
  const film = { film: leo, city: 'hyderabad' }
  const t0 = clock.at.getTime()
  site.act({ kind: 'announce', ...film, opensAt: t0 + minutes(60) })
  site.act({ kind: 'open', ...film, dates: DAYS, at: t0 + minutes(75) })
  expect(site.truth(leo, 'hyderabad')).toMatchObject({ state: 'ANNOUNCED', opensAt: new Date(t0 + minutes(60)) })
  clock.at = new Date(t0 + minutes(70))
  expect(site.truth(leo, 'hyderabad').state).toBe('ANNOUNCED')
  clock.at = new Date(t0 + minutes(80))
  expect(site.truth(leo, 'hyderabad')).toMatchObject({
    state: 'OPEN',
    openedAt: new Date(t0 + minutes(75)),
    openDates: DAYS,
  })
  site.act({ kind: 'sell-out', ...film })
  expect(site.truth(leo, 'hyderabad').state).toBe('SOLD_OUT')
  site.act({ kind: 'reopen', ...film })
  site.act({ kind: 'add-dates', ...film, dates: ['2026-12-06'] })
  expect(site.truth(leo, 'hyderabad').openDates).toHaveLength(3)
  site.act({ kind: 'close', ...film })
  site.act({ kind: 'open', ...film, dates: DAYS })
  expect(site.openings().map(({ at }) => at.getTime())).toEqual([t0 + minutes(75), t0 + minutes(80)])
  clock.at = new Date('2027-01-10T00:00:00Z')
  expect(site.truth(leo, 'hyderabad').state).toBe('NOT_OPEN')
  site.act({ kind: 'remove', ...film })
  expect(site.truth(leo, 'hyderabad').state).toBe('GONE')
})

test('names and ids may change, and a rebuild changes names of styles and no id', () => {
  const { site, get, leo } = testSite('next-data')
  const path = filmRequest('next-data', leo)[0]
  site.act({ kind: 'rename', film: leo, title: 'Leo: Das', slug: null })
  expect(get(path).body).toContain('Leo: Das')
  const styleOf = (body: string) => /MovieSessionsListing_movieSessions__\w+/.exec(body)?.[0]
  const before = get(path).body
  site.act({ kind: 'deploy' })
  expect(styleOf(get(path).body)).not.toBe(styleOf(before))
  site.act({ kind: 'move-id', film: leo, id: '900001' })
  expect(get(path)).toMatchObject({ status: 301, headers: { location: expect.stringMatching(/-MV900001$/) } })
})

test('an unknown day is answered with the nearest open one where the site does that, and its tab is disabled', () => {
  const { site, get, leo } = testSite('initial-state')
  site.act({ kind: 'open', film: leo, city: 'hyderabad', dates: DAYS })
  const body = get(filmRequest('initial-state', leo, 'old-name', '2026-12-24')[0]).body
  const state = JSON.parse(/__INITIAL_STATE__ = (.*);<\/script>/.exec(body)![1]!) as {
    showtimesByEvent: { currentDateCode: string }
  }
  expect(state.showtimesByEvent.currentDateCode).toBe('20261205')
  expect(body).toContain('date-disabled')
})

test('over a socket a page is cut, drips, lies and overlaps as it should, and the log tells', async () => {
  const clock = { at: new Date('2026-11-21T06:30:00Z') }
  const { origin, site, close } = await serve((baseUrl) => testSite('jsonld', { baseUrl, now: () => clock.at }).site, {
    dripMs: 5,
  })
  try {
    const path = filmRequest('jsonld', '194001')[0]
    const ask = () => fetch(origin + path, { headers: { 'user-agent': 'Other/2' } })
    expect(await (await ask()).text()).toContain('Coming soon')
    site.switchFault('cut-wire', true)
    await expect(ask().then((answer) => answer.text())).rejects.toThrow()
    site.switchFault('cut-wire', false)
    site.switchFault('gzip-lie', true)
    await expect(ask().then((answer) => answer.text())).rejects.toThrow()
    site.switchFault('gzip-lie', false)
    site.switchFault('slow', true)
    await Promise.all([ask(), ask()].map(async (answer) => (await answer).text()))
    site.switchFault('slow', false)
    site.switchFault('too-many', true)
    expect((await ask()).headers.get('retry-after')).toBe('300')
    clock.at = new Date(clock.at.getTime() + minutes(1))
    await fetch(`${origin}/book/1`, { headers: { 'user-agent': 'Other/2' } })
    expect(site.requests.politeness({ minGapMs: 10_000 })).toMatchObject({
      requests: 7,
      overlaps: 1,
      shortestGapMs: 0,
      tooSoon: 5,
      forbidden: 1,
      beforeRetryAfter: 1,
    })
  } finally {
    await close()
  }
})

test('faults over time are the same for the same seed', () => {
  const from = Date.parse('2026-11-01T00:00:00Z')
  const plan = seededFaults('a', from, from + 30 * 86_400_000, 3)
  expect(plan).toEqual(seededFaults('a', from, from + 30 * 86_400_000, 3))
  expect(plan).not.toEqual(seededFaults('b', from, from + 30 * 86_400_000, 3))
  expect(new Set(plan.map(({ fault }) => fault)).size).toBe(FAULTS.length)
})

test('clocks on walls, over the change of summer time too', () => {
  expect(instantOf('2026-12-04', '10:15', 'Asia/Kolkata').toISOString()).toBe('2026-12-04T04:45:00.000Z')
  expect(instantOf('2027-03-27', '19:30', 'Europe/London').toISOString()).toBe('2027-03-27T19:30:00.000Z')
  expect(instantOf('2027-03-28', '19:30', 'Europe/London').toISOString()).toBe('2027-03-28T18:30:00.000Z')
  expect(offsetText(new Date('2027-03-28T18:30:00Z'), 'Europe/London')).toBe('+01:00')
  expect(localOf(new Date('2026-11-21T19:00:00Z'), 'Asia/Kolkata')).toEqual({ date: '2026-11-22', time: '00:30' })
})
