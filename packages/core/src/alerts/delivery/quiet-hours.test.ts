import { expect, test } from 'vitest'
import { type CountryHours, countryHours } from './country-hours.ts'
import { nextAllowed } from './quiet-hours.ts'

const NIGHT = { from: '22:00', to: '08:00', wakeMe: false }
const ANY: CountryHours = { country: 'nowhere', from: '00:00', to: '00:00', zone: null }
const next = (at: string, timeZone: string, quiet = NIGHT, country = ANY) =>
  nextAllowed(new Date(at), { quiet, timeZone, country })?.toISOString() ?? null

test.each([
  ['in the evening', '2026-11-21T16:29:00Z', '2026-11-21T16:29:00.000Z'],
  ['at ten', '2026-11-21T16:30:00Z', '2026-11-22T02:30:00.000Z'],
  ['past midnight', '2026-11-21T20:00:00Z', '2026-11-22T02:30:00.000Z'],
  ['at eight', '2026-11-22T02:30:00Z', '2026-11-22T02:30:00.000Z'],
])('quiet from ten to eight in Hyderabad, %s', (_when, at, expected) => {
  expect(next(at, 'Asia/Kolkata')).toBe(expected)
})

test('hours within one day', () => {
  const siesta = { from: '13:00', to: '15:30', wakeMe: false }
  expect(next('2026-11-21T08:00:00Z', 'Asia/Kolkata', siesta)).toBe('2026-11-21T10:00:00.000Z')
  expect(next('2026-11-21T07:00:00Z', 'Asia/Kolkata', siesta)).toBe('2026-11-21T07:00:00.000Z')
})

test('the night on which clocks go forward is an hour shorter, and the other one longer', () => {
  expect(next('2026-03-28T23:00:00Z', 'Europe/London')).toBe('2026-03-29T07:00:00.000Z')
  expect(next('2026-10-24T22:00:00Z', 'Europe/London')).toBe('2026-10-25T08:00:00.000Z')
})

test('an end that the clock skips comes with the next minute there is; one that it shows twice is the second', () => {
  const early = { from: '23:00', to: '01:30', wakeMe: false }
  expect(next('2026-03-29T00:10:00Z', 'Europe/London', early)).toBe('2026-03-29T01:30:00.000Z')
  expect(next('2026-10-24T23:30:00Z', 'Europe/London', early)).toBe('2026-10-25T01:30:00.000Z')
})

test('"wake me" lifts the hours of the person, never those of the country', () => {
  const wakeMe = { ...NIGHT, wakeMe: true }
  const india = countryHours('+919876543210')
  expect(next('2026-11-21T16:30:00Z', 'Asia/Kolkata', wakeMe)).toBe('2026-11-21T16:30:00.000Z')
  expect(next('2026-11-21T16:30:00Z', 'Asia/Kolkata', wakeMe, india)).toBe('2026-11-22T03:30:00.000Z')
  expect(next('2026-11-22T02:45:00Z', 'Asia/Kolkata', NIGHT, india)).toBe('2026-11-22T03:30:00.000Z')
})

test('a number abroad: the hours of its country on its own clock, and those of the person on theirs', () => {
  const london = countryHours('+447700900123')
  // Ten in the morning in Hyderabad is half past four in London.
  expect(next('2026-11-21T04:30:00Z', 'Asia/Kolkata', NIGHT, london)).toBe('2026-11-21T08:00:00.000Z')
})

test('a North American number that waits for a film in Hyderabad: by day from coast to coast', () => {
  const america = countryHours('+12125550123')
  // Noon in Hyderabad is half past one in the night of New York.
  expect(next('2026-11-21T06:30:00Z', 'Asia/Kolkata', { ...NIGHT, wakeMe: true }, america)).toBe(
    '2026-11-21T16:00:00.000Z',
  )
  expect(next('2026-11-21T15:00:00Z', 'America/New_York', NIGHT, america)).toBe('2026-11-21T15:00:00.000Z')
})

test('hours that leave nothing have no end', () => {
  const most = { from: '09:00', to: '08:59', wakeMe: false }
  const onlyThen = { country: 'nowhere', from: '10:00', to: '10:30', zone: null }
  expect(next('2026-11-21T04:30:00Z', 'Asia/Kolkata', most, onlyThen)).toBeNull()
})
