import { expect, test } from 'vitest'
import { dateOf, epochOf, instantOf, localDateAt, localMoment, timeOf } from './zoned-time.ts'

const iso = (date: Date | null) => date?.toISOString() ?? null

test('a moment without an offset is of the zone that is declared, or of none', () => {
  expect(iso(instantOf('2026-11-28T04:40', 'UTC'))).toBe('2026-11-28T04:40:00.000Z')
  expect(iso(instantOf('2026-11-28 10:10:00', 'Asia/Kolkata'))).toBe('2026-11-28T04:40:00.000Z')
  expect(instantOf('2026-11-28T04:40', null)).toBeNull()
  expect(iso(instantOf('2026-11-28T04:40:00.123Z', null))).toBe('2026-11-28T04:40:00.000Z')
  expect(iso(instantOf('2026-11-28T04:40:00+05:30', 'UTC'))).toBe('2026-11-27T23:10:00.000Z')
  expect(iso(instantOf('2026-11-28T04:40:00-0300', null))).toBe('2026-11-28T07:40:00.000Z')
})

test.each([
  '2026-11-28T04:40:00.000Z-03:00',
  '2026-02-30T10:00',
  '2026-13-01T10:00',
  '2026-11-28T24:00',
  '2026-11-28T10:60',
  '2026-11-28T10:00+25:00',
  '2026-11-28',
  '28/11/2026 10:00',
  '10:00',
  '',
  null,
  1_795_000_000_000,
  {},
])('%j is no moment', (value) => expect(instantOf(value, 'UTC')).toBeNull())

test('an unknown zone is no zone', () => {
  expect(instantOf('2026-11-28T10:00', 'Mars/Olympus')).toBeNull()
  expect(localDateAt(new Date(), '')).toBeNull()
})

test('a time that the clocks skip is none; one that comes twice is its first coming', () => {
  expect(localMoment('2026-03-29', '01:30', 'Europe/London')).toBeNull()
  expect(iso(localMoment('2026-03-29', '00:59', 'Europe/London'))).toBe('2026-03-29T00:59:00.000Z')
  expect(iso(localMoment('2026-03-29', '02:00', 'Europe/London'))).toBe('2026-03-29T01:00:00.000Z')
  expect(iso(localMoment('2026-10-25', '01:30', 'Europe/London'))).toBe('2026-10-25T00:30:00.000Z')
  expect(iso(localMoment('2026-10-25', '02:00', 'Europe/London'))).toBe('2026-10-25T02:00:00.000Z')
  // A zone that changes by half an hour, and one that skipped a whole day.
  expect(iso(localMoment('2026-04-05', '01:45', 'Australia/Lord_Howe'))).toBe('2026-04-04T14:45:00.000Z')
  expect(localMoment('2011-12-30', '12:00', 'Pacific/Apia')).toBeNull()
})

test('the clock agrees with itself over a year, hour by hour', () => {
  for (const zone of ['Asia/Kolkata', 'Europe/Rome', 'America/New_York', 'Australia/Lord_Howe']) {
    for (let hour = 0; hour < 366 * 24; hour += 41) {
      const moment = new Date(Date.UTC(2026, 0, 1, hour, 30))
      const day = localDateAt(moment, zone)!
      const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(
        moment,
      )
      const back = localMoment(day, time, zone)!
      // The second coming of an hour is read as the first, and nothing else differs.
      expect([0, 1_800_000, 3_600_000]).toContain(moment.getTime() - back.getTime())
    }
  }
})

test('times of day, days and epochs', () => {
  expect(['09:15 PM', '9.15pm', '12:05 a.m.', '21:15', '25:10', '13:00 PM', '9', 'now'].map(timeOf)).toEqual([
    { hour: 21, minute: 15 },
    { hour: 21, minute: 15 },
    { hour: 0, minute: 5 },
    { hour: 21, minute: 15 },
    null,
    null,
    null,
    null,
  ])
  expect(['2026-11-28', '20261128', '2026-11-31', '2026-11-28T10:00', '28-11-2026', 20261128].map(dateOf)).toEqual([
    '2026-11-28',
    '2026-11-28',
    null,
    '2026-11-28',
    null,
    null,
  ])
  expect(
    [1_764_300_000, 1_764_300_000_000, '1764300000', 5, 'x', Number.NaN].map((value) => iso(epochOf(value))),
  ).toEqual(['2025-11-28T03:20:00.000Z', '2025-11-28T03:20:00.000Z', '2025-11-28T03:20:00.000Z', null, null, null])
})
