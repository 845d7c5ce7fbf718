import { describe, expect, test } from 'vitest'
import { savoySource } from './savoy.ts'
import { metamorphic } from './testing/metamorphic.ts'
import { pageOf, targetOf } from './testing/pages.ts'

const BASE = 'https://office.example'
const NOW = new Date('2026-11-21T06:00:00Z')
const city = { slug: 'london', code: 'Lantern.dll', name: 'London', zone: 'Europe/London' }
const source = savoySource({ baseUrl: BASE, zone: null })
const target = targetOf({ siteMovieId: '49175098', city })
const URL_OF = `${BASE}/Lantern.dll/WhatsOn?f=49175098`

type Performance = Record<string, unknown>
const performance = (id: number, more: Performance = {}): Performance => ({
  ID: id,
  StartDate: '2026-11-28',
  StartTime: '1815',
  StartTimeAndNotes: '18:15',
  IsSoldOut: 'N',
  IsOpenForSale: true,
  AuditoriumName: 'Screen 1',
  URL: `Booking?Booking=TSelectItems.waSelectItemsPrompt.TcsWebMenuItem_0.TcsWebTab_0.TcsPerformance_${id}.TcsSection_7`,
  ...more,
})
const film = (performances: unknown, more: Record<string, unknown> = {}) => ({
  ID: 49175098,
  Title: 'The Lantern Makers',
  URL: `${BASE}/Lantern.dll/WhatsOn?f=49175098`,
  Synopsis: 'A "sold out" night; and a lamp }; that </b> burns.',
  Tags: [{ Format: '' }],
  Performances: performances,
  ...more,
})
const html = (events: unknown, body = '') =>
  `<!doctype html><html><head><title>What's On | Lantern House</title></head><body><h1>Lantern House</h1>
<div class="list__x1Yz2"><span hidden>Sold out</span></div>${body}
<script>
var Settings = {"Past":false};
var Events =
${JSON.stringify({ Events: events }).replaceAll('<', '\\u003c')}
;
</script></body></html>
`
const other = film([performance(8801, { StartDate: '2026-11-25' })], { ID: 7, Title: 'Another Night' })
const page = (events: unknown, body = '') => [pageOf(URL_OF, html(events, body), { key: 'programme' })]
const open = [other, film([performance(501), performance(502, { StartTime: '2030', IsSoldOut: 'Y' })])]
const read = (pages: ReturnType<typeof page>, asked = target, now = NOW) => source.interpret(asked, pages, now)
const verdict = (pages: ReturnType<typeof page>, asked = target, now = NOW) => {
  const seen = read(pages, asked, now)
  return seen.reason ? `${seen.verdict} ${seen.reason}` : seen.verdict
}
const one = (more: Performance) => page([film([performance(501, more)])])

describe('metamorphic', () => {
  const family = {
    source,
    target,
    now: NOW,
    open: page(open),
    notOpen: page([other, film([performance(501, { IsOpenForSale: false })])]),
    soldOut: one({ IsSoldOut: 'Y' }),
    shiftedDate: one({ StartDate: '2026-11-27' }),
    withoutSkeleton: [pageOf(URL_OF, html([]).replace('var Events', 'var Elsewhere'))],
    otherFilm: page([other, film([performance(501)], { ID: 491750981 })]),
    renamed: page([film([performance(501)], { Title: 'Lanterns (preview)' })]),
    movedZone: { source: savoySource({ baseUrl: BASE, zone: 'Europe/Lisbon' }), target, pages: page(open), hours: 0 },
  }
  test.each(metamorphic(family))('$name', ({ check }) => expect(check).not.toThrow(), 30_000)
})

describe('the flags decide', () => {
  test('of the performance', () => {
    expect(verdict(one({ IsOpenForSale: 'Y' }))).toBe('OPEN')
    expect(verdict(one({ IsOpenForSale: false, IsSoldOut: 'N' }))).toBe('NOT_OPEN')
    expect(verdict(one({ IsOpenForSale: true, IsSoldOut: true }))).toBe('SOLD_OUT')
    expect(verdict(one({ IsOpenForSale: undefined }))).toBe('UNKNOWN parse')
    expect(verdict(one({ IsOpenForSale: 'maybe' }))).toBe('UNKNOWN parse')
  })
  test('of its sections', () => {
    const sections = (list: Performance[], more: Performance = {}) =>
      verdict(one({ IsOpenForSale: undefined, IsSoldOut: undefined, Sections: list, ...more }))
    expect(sections([{ IsOpenForSale: true }, { IsOpenForSale: false }])).toBe('OPEN')
    expect(
      sections([
        { IsOpenForSale: true, IsSoldOut: 'Y' },
        { IsOpenForSale: true, IsSoldOut: 'Y' },
      ]),
    ).toBe('SOLD_OUT')
    expect(sections([{ IsOpenForSale: true, IsSoldOut: 'Y' }, { IsOpenForSale: false }])).toBe('NOT_OPEN')
    expect(sections([{ IsOpenForSale: false }], { IsOpenForSale: true })).toBe('NOT_OPEN')
    expect(sections([{ IsOpenForSale: true }], { IsSoldOut: 'Y' })).toBe('SOLD_OUT')
    const named = { Stalls: { IsOpenForSale: true, IsSoldOut: 'N' } }
    expect(verdict(one({ IsOpenForSale: undefined, IsSoldOut: undefined, Sections: named }))).toBe('OPEN')
  })
  test('not the words of notes or titles', () => {
    expect(verdict(one({ Notes: 'SOLD OUT' }))).toBe('OPEN')
    expect(verdict(one({ IsOpenForSale: false, Notes: 'Book now' }))).toBe('NOT_OPEN')
  })
})

