import { expect, test } from 'vitest'
import {
  addDays,
  dayLabel,
  dayWord,
  formatCountdown,
  formatDate,
  formatDateLong,
  formatMoney,
  formatReleaseDate,
  formatRuntime,
  formatTime,
  formatTimeWithZone,
  localDate,
  midSentence,
  plural,
  showDayLabel,
  spokenRuntime,
} from './format.ts'

const IST = 'Asia/Kolkata'
const evening = new Date('2026-11-21T13:00:00Z') // 18:30 in Hyderabad

test('money comes from paise, grouped as in India', () => {
  expect(formatMoney(35_000)).toBe('₹350')
  expect(formatMoney(74_956)).toBe('₹749.56')
  expect(formatMoney(35_000, { exact: true })).toBe('₹350.00')
  expect(formatMoney(12_345_600)).toBe('₹1,23,456')
  expect(formatMoney(0)).toBe('₹0')
})

test('times are the wall clock of the zone, whatever the machine thinks', () => {
  expect(formatTime('2026-11-21T13:45:00Z', IST)).toBe('19:15')
  expect(formatTime('2026-11-21T18:30:00Z', IST)).toBe('00:00')
  expect(formatTime('2026-11-21T13:45:00Z', 'America/New_York')).toBe('08:45')
  expect(formatTimeWithZone('2026-11-21T13:45:00Z', IST)).toBe('19:15 IST')
})

test('a day is the day of the zone', () => {
  expect(localDate('2026-11-21T18:29:59Z', IST)).toBe('2026-11-21')
  expect(localDate('2026-11-21T18:30:00Z', IST)).toBe('2026-11-22')
})

test('counts days over months, years and the end of February', () => {
  expect(addDays('2026-11-30', 1)).toBe('2026-12-01')
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
})

test('dates are short, the year only when it is another', () => {
  expect(formatDate('2026-11-21')).toBe('Sat 21 Nov')
  expect(formatDate('2027-01-02', '2026-11-21')).toBe('Sat 2 Jan 2027')
  expect(formatDateLong('2026-11-21')).toBe('Saturday 21 November')
  expect(formatReleaseDate('2026-12-04', '2026-11-21')).toBe('4 Dec')
  expect(formatReleaseDate('2027-01-01', '2026-11-21')).toBe('1 Jan 2027')
})

test('names the near days', () => {
  expect(dayLabel('2026-11-21', '2026-11-21')).toBe('Today')
  expect(dayLabel('2026-11-22', '2026-11-21')).toBe('Tomorrow')
  expect(dayLabel('2026-11-23', '2026-11-21')).toBe('Mon 23 Nov')
})

test('a show this evening is tonight, one this afternoon is today', () => {
  expect(showDayLabel('2026-11-21T13:45:00Z', IST, evening)).toBe('Tonight')
  expect(showDayLabel('2026-11-21T09:00:00Z', IST, new Date('2026-11-21T05:00:00Z'))).toBe('Today')
  expect(showDayLabel('2026-11-22T13:45:00Z', IST, evening)).toBe('Tomorrow')
  expect(showDayLabel('2026-11-28T13:45:00Z', IST, evening)).toBe('Sat 28 Nov')
})

test('the city decides when the night begins', () => {
  expect(dayWord(IST, evening)).toBe('Tonight')
  expect(dayWord('Europe/London', evening)).toBe('Today')
})

test('only the near words lose their capital inside a sentence', () => {
  expect(midSentence('Tonight')).toBe('tonight')
  expect(midSentence('Sat 28 Nov')).toBe('Sat 28 Nov')
})

test('runtimes are short to see and whole to hear', () => {
  expect(formatRuntime(134)).toBe('2 h 14 m')
  expect(formatRuntime(125)).toBe('2 h 05 m')
  expect(formatRuntime(120)).toBe('2 h')
  expect(formatRuntime(45)).toBe('45 m')
  expect(spokenRuntime(61)).toBe('1 hour 1 minute')
})

test('a countdown rounds up and stops at nothing', () => {
  expect(formatCountdown(128_000)).toBe('2:08')
  expect(formatCountdown(127_001)).toBe('2:08')
  expect(formatCountdown(1)).toBe('0:01')
  expect(formatCountdown(-5000)).toBe('0:00')
})

test('plurals', () => {
  expect(plural(1, 'seat')).toBe('1 seat')
  expect(plural(1200, 'seat')).toBe('1,200 seats')
})
