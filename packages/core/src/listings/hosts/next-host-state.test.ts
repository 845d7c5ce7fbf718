import { expect, test } from 'vitest'
import { nextHostState } from './next-host-state.ts'

const T = Date.parse('2026-11-21T10:00:00Z')
const now = new Date(T)
const MINUTE = 60_000
const fresh = { gapMs: 10_000, crawlDelayMs: 0, backoffMs: 0, circuitLevel: 0, circuitUntil: null }
const page = (status: number | null, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: '',
  truncated: false,
  failure: status === null ? ('network' as const) : null,
})
const wait = (date: Date | null) => (date === null ? null : date.getTime() - T)
type Host = Parameters<typeof nextHostState>[0]
/** Plays answers one after another, each at `now`. */
function after(...answers: (number | null)[]) {
  let last = nextHostState(fresh, page(answers[0] ?? null), now)
  for (const status of answers.slice(1)) last = nextHostState({ ...fresh, ...last }, page(status), now)
  return last
}

test('the gap is the longest of what anybody asked for', () => {
  const gap = (given: Partial<Host>) => wait(nextHostState({ ...fresh, ...given }, page(200), now).nextRequestAt)
  expect(gap({})).toBe(10_000)
  expect(gap({ crawlDelayMs: 30_000 })).toBe(30_000)
  expect(gap({ gapMs: 60_000, crawlDelayMs: 30_000 })).toBe(60_000)
  expect(gap({ backoffMs: 240_000 })).toBe(120_000)
})

test('too much for it: twice as long each time, up to an hour, and half as long after each page', () => {
  const backoffs = [1, 2, 3, 7, 8, 9, 20].map((n) => after(...Array.from({ length: n }, () => 429)).backoffMs / 1_000)
  expect(backoffs).toEqual([30, 60, 120, 1_920, 3_600, 3_600, 3_600])
  expect(after(503).backoffMs).toBe(30_000)
  expect(after(429, 429, 429, 200).backoffMs).toBe(60_000)
  expect(after(429, 429, 429, 304, 200).backoffMs).toBe(30_000)
  expect(after(429, 429, 429, 304, 200, 404).backoffMs).toBe(0)
  expect(after(429, 429, null, 500).backoffMs).toBe(60_000)
  expect(wait(after(429, 429, 429).nextRequestAt)).toBe(120_000)
})

test('what it asks for is kept, and counts only where it refuses', () => {
  const next = (status: number) => wait(nextHostState(fresh, page(status, { 'retry-after': '600' }), now).nextRequestAt)
  expect([next(429), next(503), next(403)]).toEqual([600_000, 600_000, 600_000])
  expect([next(200), next(301)]).toEqual([10_000, 10_000])
  const impatient = nextHostState({ ...fresh, backoffMs: 240_000 }, page(429, { 'retry-after': '1' }), now)
  expect(wait(impatient.nextRequestAt)).toBe(480_000)
})

test('refused: 15 minutes, 1, 6 and 24 hours, and a page closes it', () => {
  const waits = [1, 2, 3, 4, 5].map((n) => wait(after(...Array.from({ length: n }, () => 403)).circuitUntil)! / MINUTE)
  expect(waits).toEqual([15, 60, 360, 1_440, 1_440])
  expect(after(403, 403, 200)).toMatchObject({ circuitLevel: 0, circuitUntil: null, lastError: null })
  expect(after(403, 403, 200, 403)).toMatchObject({ circuitLevel: 1 })
})

test('a probe that tells nothing leaves the level, and waits again', () => {
  for (const status of [null, 500, 429]) {
    const host = after(403, 403, 403, status)
    expect(host.circuitLevel).toBe(3)
    expect(wait(host.circuitUntil)).toBe(15 * MINUTE)
  }
  expect(after(null, 500).circuitUntil).toBe(null)
})

test('what is remembered', () => {
  expect(nextHostState(fresh, page(200), now)).toMatchObject({ lastStatus: 200, lastOkAt: now, lastError: null })
  expect(nextHostState(fresh, page(403), now)).toMatchObject({
    lastStatus: 403,
    lastOkAt: null,
    lastError: 'refused: 403',
  })
  expect(nextHostState(fresh, page(null), now)).toMatchObject({ lastStatus: null, lastError: 'no answer' })
  const late = { ...page(200), failure: 'timeout' as const, truncated: true }
  expect(nextHostState(fresh, late, now).lastError).toMatch(/could not be read/)
})
