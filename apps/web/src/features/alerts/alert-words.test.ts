import type { AlertView, OpeningForecast, WatchView } from '@marquee/contracts/alerts'
import { expect, test } from 'vitest'
import {
  expectedWords,
  forecastWords,
  heldWords,
  optedOutWords,
  reachWords,
  showingsWords,
  verdictWords,
} from './alert-words.ts'

const TODAY = '2026-11-21'
const anything: AlertView['filters'] = {
  theatreIds: [],
  dateFrom: null,
  dateTo: null,
  timeFrom: null,
  timeTo: null,
  formats: [],
  languages: [],
}
const forecast: OpeningForecast = {
  theatre: 'Prism',
  daysBefore: { low: 3, median: 4, high: 5 },
  hours: { from: '10:00', to: '12:00' },
  openings: 12,
  expected: null,
}

test('a forecast says when to look out, and from how much it is drawn', () => {
  expect(forecastWords(forecast)).toBe('3–5 days before the first show · 12 openings')
  expect(expectedWords(forecast, TODAY)).toBe('10:00–12:00')
  const expected = { from: '2026-11-22', to: '2026-11-24' }
  expect(expectedWords({ ...forecast, expected }, TODAY)).toBe('Sun 22 Nov to Tue 24 Nov, 10:00–12:00')
  const once = { ...forecast, daysBefore: { low: 1, median: 1, high: 1.2 }, hours: null, openings: 1 }
  expect(forecastWords(once)).toBe('1 day before the first show · 1 opening')
  expect(expectedWords(once, TODAY)).toBeNull()
  const late = { ...once, expected: { from: '2026-11-20', to: '2026-11-20' } }
  expect(expectedWords(late, TODAY)).toBe('Was due Fri 20 Nov')
})

test('what narrows it, and nothing where nothing does', () => {
  expect(showingsWords({ filters: anything, theatres: [] }, TODAY)).toBeNull()
  const narrow = {
    ...anything,
    dateFrom: '2026-11-27',
    dateTo: '2026-11-29',
    timeFrom: '18:00',
    formats: ['IMAX', '3D'],
  }
  expect(showingsWords({ filters: narrow, theatres: [{ id: '1', name: 'Prism' }] }, TODAY)).toBe(
    'Prism, 27 Nov to 29 Nov, 18:00–24:00, IMAX or 3D',
  )
  const theatres = ['Prism', 'Sapphire', 'Lantern'].map((name) => ({ id: name, name }))
  expect(showingsWords({ filters: anything, theatres }, TODAY)).toBe('Prism, Sapphire or Lantern')
  expect(showingsWords({ filters: { ...anything, dateTo: '2026-11-27' }, theatres: [] }, TODAY)).toBe('until 27 Nov')
})

test('a source that is off or blind never says that booking is open', () => {
  const watch = { how: 'looks', verdict: 'OPEN', paused: true } as WatchView
  expect(verdictWords(watch, true, 'Asia/Kolkata')).toBe('Set aside by us for now')
  expect(verdictWords({ ...watch, paused: false, verdict: 'UNKNOWN' }, false, 'Asia/Kolkata')).toBe(
    'Cannot be told right now',
  )
  expect(verdictWords({ ...watch, paused: false, verdict: null }, false, 'Asia/Kolkata')).toBe('Not looked at yet')
  expect(verdictWords({ ...watch, paused: false, verdict: null, how: 'told' }, true, 'Asia/Kolkata')).toBe(
    'Booking is open',
  )
})

test('who is reached how, and when', () => {
  const alert = {
    channels: ['call', 'sms', 'email'],
    phone: '+91 ••••• ••210',
    email: 'a•••@example.com',
    quietHours: { from: '22:00', to: '08:00', wakeMe: false },
    city: { timeZone: 'Asia/Kolkata' },
  } as AlertView
  expect(reachWords(alert)).toBe(
    'When it opens, we call and text +91\u00a0•••••\u00a0••210 in lawful hours from 08:00 to 22:00 IST and we mail a•••@example.com at any hour.',
  )
  const woken = { ...alert, channels: ['call' as const], quietHours: { ...alert.quietHours, wakeMe: true } }
  expect(reachWords(woken)).toBe('When it opens, we call +91\u00a0•••••\u00a0••210 at any hour the law allows.')
})

test('which ways are shut, and what is left', () => {
  const alert = {
    channels: ['call', 'sms', 'email'],
    optedOut: ['sms', 'call'],
    phone: '+91 ••••• ••210',
    email: 'a•••@example.com',
  } as Pick<AlertView, 'channels' | 'optedOut' | 'phone' | 'email'>
  expect(optedOutWords(alert)).toBe(
    'You stopped calls and texts to +91\u00a0•••••\u00a0••210, so there are none. You are still told by mail.',
  )
  const deaf = { ...alert, optedOut: alert.channels }
  expect(optedOutWords(deaf)).toMatch(/ and mails to a•••@example\.com, .* Nothing would reach you/)
})

test('what is held names the site where it is known', () => {
  const watch = { sourceName: 'Lantern Row', how: 'looks', verdict: 'OPEN' } as WatchView
  expect(heldWords({ watches: [watch] })).toMatch(/^Booking looks open at Lantern Row\./)
  expect(heldWords({ watches: [watch, { ...watch, sourceName: 'District' }] })).toMatch(/on a site that we watch/)
})
