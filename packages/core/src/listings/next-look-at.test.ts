import { expect, test } from 'vitest'
import { type LookSchedule, nextLookAt } from './next-look-at.ts'

const now = new Date('2026-12-01T10:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const inDays = (days: number) => new Date(now.getTime() + days * 24 * HOUR)
const after = (milliseconds: number) => new Date(now.getTime() + milliseconds)

const base: LookSchedule = {
  watchId: '0197c1f0-0000-7000-8000-0000000000aa',
  now,
  own: false,
  subscribers: 1,
  urgent: false,
  seatsBack: false,
  awaited: false,
  verdict: 'NOT_OPEN',
  releaseDate: inDays(10),
  announcedAt: null,
  confirmingSince: null,
  closingSince: null,
  failStreak: 0,
  forecast: null,
  intervalSeconds: null,
  baseMs: 30 * MINUTE,
  confirmMs: 20_000,
}
const interval = (given: Partial<LookSchedule>) => nextLookAt({ ...base, ...given }).intervalMs
const wait = (given: Partial<LookSchedule>) => nextLookAt({ ...base, ...given }).at!.getTime() - now.getTime()

test.each<[string, Partial<LookSchedule>, number]>([
  ['far away', { releaseDate: inDays(40) }, 6 * HOUR],
  ['in a month', { releaseDate: inDays(20) }, 2 * HOUR],
  ['in ten days', {}, 30 * MINUTE],
  ['this week', { releaseDate: inDays(3) }, 10 * MINUTE],
  ['just out', { releaseDate: inDays(-3) }, 10 * MINUTE],
  ['out for long', { releaseDate: inDays(-100) }, 6 * HOUR],
  ['undated', { releaseDate: null }, 30 * MINUTE],
  ['somebody waits for the opening day', { urgent: true }, 15 * MINUTE],
  ['on sale', { verdict: 'OPEN' }, 6 * HOUR],
  ['on sale, somebody waits for another day', { verdict: 'OPEN', awaited: true }, 30 * MINUTE],
  ['sold out, somebody waits for another day', { verdict: 'SOLD_OUT', awaited: true }, 30 * MINUTE],
  ['sold out', { verdict: 'SOLD_OUT' }, 6 * HOUR],
  ['sold out, somebody waits for seats', { verdict: 'SOLD_OUT', seatsBack: true }, 30 * MINUTE],
  ['gone', { verdict: 'GONE' }, 6 * HOUR],
  [
    'days before a published sale',
    { verdict: 'ANNOUNCED', announcedAt: after(50 * HOUR), releaseDate: inDays(3) },
    HOUR,
  ],
  [
    '… for whom it is urgent',
    { verdict: 'ANNOUNCED', announcedAt: after(50 * HOUR), releaseDate: inDays(3), urgent: true },
    5 * MINUTE,
  ],
  ['the eve of a published sale', { announcedAt: after(3 * HOUR) }, 5 * MINUTE],
  ['minutes before it', { announcedAt: after(9 * MINUTE) }, MINUTE],
  ['and after it', { announcedAt: after(-50 * MINUTE) }, MINUTE],
  ['hours after it', { announcedAt: after(-3 * HOUR) }, 5 * MINUTE],
  ['within the forecast', { forecast: { from: after(-HOUR), to: after(HOUR) } }, 5 * MINUTE],
  ['the source says', { intervalSeconds: 15, releaseDate: inDays(40) }, 15_000],
  ['all of it faster', { baseMs: MINUTE, releaseDate: inDays(20) }, 4 * MINUTE],
])('%s', (_name, given, expected) => expect(interval(given)).toBe(expected))

test('nobody waits, nobody looks', () => expect(nextLookAt({ ...base, subscribers: 0 }).at).toBeNull())

test('looks are spread by a fifth, the same way each time they are asked', () => {
  const waits = Array.from({ length: 200 }, (_, i) => wait({ watchId: `w${i}` }))
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(24 * MINUTE)
  expect(Math.max(...waits)).toBeLessThanOrEqual(36 * MINUTE)
  expect(new Set(waits).size).toBeGreaterThan(150)
  expect(wait({ watchId: 'w1' })).toBe(waits[1])
})

test('the second look comes 15 to 30 seconds after the first', () => {
  for (let i = 0; i < 100; i++) {
    const ms = wait({ watchId: `w${i}`, confirmingSince: now })
    expect(ms).toBeGreaterThanOrEqual(15_000)
    expect(ms).toBeLessThanOrEqual(30_000)
  }
})

test('no interval sleeps through a sale, its eve, or the look that ends an opening', () => {
  expect(wait({ releaseDate: inDays(40), announcedAt: after(5 * HOUR) })).toBe(HOUR)
  expect(wait({ announcedAt: after(30_000) })).toBe(30_000)
  expect(wait({ verdict: 'OPEN', closingSince: now })).toBe(30 * MINUTE + 1_000)
  expect(wait({ releaseDate: inDays(40), forecast: { from: after(2 * HOUR), to: after(9 * HOUR) } })).toBe(2 * HOUR)
})

test('a site that does not answer is tried again soon, then ever later', () => {
  const waits = [1, 2, 3, 4, 5, 9, 30].map((failStreak) => wait({ failStreak }) / MINUTE)
  expect(waits[0]).toBeLessThan(2.5)
  expect(waits[2]).toBeGreaterThan(6)
  for (const minutes of waits) expect(minutes).toBeLessThanOrEqual(72)
  expect(wait({ failStreak: 30, releaseDate: inDays(40) })).toBeGreaterThan(4 * HOUR)
})

test('a sale that breaks its site is not found an hour after it is back', () => {
  const waits = [1, 5, 9].map((failStreak) => wait({ failStreak, announcedAt: after(-5 * MINUTE) }))
  expect(Math.max(...waits)).toBeLessThanOrEqual(6 * MINUTE)
})

test('what cannot be confirmed is looked at ever later', () => {
  const waits = [0, 1, 2, 10].map((minutes) => wait({ confirmingSince: after(-minutes * MINUTE) }))
  expect(waits[0]).toBeLessThanOrEqual(30_000)
  expect(waits.slice(1)).toEqual([MINUTE, 2 * MINUTE, 10 * MINUTE])
})

test('our own catalogue is asked now and then, and by the minute where seats may come back', () => {
  expect(interval({ own: true })).toBe(10 * MINUTE)
  expect(interval({ own: true, verdict: 'SOLD_OUT', seatsBack: true })).toBe(MINUTE)
})
