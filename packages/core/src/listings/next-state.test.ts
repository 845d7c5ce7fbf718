import type { ListedSession, Observation, Verdict } from '@marquee/providers/listings/listing-source'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Belief, type Look, nextState, type Step } from './next-state.ts'

const T0 = Date.parse('2026-12-01T10:00:00Z')
const MINUTE = 60_000
const at = (minutes: number) => new Date(T0 + minutes * MINUTE)

const session = (siteId: string, more: Partial<ListedSession> = {}): ListedSession => ({
  siteId,
  cinema: { siteId: 'c1', name: 'Prism' },
  startsAt: new Date(T0 + 40 * 24 * 60 * MINUTE + siteId.charCodeAt(0) * MINUTE).toISOString(),
  zone: 'Asia/Kolkata',
  localDate: '2027-01-10',
  format: '2D',
  language: 'Telugu',
  bookable: true,
  seatsLeft: null,
  url: null,
  ...more,
})
const page = (verdict: Verdict, sessions: ListedSession[] = [], more: Partial<Observation> = {}): Observation => ({
  verdict,
  reason: verdict === 'UNKNOWN' ? 'outage' : null,
  announcedAt: null,
  sessions,
  openDates: [],
  evidence: [{ rule: 'session.bookable', strength: 'strong', where: '$', excerpt: 'x', hash: 'h' }],
  identity: { asked: 'm', served: 'm' },
  contentHash: verdict,
  shapeHash: 's',
  ...more,
})
const OPEN = (...ids: string[]) =>
  page(
    'OPEN',
    ids.map((id) => session(id)),
  )
const CLOSED = page('NOT_OPEN')
const SOLD_OUT = page('SOLD_OUT', [session('a', { bookable: false })])
const BLIND = page('UNKNOWN')

const unseen: Belief = {
  verdict: null,
  lastVerdict: null,
  lastReason: null,
  confirmingSince: null,
  candidates: [],
  closingSince: null,
  goneLooks: 0,
  announcedAt: null,
  sessions: [],
  openDates: [],
  lastLookAt: null,
  lastOkAt: null,
  blindSince: null,
  failStreak: 0,
  verdictChangedAt: null,
  current: null,
}

/** Looks at these minutes, one after the other; every step that was taken. */
function looks(list: [minutes: number, observation: Observation, more?: Partial<Look>][], from: Belief = unseen) {
  let belief = from
  return list.map(([minutes, observation, more]): Step => {
    const look = { at: at(minutes), observation, fresh: true, own: false, confirmAfterMs: 15_000, ...more }
    const step = nextState(belief, look)
    belief = step.belief.current === null && step.opens ? { ...step.belief, current: step.opens } : step.belief
    return step
  })
}
const last = (steps: Step[]) => steps.at(-1)!
const opened = (steps: Step[]) => steps.map((step) => step.opens?.kind ?? null)

test('an opening takes two looks, and dates from the first', () => {
  const steps = looks([
    [0, CLOSED],
    [10, OPEN('a')],
    [10.5, OPEN('a', 'b')],
  ])
  expect(steps[0]).toMatchObject({ arms: true, belief: { verdict: 'NOT_OPEN' } })
  expect(steps[1]).toMatchObject({ opens: null, arms: false, belief: { verdict: 'NOT_OPEN', confirmingSince: at(10) } })
  expect(last(steps)).toMatchObject({ opens: { kind: 'OPENING', detectedAt: at(10) }, belief: { verdict: 'OPEN' } })
})

