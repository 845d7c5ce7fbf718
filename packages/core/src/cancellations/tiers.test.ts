import { DEFAULT_TIERS } from '@marquee/contracts/terms'
import { expect, test } from 'vitest'
import { changesAt, tiersOf } from './tiers.ts'

const film = new Date('2026-12-01T12:00:00Z')
const minutesBefore = (minutes: number) => new Date(film.getTime() - minutes * 60_000)
const tiers = [...DEFAULT_TIERS]

test.each([
  [300, 120],
  [120, 120],
  [119.99, 20],
  [20, 20],
  [19.99, null],
  [0, null],
  [-5, null],
])('%d minutes before: less comes back from %d minutes before', (now, then) => {
  expect(changesAt(tiers, film, minutesBefore(now))).toEqual(then === null ? null : minutesBefore(then))
})

test('the same to the end never changes, equal tiers are one', () => {
  expect(changesAt([{ minutesBefore: 0, percent: 100 }], film, minutesBefore(60))).toBeNull()
  const equal = [
    { minutesBefore: 120, percent: 50 },
    { minutesBefore: 30, percent: 50 },
  ]
  expect(changesAt(equal, film, minutesBefore(200))).toEqual(minutesBefore(30))
})

test('what is stored counts; an empty policy gives nothing back, and never changes', () => {
  expect(tiersOf([{ minutesBefore: 0, percent: 0 }])).toEqual([{ minutesBefore: 0, percent: 0 }])
  expect(tiersOf([])).toEqual([])
  expect(changesAt([], film, minutesBefore(300))).toBeNull()
})
