import { describe, expect, test } from 'vitest'
import { targetOf } from '../testing/pages.ts'
import { type Bookability, decide, type PageFacts, type Proof, type Screening } from './decide.ts'
import { evidenceOf } from './evidence.ts'
import { localDateAt } from './zoned-time.ts'

const NOW = new Date('2026-11-21T06:00:00Z')
const ZONE = 'Asia/Kolkata'
const target = targetOf()

function screening(
  startsAt: string,
  state: Bookability = 'bookable',
  more: { weak?: boolean; closes?: string } = {},
): Screening {
  const start = new Date(startsAt)
  return {
    session: {
      siteId: startsAt,
      cinema: { siteId: '1', name: 'Royal' },
      startsAt: start.toISOString(),
      zone: ZONE,
      localDate: localDateAt(start, ZONE)!,
      format: null,
      language: null,
      bookable: state === 'bookable',
      seatsLeft: null,
      url: null,
    },
    state,
    closesAt: more.closes ? new Date(more.closes) : null,
    evidence: evidenceOf('session', more.weak ? 'weak' : 'strong', 'x', startsAt),
  }
}
const proof = (place: string, strength: Proof['strength'], date: string | null = null): Proof => ({
  ...evidenceOf(`proof.${place}`, strength, place, place),
  place,
  date,
})
const DAY = '2026-11-28T10:00:00Z'
const facts = (more: Partial<PageFacts> = {}): PageFacts => ({
  served: target.siteMovieId,
  cityFits: true,
  skeleton: true,
  screenings: [],
  openDates: [],
  listsOpenDates: false,
  saysNotOpen: [],
  announcedAt: null,
  announcement: null,
  proofs: [],
  staleSince: null,
  shape: [],
  ...more,
})
const verdict = (more: Partial<PageFacts>, date: string | null = '2026-11-28', now = NOW) => {
  const seen = decide(facts(more), targetOf({ date }), now)
  return seen.reason ? `${seen.verdict} ${seen.reason}` : seen.verdict
}
const said = [evidenceOf('says', 'weak', 'x', 'soon')]

describe('open', () => {
  test('by one session with its own id, on the asked day', () => {
    expect(verdict({ screenings: [screening(DAY)] })).toBe('OPEN')
    expect(verdict({ screenings: [screening(DAY)] }, null)).toBe('OPEN')
    expect(verdict({ screenings: [screening(DAY)] }, '2026-11-29')).toBe('UNKNOWN parse')
  })
  test('by two weak proofs from different places, not by two from one', () => {
    const weak = screening(DAY, 'bookable', { weak: true })
    expect(verdict({ screenings: [weak, screening('2026-11-28T12:00:00Z', 'bookable', { weak: true })] })).toBe(
      'UNKNOWN conflict',
    )
    expect(verdict({ screenings: [weak], proofs: [proof('button', 'weak')] })).toBe('OPEN')
    expect(verdict({ proofs: [proof('button', 'weak'), proof('button', 'weak')] })).toBe('UNKNOWN conflict')
    expect(verdict({ proofs: [proof('button', 'weak'), proof('tab', 'weak')] })).toBe('OPEN')
  })
  test('not by a proof of another day, or of a day that is over', () => {
    expect(
      verdict({
        screenings: [screening(DAY, 'bookable', { weak: true })],
        proofs: [proof('days', 'weak', '2026-11-27')],
      }),
    ).toBe('UNKNOWN conflict')
    expect(verdict({ proofs: [proof('a', 'weak', '2026-11-20'), proof('b', 'weak', '2026-11-20')] }, null)).not.toBe(
      'OPEN',
    )
    expect(verdict({ proofs: [proof('a', 'weak'), proof('b', 'weak')] }, '2026-11-20')).not.toBe('OPEN')
  })
  test('a veto among the proofs is for a person', () => {
    expect(verdict({ screenings: [screening(DAY)], proofs: [proof('text', 'veto')] })).toBe('UNKNOWN conflict')
    expect(verdict({ screenings: [screening(DAY)], proofs: [proof('text', 'veto', '2026-11-29')] })).toBe('OPEN')
  })
  test('never after the start or the end of sales', () => {
    const late = new Date('2026-11-28T10:00:00Z')
    expect(verdict({ screenings: [screening(DAY)] }, '2026-11-28', late)).toBe('NOT_OPEN')
    expect(verdict({ screenings: [screening(DAY, 'bookable', { closes: '2026-11-21T05:00:00Z' })] })).toBe('NOT_OPEN')
    // A site may sell on after the start; for us it is over.
    expect(
      verdict({ screenings: [screening(DAY, 'bookable', { closes: '2026-11-28T11:00:00Z' })] }, '2026-11-28', late),
    ).toBe('NOT_OPEN')
  })
  test('nor on a day that the site does not list as open', () => {
    const listed = { listsOpenDates: true, openDates: ['2026-11-27'], screenings: [screening(DAY)] }
    expect(verdict(listed)).toBe('NOT_OPEN')
    expect(verdict(listed, null)).toBe('UNKNOWN conflict')
  })
})