test('the second look must not come at once, and must agree', () => {
  const hasty = looks([
    [0, CLOSED],
    [10, OPEN('a')],
    [10.1, OPEN('a')],
  ])
  expect(opened(hasty)).toEqual([null, null, null])
  expect(opened(looks([[10.5, OPEN('a')]], last(hasty).belief))).toEqual(['OPENING'])
  expect(
    opened(
      looks([
        [0, CLOSED],
        [10, OPEN('a')],
        [10.5, CLOSED],
        [11, OPEN('a')],
      ]),
    ),
  ).toEqual([null, null, null, null])
  expect(
    opened(
      looks([
        [0, CLOSED],
        [10, OPEN('a')],
        [10.5, OPEN('z')],
        [11, OPEN('z')],
      ]),
    ),
  ).toEqual([null, null, null, 'OPENING'])
})

test('new ids at every look do not hide that it is the same showing', () => {
  const same = (id: string) => page('OPEN', [session(id, { startsAt: at(9_000).toISOString() })])
  expect(
    opened(
      looks([
        [0, CLOSED],
        [10, same('a')],
        [10.5, same('b')],
      ]),
    ),
  ).toEqual([null, null, 'OPENING'])
})

test('an unreadable page between the two looks neither confirms nor denies', () => {
  const steps = looks([
    [0, CLOSED],
    [10, OPEN('a')],
    [10.5, BLIND],
    [11, OPEN('a')],
  ])
  expect(opened(steps)).toEqual([null, null, null, 'OPENING'])
})

test('a first look of half an hour ago is forgotten', () =>
  expect(
    opened(
      looks([
        [0, CLOSED],
        [10, OPEN('a')],
        [50, OPEN('a')],
        [51, OPEN('a')],
      ]),
    ),
  ).toEqual([null, null, null, 'OPENING']))

test('"not modified" confirms nothing', () =>
  expect(
    opened(
      looks([
        [0, CLOSED],
        [10, OPEN('a')],
        [11, OPEN('a'), { fresh: false }],
        [12, OPEN('a')],
      ]),
    ),
  ).toEqual([null, null, null, 'OPENING']))

test('our own word, and a strong proof at the published hour, need one look', () => {
  expect(opened(looks([[0, OPEN('a'), { own: true }]]))).toEqual(['OPENING'])
  const announced = page('ANNOUNCED', [], { announcedAt: at(60).toISOString() })
  const due: Parameters<typeof looks>[0] = [
    [0, announced],
    [61, CLOSED],
    [62, OPEN('a')],
  ]
  expect(opened(looks(due))).toEqual([null, null, 'OPENING'])
  const early: Parameters<typeof looks>[0] = [
    [0, announced],
    [59, OPEN('a')],
  ]
  expect(opened(looks(early))).toEqual([null, null])
  const weak = { ...OPEN('a'), evidence: [{ ...OPEN('a').evidence[0]!, strength: 'weak' as const }] }
  const unsure: Parameters<typeof looks>[0] = [
    [0, announced],
    [61, weak],
  ]
  expect(opened(looks(unsure))).toEqual([null, null])
})

const openSince = last(
  looks([
    [0, CLOSED],
    [10, OPEN('a')],
    [11, OPEN('a')],
  ]),
).belief

test('it ends by two looks half an hour apart', () => {
  const steps = looks(
    [
      [20, CLOSED],
      [40, CLOSED],
      [51, CLOSED],
    ],
    openSince,
  )
  expect(steps.map((step) => step.closes)).toEqual([false, false, true])
  expect(steps.map((step) => step.belief.verdict)).toEqual(['OPEN', 'OPEN', 'NOT_OPEN'])
  const saved = looks(
    [
      [20, CLOSED],
      [30, OPEN('a')],
      [60, CLOSED],
    ],
    openSince,
  )
  expect(saved.map((step) => step.closes)).toEqual([false, false, false])
  expect(opened(saved)).toEqual([null, null, null])
})

test('gone takes three looks', () => {
  const steps = looks([
    [0, CLOSED],
    [10, page('GONE')],
    [20, page('GONE')],
    [30, page('GONE')],
  ])
  expect(steps.map((step) => step.belief.verdict)).toEqual(['NOT_OPEN', 'NOT_OPEN', 'NOT_OPEN', 'GONE'])
  expect(
    last(
      looks([
        [0, CLOSED],
        [10, page('GONE')],
        [20, CLOSED],
        [30, page('GONE')],
        [40, page('GONE')],
      ]),
    ).belief.verdict,
  ).toBe('NOT_OPEN')
})

