import type { WatchView } from '@marquee/contracts/alerts'
import { describe, expect, test } from 'vitest'
import { blindWords, list, promiseOf, spell, wanted } from './alert-words.ts'
import { createdMail } from './created-mail.ts'
import { readFilters } from './matches-filters.ts'

const watch = (sourceName: string, given: Partial<WatchView> = {}): WatchView => ({
  id: sourceName,
  sourceId: sourceName,
  sourceName,
  how: 'looks',
  verdict: null,
  announcedAt: null,
  lastLookAt: null,
  nextLookAt: null,
  lastOkAt: null,
  blindSince: null,
  blindWhy: null,
  intervalSeconds: 1_800,
  paused: false,
  ...given,
})
const told = (given: object = {}) =>
  promiseOf({
    title: 'Leo',
    city: 'Kochi',
    state: 'ACTIVE',
    watches: [watch('Marquee', { how: 'told', intervalSeconds: null })],
    onSaleAt: [],
    filters: readFilters({}),
    theatres: [],
    unconfirmed: false,
    ...given,
  })

describe('the promise says what is so', () => {
  test('what is watched, where and how often', () => {
    expect(told()).toBe(
      'We watch Leo in Kochi: Marquee’s own programme tells us the moment booking opens. You are told once.',
    )
    expect(told({ watches: [watch('District'), watch('TicketNew', { intervalSeconds: 60 })] })).toBe(
      'We watch Leo in Kochi: we look at District every 30 minutes and TicketNew every 60 seconds. You are told once.',
    )
  })
  test('not how often a site is looked at that gives no answer', () => {
    expect(told({ watches: [watch('District', { blindSince: '2026-11-21T15:00:00.000Z' }), watch('TicketNew')] })).toBe(
      'We watch Leo in Kochi: we look at District as soon as it answers again and TicketNew every 30 minutes. You are told once.',
    )
  })
  test('not that a site is looked at which is switched off, nor that nothing is missing when no site lists it', () => {
    expect(told({ watches: [watch('District', { paused: true })] })).toBe(
      'We watch Leo in Kochi: we have set District aside until it can be trusted. You are told once.',
    )
    expect(told({ watches: [watch('District', { paused: true }), watch('TicketNew')] })).toMatch(
      /we look at TicketNew every 30 minutes, and we have set District aside/,
    )
    expect(told({ watches: [] })).toMatch(/until one does\. You are told once\.$/)
  })
  test('on sale, told, paused, never confirmed', () => {
    const onSaleAt = [
      { name: 'Marquee', url: null },
      { name: 'District', url: null },
    ]
    expect(told({ state: 'ALREADY_OPEN', onSaleAt })).toMatch(
      /on sale already at Marquee and District: you are not called/,
    )
    expect(told({ state: 'ALREADY_OPEN' })).toMatch(/on sale already: /)
    expect(told({ state: 'NOTIFIED' })).toMatch(/^You were told/)
    expect(told({ state: 'PAUSED' })).toMatch(/^Paused: nothing is watched/)
    expect(told({ state: 'PAUSED', unconfirmed: true })).toMatch(
      /^Not confirmed yet.+“Resume”. By pressing it you agree: Marquee may call/,
    )
  })
})

test.each([
  [{}, [], ''],
  [{ dateFrom: '2026-11-27', dateTo: '2026-11-27' }, [], ', on 27 Nov'],
  [{ dateFrom: '2026-11-27' }, [], ', from 27 Nov'],
  [{ dateTo: '2026-11-27' }, [], ', until 27 Nov'],
  [{ timeFrom: '18:00', formats: ['IMAX', '4DX'] }, [], ', 18:00 to 24:00, IMAX or 4DX'],
  [{ languages: ['Telugu'], timeTo: '12:00' }, ['Prism', 'Sangam'], ', at Prism or Sangam, 00:00 to 12:00, Telugu'],
])('%j at %j is wanted as %j', (filters, theatres, words) => {
  expect(
    wanted(
      readFilters(filters),
      theatres.map((name) => ({ name })),
    ),
  ).toBe(words)
})

test('lists, spans of time and reasons in words', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(list)).toEqual(['', 'a', 'a and b', 'a, b and c'])
  expect([15, 90, 600, 1_800, 7_200, 21_600].map(spell)).toEqual([
    '15 seconds',
    '90 seconds',
    '10 minutes',
    '30 minutes',
    '2 hours',
    '6 hours',
  ])
  expect(blindWords('blocked')).toMatch(/refuses our reader/)
  expect(blindWords('something new')).toMatch(/cannot be believed/)
})

test('a mail is one line of subject and holds no markup of a title', () => {
  const mail = createdMail({
    alert: {
      id: '1',
      film: {
        key: 'k',
        title: 'Tom & <b>Jerry</b>\nX: y',
        movieSlug: null,
        poster: null,
        posterColour: '#000',
        releaseDate: null,
      },
      city: { slug: 'kochi', name: 'Kochi', timeZone: 'Asia/Kolkata' },
      name: '<i>Asha</i>',
      phone: '+91 ••••• ••210',
      email: null,
      phoneSuspect: false,
      optedOut: [],
      held: false,
      filters: readFilters({}),
      theatres: [],
      partySize: 2,
      channels: ['email', 'call'],
      quietHours: { from: '22:00', to: '08:00', wakeMe: false },
      urgency: 'normal',
      seatsBack: false,
      state: 'ALREADY_OPEN',
      promise: 'It is on sale.',
      onSaleAt: [{ name: 'Marquee', url: 'https://marquee.example/showtimes/1/seats' }],
      watches: [],
      forecasts: [],
      alerts: [],
      consents: [],
      createdAt: '2026-11-21T10:00:00Z',
    },
    to: 'asha@example.com',
    manageUrl: 'https://marquee.example/alerts?t=x',
    unsubscribeUrl: 'https://marquee.example/alerts/unsubscribe?t=y',
  })
  expect(mail.subject).toBe('Tom & <b>Jerry</b> X: y is on sale already')
  expect(mail.html).not.toMatch(/<b>Jerry|<i>Asha/)
  expect(mail.text).toContain('Book: https://marquee.example/showtimes/1/seats')
  expect(mail.text).toContain('You are told by: a mail and a call')
  expect(mail.text).toContain('Calls and texts: not from 22:00 to 08:00, Asia/Kolkata, and when the law allows')
})
