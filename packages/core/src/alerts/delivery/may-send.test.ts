import { expect, test } from 'vitest'
import { readFilters } from '../matches-filters.ts'
import { ANY_HOUR, countryHours } from './country-hours.ts'
import { maySend, type Question } from './may-send.ts'

const now = new Date('2026-11-21T06:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)
const alert: Question['alert'] = {
  id: 'a',
  state: 'RINGING',
  kind: 'OPENING',
  createdAt: ago(5_000),
  snoozedUntil: null,
  session: {
    siteId: '7',
    cinema: { siteId: null, name: 'Sangam' },
    startsAt: '2026-11-25T14:00:00Z',
    zone: 'Asia/Kolkata',
    localDate: '2026-11-25',
    format: null,
    language: null,
    bookable: true,
    seatsLeft: null,
    url: null,
  },
  subscriptionId: 's',
  subscriptionState: 'NOTIFIED',
  name: 'Asha',
  userId: 'u',
  channels: ['in_app', 'push', 'sms', 'email', 'call'],
  quietHours: { from: '22:00', to: '08:00', wakeMe: false },
  timeZone: 'Asia/Kolkata',
  phoneContactId: 'p',
  emailContactId: 'e',
  title: 'Film',
  city: 'Hyderabad',
  openingState: 'LIVE',
  detectedAt: ago(30_000),
  confirmedAt: ago(10_000),
  evidence: [],
  sourceName: 'Example',
  frozen: false,
  doubted: false,
  seenAt: ago(10_000),
  watchId: 'w',
  filters: readFilters({}),
  partySize: 2,
}
const fine: Question = {
  now,
  channel: 'call',
  alert,
  stillBookable: true,
  consented: true,
  contact: { verifiedAt: ago(1), suspectAt: null },
  country: countryHours('+919876543210'),
  optedOut: false,
  usage: { callsOfAlert: 0, callUnknown: false, callsToday: 0, lastCallAt: null, textsToday: 0 },
}
const ask = (change: Partial<Question>, about: Partial<Question['alert']> = {}) =>
  maySend({ ...fine, ...change, alert: { ...alert, ...about } })
const night = new Date('2026-11-21T17:00:00Z')

test.each(['in_app', 'push', 'sms', 'email', 'call'] as const)('nothing stands against it: %s', (channel) => {
  expect(ask({ channel })).toEqual({ do: 'send' })
})

test.each([
  ['answered', {}, { state: 'ACKNOWLEDGED' }, { do: 'skip', why: 'acknowledged' }],
  ['never again', {}, { state: 'OPTED_OUT' }, { do: 'skip', why: 'opted out' }],
  ['paused', {}, { subscriptionState: 'PAUSED' }, { do: 'end', why: 'paused' }],
  ['deleted', {}, { subscriptionState: 'ENDED' }, { do: 'end' }],
  ['no longer open', {}, { openingState: 'CLOSED' }, { do: 'end', why: 'booking is no longer open' }],
  ['it was none', {}, { openingState: 'DISMISSED' }, { do: 'end' }],
  ['held', {}, { openingState: 'HELD' }, { do: 'defer' }],
  ['its source is frozen', {}, { frozen: true }, { do: 'defer' }],
  ['held since yesterday', {}, { openingState: 'HELD', createdAt: ago(86_400_000) }, { do: 'end' }],
  ['that showing is gone', { stillBookable: false }, {}, { do: 'end' }],
  ['it has begun', {}, { session: { ...alert.session, startsAt: '2026-11-21T05:59:00Z' } }, { do: 'end' }],
  ['no consent', { consented: false }, {}, { do: 'skip', why: 'consent was withdrawn' }],
  ['not chosen any more', {}, { channels: ['email'] }, { do: 'skip' }],
  ['nobody to push to', { channel: 'push' }, { userId: null }, { do: 'skip', why: 'needs an account' }],
  ['no number', { contact: null }, {}, { do: 'skip', why: 'no number' }],
  ['opted out', { optedOut: true }, {}, { do: 'skip', why: 'opted out' }],
  ['not proved', { contact: { verifiedAt: null, suspectAt: null } }, {}, { do: 'skip', why: 'number not proved' }],
  ['no such number', { contact: { verifiedAt: now, suspectAt: now } }, {}, { do: 'skip', instead: true }],
] as [string, Partial<Question>, Partial<Question['alert']>, object][])('%s', (_what, change, about, expected) => {
  expect(ask(change, about)).toMatchObject(expected)
})

test('caps and the minute between two calls', () => {
  const usage = (given: Partial<Question['usage']>) => ({ usage: { ...fine.usage, ...given } })
  expect(ask(usage({ callsOfAlert: 2 }))).toMatchObject({ do: 'skip' })
  expect(ask(usage({ callsToday: 4 }))).toMatchObject({ do: 'skip', instead: true })
  expect(ask(usage({ lastCallAt: ago(20_000) }))).toMatchObject({
    do: 'defer',
    until: new Date(now.getTime() + 40_000),
  })
  expect(ask(usage({ lastCallAt: ago(60_000) }))).toEqual({ do: 'send' })
  expect(ask({ channel: 'sms', ...usage({ textsToday: 10 }) })).toMatchObject({ do: 'skip' })
  expect(ask({ channel: 'email', ...usage({ callsToday: 9, textsToday: 99 }) })).toEqual({ do: 'send' })
})

test('at night: a call becomes writing, a text waits, a mail goes, and "wake me" calls where the law lets it', () => {
  const late = { now: night }
  const fresh = { createdAt: night }
  expect(ask(late, fresh)).toEqual({ do: 'skip', why: 'quiet hours: told in writing instead', instead: true })
  expect(ask({ ...late, channel: 'sms' }, fresh)).toMatchObject({
    do: 'defer',
    until: new Date('2026-11-22T03:30:00Z'),
  })
  expect(ask({ ...late, channel: 'email' }, fresh)).toEqual({ do: 'send' })
  expect(ask(late, { ...fresh, channels: ['call'] })).toMatchObject({ do: 'defer' })
  const wakeMe = { ...fresh, quietHours: { ...alert.quietHours, wakeMe: true } }
  expect(ask(late, wakeMe)).toMatchObject({ do: 'skip', instead: true })
  expect(ask({ ...late, country: ANY_HOUR }, wakeMe)).toEqual({ do: 'send' })
})

test('put off for less than two hours, a call stays a call', () => {
  const at = new Date('2026-11-22T02:00:00Z')
  expect(ask({ now: at }, { createdAt: at })).toMatchObject({ do: 'defer', until: new Date('2026-11-22T03:30:00Z') })
})

test('snoozed until then, and not a moment sooner', () => {
  const until = new Date(now.getTime() + 60_000)
  expect(ask({}, { state: 'SNOOZED', snoozedUntil: until })).toEqual({ do: 'defer', until, why: 'snoozed' })
  expect(ask({ now: until }, { state: 'SNOOZED', snoozedUntil: until })).toEqual({ do: 'send' })
})