test('a day that is opened while all others are sold out is an opening, not seats that came back', () => {
  const more = page('OPEN', [session('a', { bookable: false }), session('n')])
  const steps = looks([
    [0, CLOSED],
    [10, OPEN('a')],
    [10.5, OPEN('a')],
    [20, SOLD_OUT],
    [60, more],
    [60.5, more],
  ])
  expect(last(steps)).toMatchObject({ opens: { kind: 'OPENING', detectedAt: at(60) }, closes: true })
  // Right after seats that came back and went again, too.
  const back = looks([
    [0, CLOSED],
    [10, OPEN('a')],
    [10.5, OPEN('a')],
    [20, SOLD_OUT],
    [60, OPEN('a')],
    [60.5, OPEN('a')],
    [61, SOLD_OUT],
    [63, more],
    [63.5, more],
  ])
  expect(opened(back).filter(Boolean)).toEqual(['OPENING', 'SEATS_BACK', 'OPENING'])
})

test('seats that come back and a new day at once are both told, one after the other', () => {
  const both = OPEN('a', 'n')
  const steps = looks([
    [0, CLOSED],
    [10, OPEN('a')],
    [10.5, OPEN('a')],
    [20, SOLD_OUT],
    [60, both],
    [60.5, both],
    [61, both],
    [61.5, both],
  ])
  expect(opened(steps).slice(4)).toEqual([null, 'SEATS_BACK', 'OPENING', null])
  expect(last(steps).belief.sessions.map(({ siteId }) => siteId)).toEqual(['a', 'n'])
})

test('sold out on the days that were read arms nobody while others are unknown', () => {
  expect(last(looks([[0, SOLD_OUT]])).arms).toBe(true)
  expect(last(looks([[0, SOLD_OUT, { complete: false }]])).arms).toBe(false)
})

test('seats that come back are an opening of their own; a blip is not', () => {
  const back = looks(
    [
      [20, SOLD_OUT],
      [40, OPEN('a')],
      [41, OPEN('a')],
    ],
    openSince,
  )
  expect(last(back)).toMatchObject({ opens: { kind: 'SEATS_BACK', detectedAt: at(40) }, closes: true })
  const blip = looks(
    [
      [20, SOLD_OUT],
      [22, OPEN('a')],
      [23, OPEN('a')],
    ],
    openSince,
  )
  expect(opened(blip)).toEqual([null, null, null])
  expect(last(blip)).toMatchObject({ grew: true, belief: { verdict: 'OPEN' } })
  const fresh = looks(
    [
      [60, OPEN('a', 'q')],
      [61, OPEN('a', 'q')],
    ],
    last(back).belief,
  )
  expect(last(fresh)).toMatchObject({ opens: { kind: 'OPENING' }, closes: true })
})

test('sold out before anybody saw it open: what comes next is the opening', () =>
  expect(
    opened(
      looks([
        [0, CLOSED],
        [10, SOLD_OUT],
        [40, OPEN('a')],
        [41, OPEN('a')],
      ]),
    ),
  ).toEqual([null, null, null, 'OPENING']))

test('more sessions are news after two looks', () => {
  const steps = looks(
    [
      [60, OPEN('a', 'b')],
      [61, OPEN('a', 'b')],
      [62, OPEN('a', 'b')],
    ],
    openSince,
  )
  expect(steps.map((step) => step.grew)).toEqual([false, true, false])
  expect(steps[0]!.belief.sessions.map((one) => one.siteId)).toEqual(['a'])
  const passing = looks(
    [
      [60, OPEN('a', 'b')],
      [61, OPEN('a', 'c')],
    ],
    openSince,
  )
  expect(last(passing)).toMatchObject({ grew: false, belief: { confirmingSince: null } })
})

