import { describe, expect, it } from 'vitest'
import { dayNumber, localDate, localDayRange } from './local-day.ts'

const hours = (range: { from: Date; to: Date }) => (range.to.getTime() - range.from.getTime()) / 3_600_000

describe('localDate', () => {
  it('puts a showtime at 00:20 on the day that has just begun there', () => {
    expect(localDate(new Date('2026-11-20T18:50:00Z'), 'Asia/Kolkata')).toBe('2026-11-21')
    expect(localDate(new Date('2026-11-20T18:29:59Z'), 'Asia/Kolkata')).toBe('2026-11-20')
  })
  it('keeps the evening of the day before where the clock is behind UTC', () => {
    expect(localDate(new Date('2026-11-21T04:20:00Z'), 'America/New_York')).toBe('2026-11-20')
  })
})

describe('localDayRange', () => {
  it('begins and ends at local midnight', () => {
    expect(localDayRange('2026-11-21', 'Asia/Kolkata')).toEqual({
      from: new Date('2026-11-20T18:30:00Z'),
      to: new Date('2026-11-21T18:30:00Z'),
    })
  })
  it('is 23 hours long when the clocks go forward and 25 when they go back', () => {
    expect(hours(localDayRange('2026-03-29', 'Europe/London'))).toBe(23)
    expect(hours(localDayRange('2026-10-25', 'Europe/London'))).toBe(25)
    expect(hours(localDayRange('2026-03-08', 'America/New_York'))).toBe(23)
  })
  it('begins at the first hour there is where midnight is skipped', () => {
    expect(localDayRange('2026-04-24', 'Africa/Cairo').from).toEqual(new Date('2026-04-23T22:00:00Z'))
  })
  it('spans several days across a change of clocks', () => {
    expect(hours(localDayRange('2026-10-20', 'Europe/London', 14))).toBe(14 * 24 + 1)
  })
})

it('numbers days one after another', () => {
  expect(dayNumber('2026-03-01') - dayNumber('2026-02-28')).toBe(1)
})