describe('not open', () => {
  test('only when the page says so', () => {
    expect(verdict({})).toBe('UNKNOWN parse')
    expect(verdict({ saysNotOpen: said })).toBe('NOT_OPEN')
    expect(verdict({ listsOpenDates: true })).toBe('NOT_OPEN')
    expect(verdict({ listsOpenDates: true, openDates: ['2026-11-27'] })).toBe('NOT_OPEN')
  })
  test('not while something hints otherwise', () => {
    expect(verdict({ saysNotOpen: said, proofs: [proof('tab', 'weak')] })).toBe('UNKNOWN conflict')
    expect(verdict({ listsOpenDates: true, openDates: ['2026-11-28'] })).toBe('UNKNOWN conflict')
  })
  test('sessions that cannot be booked are listed and no more', () => {
    expect(verdict({ screenings: [screening(DAY, 'closed'), screening(DAY, 'not-yet')] })).toBe('NOT_OPEN')
    expect(verdict({ screenings: [screening(DAY, 'unclear')] })).toBe('UNKNOWN parse')
  })
})

test('sold out, when that is said of sessions to come and none is left', () => {
  expect(verdict({ screenings: [screening(DAY, 'sold-out'), screening('2026-11-28T12:00:00Z', 'closed')] })).toBe(
    'SOLD_OUT',
  )
  expect(verdict({ screenings: [screening(DAY, 'sold-out'), screening('2026-11-28T12:00:00Z')] })).toBe('OPEN')
  expect(verdict({ screenings: [screening(DAY, 'sold-out'), screening('2026-11-28T12:00:00Z', 'unclear')] })).toBe(
    'UNKNOWN parse',
  )
  expect(
    verdict({
      screenings: [screening(DAY, 'sold-out')],
      proofs: [proof('tab', 'weak', '2026-11-28'), proof('days', 'weak', '2026-11-28')],
    }),
  ).toBe('SOLD_OUT')
})

test('announced, when a moment to come is named', () => {
  const announcement = evidenceOf('sale', 'strong', 'x', 'x')
  expect(verdict({ announcedAt: new Date('2026-11-25T04:30:00Z'), announcement })).toBe('ANNOUNCED')
  expect(verdict({ announcedAt: new Date('2026-11-20T04:30:00Z'), announcement, saysNotOpen: said })).toBe('NOT_OPEN')
  expect(verdict({ announcedAt: new Date('2026-11-25T04:30:00Z'), announcement, screenings: [screening(DAY)] })).toBe(
    'OPEN',
  )
})

test('identity, structure and age come before everything', () => {
  const screenings = [screening(DAY)]
  expect(verdict({ screenings, served: null })).toBe('UNKNOWN identity')
  expect(verdict({ screenings, served: `${target.siteMovieId}1` })).toBe('UNKNOWN identity')
  expect(verdict({ screenings, cityFits: false })).toBe('UNKNOWN identity')
  expect(verdict({ screenings, skeleton: false })).toBe('UNKNOWN parse')
  expect(verdict({ screenings, staleSince: said[0]! })).toBe('UNKNOWN stale')
})

test('the content hash follows what was read, not the order, the seats or the moment', () => {
  const two = [screening(DAY), screening('2026-11-28T12:00:00Z')]
  const seen = decide(facts({ screenings: two }), target, NOW)
  const seats = two.map((one) => ({ ...one, session: { ...one.session, seatsLeft: 3 } })).reverse()
  expect(decide(facts({ screenings: seats }), target, new Date(NOW.getTime() + 3_600_000)).contentHash).toBe(
    seen.contentHash,
  )
  expect(decide(facts({ screenings: [two[0]!, two[0]!, two[1]!] }), target, NOW)).toEqual(seen)
  expect(decide(facts({ screenings: [two[0]!] }), target, NOW).contentHash).not.toBe(seen.contentHash)
})

describe('what is over', () => {
  test('links to days that have passed contradict nothing', () => {
    const over = { screenings: [screening('2026-11-19T10:00:00Z')], proofs: [proof('button', 'weak', '2026-11-19')] }
    expect(verdict({ ...over, saysNotOpen: said }, null)).toBe('NOT_OPEN')
    expect(verdict(over, null)).toBe('UNKNOWN parse')
    expect(verdict({ proofs: [proof('button', 'weak', '2026-11-22')], saysNotOpen: said }, null)).toBe(
      'UNKNOWN conflict',
    )
  })
})
