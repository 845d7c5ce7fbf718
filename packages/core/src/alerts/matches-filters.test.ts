import type { ListedSession } from '@marquee/providers/listings/listing-source'
import { describe, expect, test } from 'vitest'
import { matchesFilters, readFilters } from './matches-filters.ts'

/** Friday 27 November 2026, 18:30 in Hyderabad. */
const session = (given: Partial<ListedSession> = {}): ListedSession => ({
  siteId: 's1',
  cinema: { siteId: '1021', name: 'PVR: Nexus, Kukatpally' },
  startsAt: '2026-11-27T13:00:00Z',
  zone: 'Asia/Kolkata',
  localDate: '2026-11-27',
  format: '2D',
  language: 'Telugu',
  bookable: true,
  seatsLeft: null,
  url: null,
  ...given,
})
const matches = (filters: object, given: Partial<ListedSession> = {}, party?: number) =>
  matchesFilters(readFilters(filters), session(given), party)

test('no filters mean any showing', () => {
  expect(matches({})).toBe(true)
  expect(matchesFilters(readFilters(null), session({ format: null, language: null }))).toBe(true)
})

describe('theatres', () => {
  const ours = '0198c0de-0000-7000-8000-000000000001'
  const other = '0198c0de-0000-7000-8000-000000000009'
  test('by our own id', () => {
    const cinema = { siteId: ours, name: 'Prism Cinemas' }
    expect(matches({ theatreIds: [ours], theatreNames: ['prism cinemas'] }, { cinema })).toBe(true)
    expect(matches({ theatreIds: [other], theatreNames: ['else'] }, { cinema })).toBe(false)
  })
  test('two theatres of ours with one name are two', () => {
    const cinema = { siteId: '0198c0de-0000-7000-8000-000000000002', name: 'Prism Cinemas' }
    expect(matches({ theatreIds: [ours], theatreNames: ['prism cinemas'] }, { cinema })).toBe(false)
  })
  test('of other sites by the whole name, however it is written, never by a part of it', () => {
    const filters = { theatreIds: [ours], theatreNames: ['pvr nexus kukatpally'] }
    expect(matches(filters)).toBe(true)
    expect(matches(filters, { cinema: { siteId: null, name: 'PVR Néxus (Kukatpally)' } })).toBe(true)
    expect(matches(filters, { cinema: { siteId: '5', name: 'PVR Nexus' } })).toBe(false)
    expect(matches(filters, { cinema: { siteId: '5', name: 'PVR Nexus Kukatpally 2' } })).toBe(false)
  })
})

describe('days and hours, on the clock of the cinema', () => {
  test('the first and the last day count', () => {
    expect(matches({ dateFrom: '2026-11-27', dateTo: '2026-11-27' })).toBe(true)
    expect(matches({ dateFrom: '2026-11-28' })).toBe(false)
    expect(matches({ dateTo: '2026-11-26' })).toBe(false)
  })
  test('a showing at 00:20 belongs to its own day though UTC says the day before', () => {
    const late = { startsAt: '2026-11-27T18:50:00Z', localDate: '2026-11-28' }
    expect(matches({ dateFrom: '2026-11-28', dateTo: '2026-11-28' }, late)).toBe(true)
    expect(matches({ dateFrom: '2026-11-27', dateTo: '2026-11-27' }, late)).toBe(false)
  })
  test('a window, its ends included', () => {
    expect(matches({ timeFrom: '18:30', timeTo: '21:00' })).toBe(true)
    expect(matches({ timeFrom: '18:31' })).toBe(false)
    expect(matches({ timeTo: '18:30' })).toBe(true)
    expect(matches({ timeTo: '18:29' })).toBe(false)
  })
  test('past midnight it is one evening', () => {
    const friday = { dateFrom: '2026-11-27', dateTo: '2026-11-27', timeFrom: '22:00', timeTo: '02:00' }
    const at = (startsAt: string, localDate: string) => matches(friday, { startsAt, localDate })
    expect(at('2026-11-27T16:30:00Z', '2026-11-27')).toBe(true)
    expect(at('2026-11-27T19:00:00Z', '2026-11-28')).toBe(true)
    expect(at('2026-11-26T19:00:00Z', '2026-11-27')).toBe(false)
    expect(at('2026-11-27T13:00:00Z', '2026-11-27')).toBe(false)
    expect(at('2026-11-27T20:31:00Z', '2026-11-28')).toBe(false)
  })
  test('in another zone, and when its clocks change', () => {
    const london = { zone: 'Europe/London', localDate: '2026-10-25' }
    expect(matches({ timeFrom: '19:00', timeTo: '19:00' }, { ...london, startsAt: '2026-10-25T19:00:00Z' })).toBe(true)
    expect(matches({ timeTo: '18:59' }, { ...london, startsAt: '2026-10-25T19:00:00Z' })).toBe(false)
  })
})

describe('formats', () => {
  test.each([
    [['IMAX'], 'IMAX 2D', true],
    [['imax'], 'IMAX3D', true],
    [['IMAX 3D'], 'imax-3d', true],
    [['IMAX 3D'], 'IMAX 2D', false],
    [['2D'], 'IMAX 2D', false],
    [['2D'], '2D', true],
    [['3D'], '2D', false],
    [['3D', '4DX'], '4DX', true],
    [['4DX'], '4DX 3D', true],
    [['2D'], null, true],
    [['IMAX'], null, false],
  ])('%j against %s: %s', (formats, format, expected) => {
    expect(matches({ formats }, { format })).toBe(expected)
  })
})

test('languages by whole name; a site that names none shows the film as it is listed', () => {
  expect(matches({ languages: ['telugu'] })).toBe(true)
  expect(matches({ languages: ['Tamil', 'Hindi'] })).toBe(false)
  expect(matches({ languages: ['Tel'] })).toBe(false)
  expect(matches({ languages: ['Tamil'] }, { language: null })).toBe(true)
})

test('a party needs that many seats, where the site says how many are left', () => {
  expect(matches({}, { seatsLeft: 3 }, 4)).toBe(false)
  expect(matches({}, { seatsLeft: 4 }, 4)).toBe(true)
  expect(matches({}, { seatsLeft: 0 })).toBe(false)
  expect(matches({}, { seatsLeft: null }, 10)).toBe(true)
})

test('every filter must hold', () => {
  const all = { dateFrom: '2026-11-27', timeFrom: '18:00', formats: ['2D'], languages: ['Telugu'] }
  expect(matches(all)).toBe(true)
  for (const wrong of [{ dateFrom: '2026-12-01' }, { timeFrom: '19:00' }, { formats: ['3D'] }, { languages: ['Odia'] }])
    expect(matches({ ...all, ...wrong })).toBe(false)
})
