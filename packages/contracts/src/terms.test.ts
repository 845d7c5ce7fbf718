import { expect, test } from 'vitest'
import { cancellationTerms, DEFAULT_TIERS, timeBefore } from './terms.ts'

const first = (tiers: { minutesBefore: number; percent: number }[]) =>
  cancellationTerms(tiers)[0]?.replaceAll('\u00a0', ' ')

test('a policy in words', () => {
  expect(first([...DEFAULT_TIERS])).toBe(
    'Cancel up to 2 hours before the film and 75 % of the seat price comes back, up to 20 minutes before 50 %, later nothing.',
  )
  expect(first([{ minutesBefore: 0, percent: 100 }])).toBe(
    'Cancel until the film begins and 100 % of the seat price comes back.',
  )
  expect(first([{ minutesBefore: 60, percent: 40 }])).toBe(
    'Cancel up to 1 hour before the film and 40 % of the seat price comes back, later nothing.',
  )
})

test('tiers that change nothing are not spelt out', () => {
  const tiers = [
    { minutesBefore: 2_880, percent: 80 },
    { minutesBefore: 90, percent: 80 },
    { minutesBefore: 0, percent: 0 },
  ]
  expect(first(tiers)).toBe(
    'Cancel up to 90 minutes before the film and 80 % of the seat price comes back, later nothing.',
  )
})

test('nothing comes back, except from the cinema', () => {
  for (const tiers of [[], [{ minutesBefore: 0, percent: 0 }]])
    expect(cancellationTerms(tiers)).toEqual([
      'Not refundable once bought.',
      'If the cinema cancels, everything you paid comes back by itself.',
    ])
})

test.each([
  [1, '1 minute'],
  [20, '20 minutes'],
  [60, '1 hour'],
  [90, '90 minutes'],
  [120, '2 hours'],
  [1_440, '1 day'],
  [4_320, '3 days'],
])('%i minutes: %s', (minutes, words) => {
  expect(timeBefore(minutes)).toBe(words)
})
