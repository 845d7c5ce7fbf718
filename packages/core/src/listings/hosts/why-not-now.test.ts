import { expect, test } from 'vitest'
import { whyNotNow } from './why-not-now.ts'

const T = Date.parse('2026-11-21T10:00:00Z')
const now = new Date(T)
const free = {
  spentOn: new Date('2026-11-21'),
  spentToday: 3,
  nextRequestAt: null,
  leaseUntil: null,
  backoffMs: 0,
  gapMs: 10_000,
  crawlDelayMs: 0,
  circuitUntil: null,
  lastStatus: 200,
}
const at = (seconds: number) => new Date(T + seconds * 1_000)

test.each([
  ['busy', { leaseUntil: at(60), nextRequestAt: at(10) }, 'busy', 10],
  ['busy, no gap', { leaseUntil: at(60) }, 'busy', 1],
  ['a lease that is over', { leaseUntil: at(0), nextRequestAt: at(7) }, 'gap', 7],
  ['the gap', { nextRequestAt: at(7) }, 'gap', 7],
  ['after 429', { nextRequestAt: at(600), lastStatus: 429 }, 'retry-after', 600],
  ['still backing off', { nextRequestAt: at(60), backoffMs: 60_000 }, 'retry-after', 60],
  ['a long Crawl-delay', { nextRequestAt: at(60), crawlDelayMs: 60_000, backoffMs: 30_000 }, 'gap', 60],
  ['the circuit', { circuitUntil: at(900), nextRequestAt: at(10) }, 'circuit', 900],
  ['the budget', { spentToday: 500, nextRequestAt: at(10) }, 'budget', 14 * 3_600],
  ['free by now', {}, 'busy', 1],
])('%s', (_name, given, why, seconds) =>
  expect(whyNotNow({ ...free, ...given }, now, 500)).toEqual({ why, retryAt: at(seconds) }),
)

test('yesterday is no longer counted, and nothing at all may be spent', () => {
  expect(whyNotNow({ ...free, spentOn: new Date('2026-11-20'), spentToday: 500 }, now, 500).why).toBe('busy')
  expect(whyNotNow(null, now, 0).why).toBe('budget')
  expect(whyNotNow(null, now, 10).why).toBe('busy')
})