describe('what cannot be read', () => {
  test('a performance without id, day or time may be the one that is open', () => {
    for (const broken of [
      { ID: null },
      { StartDate: '28/11/2026' },
      { StartDate: '2026-02-30' },
      { StartTime: '2560', StartTimeAndNotes: '' },
    ])
      expect(verdict(one(broken))).toBe('UNKNOWN parse')
  })
  test('a film without a list of performances', () => {
    expect(verdict(page([film(undefined)]))).toBe('UNKNOWN parse')
    expect(verdict(page([film('none')]))).toBe('UNKNOWN parse')
  })
  test('an hour that the clocks skip', () => {
    const spring = { StartDate: '2027-03-28', StartTime: '0130', StartTimeAndNotes: '' }
    expect(verdict(one(spring), { ...target, date: '2027-03-28' })).toBe('UNKNOWN parse')
  })
  test('a programme without the film', () => {
    expect(verdict(page([other]))).toBe('UNKNOWN identity')
  })
})

describe('what is read', () => {
  test('local times in summer and winter, absolute addresses', () => {
    expect(read(page(open)).sessions[0]).toMatchObject({
      siteId: '501',
      startsAt: '2026-11-28T18:15:00.000Z',
      localDate: '2026-11-28',
      url: `${BASE}/Lantern.dll/Booking?Booking=TSelectItems.waSelectItemsPrompt.TcsWebMenuItem_0.TcsWebTab_0.TcsPerformance_501.TcsSection_7`,
    })
    const summer = one({ StartDate: '2027-07-10', StartTime: '', StartTimeAndNotes: '18:15 + talk' })
    expect(read(summer, { ...target, date: '2027-07-10' }).sessions[0]!.startsAt).toBe('2027-07-10T17:15:00.000Z')
    expect(read(one({ URL: 'https://organiser.example/book/9' })).sessions[0]!.url).toBe(
      'https://organiser.example/book/9',
    )
    expect(read(one({ URL: 'javascript:alert(1)' })).sessions[0]!.url).toBe(null)
  })
  test('a film that is listed with no performance, or only announced in a box', () => {
    expect(verdict(page([other, film([])]))).toBe('NOT_OPEN')
    const box =
      '<div id="Film_49175098"><h3 class="film-title">The Lantern Makers</h3><h4 class="coming-soon">Opening Fri</h4></div>'
    expect(verdict(page([other], box))).toBe('NOT_OPEN')
    expect(verdict(page([other], box.replace('49175098', '491750981')))).toBe('UNKNOWN identity')
    expect(verdict(page([other], `<div hidden>${box}</div>`))).toBe('UNKNOWN identity')
  })
  test('the list itself, without an object around it', () => {
    const bare = html(open).replace(/\{"Events":(.*)\}/, (_, list: string) => list)
    expect(verdict([pageOf(URL_OF, bare)])).toBe('OPEN')
  })
  test('addresses', () => {
    expect(source.plan(target, NOW)[0]!.url).toBe(URL_OF)
    expect(source.plan({ ...target, hints: { dll: 'Other.dll' } }, NOW)[0]!.url).toContain('/Other.dll/WhatsOn?f=')
  })
  test('lists: announced films among the coming ones, never an empty list', () => {
    const box =
      '<div id="Film_99"><a href="WhatsOn?f=99"><h3 class="film-title">Leo</h3></a><h4 class="coming-soon">Soon</h4></div>'
    const list = (events: unknown) => [pageOf(`${BASE}/Lantern.dll/WhatsOn`, html(events, box), { key: 'films' })]
    expect(source.readFilms(city, 'upcoming', list([film([]), other]), NOW)).toMatchObject({
      ok: true,
      films: [
        { siteMovieId: '49175098', title: 'The Lantern Makers' },
        { siteMovieId: '99', title: 'Leo', url: `${BASE}/Lantern.dll/WhatsOn?f=99` },
      ],
    })
    expect(
      source.readFilms(city, 'running', list([{ ...other, Title: 'Tom &amp; <b>Jerry</b> &#8211; Live' }]), NOW),
    ).toMatchObject({
      ok: true,
      films: [{ siteMovieId: '7', title: 'Tom & Jerry – Live' }],
    })
    expect(source.readFilms(city, 'running', list([]), NOW)).toMatchObject({ ok: false, reason: 'parse' })
  })
})

test('a house that is named nowhere else goes by the part of the title that its address repeats', () => {
  const at = (host: string, title: string) => {
    const url = `https://${host}/Lantern.dll/WhatsOn`
    const body = html([film([performance(501)])]).replace(/<title>.*<\/title>/, `<title>${title}</title>`)
    return read([pageOf(url, body, { key: 'programme' })]).sessions[0]?.cinema.name
  }
  expect(at('www.thelanternhouse.example', 'The Lantern House | WhatsOn')).toBe('The Lantern House')
  expect(at('lanternhouse.example', "What's On - Lantern House")).toBe('Lantern House')
  expect(at('office.example', 'The Lantern House | WhatsOn')).toBe('office.example')
})

test('the whole programme, where one film was asked for, is an answer; the programme of another film is none', () => {
  const [whole] = page(open)
  expect(verdict([{ ...whole!, finalUrl: `${BASE}/Lantern.dll/WhatsOn` }])).toBe('OPEN')
  expect(verdict([{ ...whole!, finalUrl: `${BASE}/Lantern.dll/WhatsOn?f=7` }])).toBe('UNKNOWN identity')
})