test('a watch whose opening a person dismissed opens anew with what is new', () => {
  const dismissed = { ...openSince, current: null }
  const steps = looks(
    [
      [60, OPEN('a')],
      [70, OPEN('a', 'b')],
      [71, OPEN('a', 'b')],
    ],
    dismissed,
  )
  expect(opened(steps)).toEqual([null, null, 'OPENING'])
})

test('blind is since the first answer that could not be believed, until the next that can', () => {
  const steps = looks([
    [0, CLOSED],
    [10, BLIND],
    [20, BLIND],
    [30, CLOSED],
  ])
  expect(steps.map((step) => step.belief.blindSince)).toEqual([null, at(10), at(10), null])
  expect(steps.map((step) => step.belief.failStreak)).toEqual([0, 1, 2, 0])
  expect(steps[2]!.belief).toMatchObject({ verdict: 'NOT_OPEN', lastOkAt: at(0), lastReason: 'outage' })
})

test('open without a showing that is still to come is no proof', () => {
  const begun = page('OPEN', [session('a', { startsAt: at(-1).toISOString() })])
  expect(last(looks([[0, begun]])).belief).toMatchObject({ lastVerdict: 'UNKNOWN', lastReason: 'conflict' })
})

const anyPage = fc.oneof(
  { weight: 3, arbitrary: fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 }).map((ids) => OPEN(...ids)) },
  fc.constantFrom(CLOSED, SOLD_OUT, BLIND, page('GONE'), page('ANNOUNCED', [], { announcedAt: at(120).toISOString() })),
)
/** Minutes since the look before; not above zero: a belated or doubled answer. */
const anyRun = fc.array(fc.tuple(fc.constantFrom(-3, 0, 0.1, 0.4, 1, 9, 31), anyPage, fc.boolean()), { maxLength: 40 })

test('however the looks fall: no opening from one look, none from a page that cannot be read, ends and openings in turn', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      let belief = unseen
      let minutes = 0
      const seen: { at: number; page: Observation; fresh: boolean }[] = []
      for (const [pause, observation, fresh] of run) {
        const when = minutes + pause
        const step = nextState(belief, { at: at(when), observation, fresh, own: false, confirmAfterMs: 15_000 })
        if (belief.lastLookAt && at(when) <= belief.lastLookAt) {
          expect(step.ignored).toBe(true)
          expect(step.belief).toEqual(belief)
          continue
        }
        minutes = when
        seen.push({ at: when, page: observation, fresh })
        if (observation.verdict === 'UNKNOWN') {
          expect(step).toMatchObject({ opens: null, closes: false, grew: false, arms: false })
          expect(step.belief.verdict).toBe(belief.verdict)
        }
        if (step.opens || step.grew) {
          expect(observation.verdict).toBe('OPEN')
          expect(fresh).toBe(true)
          const earlier = seen.slice(0, -1).filter((one) => when - one.at <= 30 && one.page.verdict === 'OPEN')
          const proof = earlier.some((one) => when - one.at >= 0.25 && one.fresh)
          expect(proof || when >= 120).toBe(true)
        }
        if (step.opens) expect(step.closes).toBe(belief.current !== null)
        if (step.closes && !step.opens) {
          expect(belief.current).not.toBeNull()
          expect(seen.some((one) => when - one.at >= 30 && one.page.verdict !== 'OPEN')).toBe(true)
        }
        if (step.belief.verdict === 'OPEN') expect(step.belief.sessions.some((one) => one.bookable)).toBe(true)
        if (step.arms) expect(observation.sessions.some((one) => one.bookable)).toBe(false)
        belief = step.belief
        expect(belief.verdict).not.toBe('UNKNOWN')
      }
    }),
    { numRuns: 400 },
  )
})
