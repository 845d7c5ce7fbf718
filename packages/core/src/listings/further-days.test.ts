import type { ListedSession, Observation, Verdict } from '@marquee/providers/listings/listing-source'
import { expect, test } from 'vitest'
import { furtherDays, joinDays, type Wish } from './further-days.ts'

const now = new Date('2026-12-01T10:00:00Z')
const today = '2026-12-01'
const DAYS = ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04', '2026-12-05', '2026-12-06', '2026-12-07']
const on = (localDate: string, bookable = true, siteId = localDate): ListedSession => ({
  siteId,
  cinema: { siteId: 'c1', name: 'Prism' },
  startsAt: `${localDate}T13:00:00.000Z`,
  zone: 'Asia/Kolkata',
  localDate,
  format: '2D',
  language: 'Telugu',
  bookable,
  seatsLeft: null,
  url: null,
})
const page = (verdict: Verdict, sessions: ListedSession[], more: Partial<Observation> = {}): Observation => ({
  verdict,
  reason: null,
  announcedAt: null,
  sessions,
  openDates: DAYS,
  evidence: [],
  identity: { asked: 'm', served: 'm' },
  contentHash: 'page',
  shapeHash: 's',
  ...more,
})
const wish = (more: Partial<Wish> = {}): Wish => ({ from: null, to: null, picky: false, party: 2, people: 1, ...more })
const ask = (seen: Observation, wishes: Wish[], more: { believed?: ListedSession[]; turn?: number } = {}) =>
  furtherDays({ seen, wishes, today, now, believed: [], turn: 0, ...more })

const open = page('OPEN', [on('2026-12-01')])
const soldOut = page('SOLD_OUT', [on('2026-12-01', false)])

test.each<[string, Observation, Wish[], string[]]>([
  ['any day: the page answers', open, [wish()], []],
  ['one day that the page does not show', open, [wish({ from: '2026-12-04', to: '2026-12-04' })], ['2026-12-04']],
  ['a day that is not open', open, [wish({ from: '2026-12-20', to: '2026-12-20' })], []],
  ['a theatre: it may be on any day', open, [wish({ picky: true })], DAYS.slice(1, 5)],
  ['sold out as far as the page goes', soldOut, [wish()], DAYS.slice(1, 5)],
  ['nobody waits', soldOut, [], []],
  [
    'what most want first',
    open,
    [wish({ from: '2026-12-03', to: '2026-12-03' }), wish({ from: '2026-12-06', people: 9 })],
    ['2026-12-06', '2026-12-07', '2026-12-03'],
  ],
  [
    'too few seats on the day shown',
    page('OPEN', [{ ...on('2026-12-01'), seatsLeft: 1 }], { openDates: DAYS.slice(0, 2) }),
    [wish()],
    ['2026-12-02'],
  ],
  ['refused', page('UNKNOWN', [], { reason: 'blocked' }), [wish()], []],
  ['not open on any day', page('NOT_OPEN', [], { openDates: [] }), [wish()], []],
  [
    'closed for today, tomorrow is open',
    page('NOT_OPEN', [on('2026-12-01', false)], { openDates: DAYS.slice(0, 2) }),
    [wish()],
    ['2026-12-02'],
  ],
  [
    'the last show of today is over, and tomorrow is open',
    page('UNKNOWN', [on('2026-12-01')], { reason: 'conflict', openDates: DAYS.slice(0, 2) }),
    [wish()].map((one) => ({ ...one, from: '2026-12-02' })),
    ['2026-12-02'],
  ],
])('%s', (_, seen, wishes, days) => {
  expect(ask(seen, wishes)).toEqual(days)
})

test('days that are known take turns, unknown ones go first', () => {
  const believed = DAYS.slice(1, 6).map((day) => on(day))
  const asked = DAYS.map((_, turn) => ask(open, [wish({ picky: true })], { believed, turn }))
  expect(asked.every((days) => days[0] === '2026-12-07' && days.length === 3)).toBe(true)
  expect(new Set(asked.flat())).toEqual(new Set(DAYS.slice(1)))
})

const join = (
  seen: Observation,
  days: Parameters<typeof joinDays>[0]['days'],
  believed: { verdict: string | null; sessions: ListedSession[] } = { verdict: null, sessions: [] },
) => joinDays({ seen, days, believed, today, now })
const two = DAYS.slice(0, 2)

test('sold out today and bookable tomorrow is open', () => {
  const day = {
    day: '2026-12-02',
    observation: page('OPEN', [on('2026-12-02')], {
      evidence: [{ rule: 'session.bookable', strength: 'strong', where: '$', excerpt: '', hash: '' }],
    }),
  }
  const { observation, complete } = join({ ...soldOut, openDates: two }, [day])
  expect(observation).toMatchObject({ verdict: 'OPEN', reason: null, evidence: [{ strength: 'strong' }] })
  expect(observation.sessions.map((one) => [one.localDate, one.bookable])).toEqual([
    ['2026-12-01', false],
    ['2026-12-02', true],
  ])
  expect(complete).toBe(true)
})

test('a day whose page shows another day, or cannot be read, adds nothing', () => {
  const answers = [page('NOT_OPEN', [on('2026-12-01')]), page('UNKNOWN', [], { reason: 'blocked' })]
  const joined = answers.map((observation) =>
    join({ ...soldOut, openDates: two }, [{ day: '2026-12-02', observation }]),
  )
  for (const { observation } of joined) expect(observation).toMatchObject({ verdict: 'SOLD_OUT', contentHash: 'page' })
  expect(joined.map(({ complete }) => complete)).toEqual([true, false])
})

test('a day that was not asked for is as it was believed, until the site takes it back', () => {
  const believed = { verdict: 'OPEN', sessions: [on('2026-12-02'), on('2026-12-09')] }
  const kept = join({ ...soldOut, openDates: two }, [], believed).observation
  expect(kept).toMatchObject({ verdict: 'OPEN' })
  expect(kept.sessions.map((one) => one.localDate)).toEqual(two)
  // What was not open is not opened by what is only remembered.
  expect(join({ ...soldOut, openDates: two }, [], { ...believed, verdict: 'SOLD_OUT' }).observation.verdict).toBe(
    'SOLD_OUT',
  )
})

test('all days sold out is sold out, also when the page alone contradicted itself', () => {
  const over = page('UNKNOWN', [on('2026-12-01')], { reason: 'conflict', openDates: two })
  const day = { day: '2026-12-02', observation: page('SOLD_OUT', [on('2026-12-02', false)]) }
  expect(join(over, [day])).toMatchObject({ complete: true, observation: { verdict: 'SOLD_OUT', reason: null } })
})
