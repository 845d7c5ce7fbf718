import { expect, test } from 'vitest'
import { expectedDays, forecastOpenings, quantile } from './forecast-openings.ts'

const DAY = 86_400_000
const first = Date.parse('2026-12-18T04:30:00Z')
const opened = (daysBefore: number, hour = 10) => {
  const day = new Date(first - daysBefore * DAY).toISOString().slice(0, 10)
  const openedAt = new Date(Date.parse(`${day}T00:00:00+05:30`) + hour * 3_600_000)
  return { openedAt, firstShowAt: new Date(openedAt.getTime() + daysBefore * DAY), releaseDate: null }
}

test('quantiles lie between the two nearest', () => {
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5)
  expect(quantile([7], 0.9)).toBe(7)
})

test('fewer than three openings say nothing', () => {
  expect(forecastOpenings([opened(4), opened(5)], 'Asia/Kolkata')).toBeNull()
  // After the first showing nothing opens.
  expect(forecastOpenings([opened(4), opened(5), opened(-1)], 'Asia/Kolkata')).toBeNull()
})

test('days before the first showing, and the hours in which most opened', () => {
  const facts = forecastOpenings(
    [opened(3, 9), opened(4, 10), opened(4, 10), opened(5, 11), opened(9, 22)],
    'Asia/Kolkata',
  )
  expect(facts).toMatchObject({ openings: 5, hours: { from: '09:00', to: '12:00' } })
  expect(facts!.daysBefore).toEqual({ low: 3.4, median: 4, high: 7.4 })
  expect(expectedDays(facts!, '2026-12-18')).toEqual({ from: '2026-12-11', to: '2026-12-15' })
})

test('hours run past midnight, and are left out when they are anywhere', () => {
  expect(forecastOpenings([opened(3, 23), opened(4, 0), opened(5, 23.5)], 'Asia/Kolkata')!.hours).toEqual({
    from: '23:00',
    to: '01:00',
  })
  expect(
    forecastOpenings(
      [1, 6, 11, 16, 21].map((hour) => opened(4, hour)),
      'Asia/Kolkata',
    )!.hours,
  ).toBeNull()
})

test('without a first showing the release counts', () => {
  const records = [3, 4, 5].map((days) => ({ ...opened(days), firstShowAt: null, releaseDate: '2026-12-18' }))
  expect(forecastOpenings(records, 'Asia/Kolkata')!.openings).toBe(3)
})
