import type {
  AlertChannel,
  AlertEvidence,
  AlertView,
  AttemptView,
  OpeningForecast,
  WatchView,
} from '@marquee/contracts/alerts'
import { formatDate, formatMoment, formatReleaseDate, midSentence, plural, zoneName } from '../../lib/format.ts'

export const CHANNEL_LABELS: Record<AlertChannel, { name: string; detail: string }> = {
  call: { name: 'Call me', detail: 'The phone rings, and says film, cinema and first date.' },
  sms: { name: 'Text me', detail: 'With the link to book.' },
  email: { name: 'Mail me', detail: 'Everything in it, and the proof.' },
  in_app: { name: 'Tell me on this site', detail: 'While a page of Marquee is open.' },
  push: { name: 'Notify this browser', detail: 'Also when no page is open.' },
}

export const CHANNEL_NOUNS: Record<AlertChannel, string> = {
  call: 'Call',
  sms: 'Text',
  email: 'Mail',
  in_app: 'On this site',
  push: 'Browser',
}

/** The order in which they are shown, wherever they are. */
export const CHANNELS = ['call', 'sms', 'email', 'in_app', 'push'] as const satisfies readonly AlertChannel[]

const inWords = new Intl.ListFormat('en-IN', { type: 'conjunction' })
export const listed = (words: readonly string[]) => inWords.format(words)

/** @param open booked there now, which our own programme knows before its watch is told */
export function verdictWords(watch: WatchView, open: boolean, timeZone: string): string {
  if (watch.paused) return 'Set aside by us for now'
  if (open) return 'Booking is open'
  switch (watch.verdict) {
    case 'OPEN':
      return 'Booking is open'
    case 'NOT_OPEN':
      return 'Not open yet'
    case 'ANNOUNCED':
      return watch.announcedAt ? `Opens ${midSentence(formatMoment(watch.announcedAt, timeZone))}` : 'Announced'
    case 'SOLD_OUT':
      return 'Sold out'
    case 'GONE':
      return 'No longer listed there'
    case 'UNKNOWN':
      return 'Cannot be told right now'
    case null:
      return watch.how === 'told' ? 'Not open yet' : 'Not looked at yet'
    default:
      return watch.verdict satisfies never
  }
}

/** "3–5 days before, 10:00–12:00, from 12 openings" */
export function forecastWords({ daysBefore, hours, openings }: OpeningForecast): string {
  const [low, high] = [Math.round(daysBefore.low), Math.round(daysBefore.high)]
  const days = low === high ? plural(low, 'day') : `${low}–${high} days`
  const at = hours ? `, ${hours.from}–${hours.to}` : ''
  return `usually opens ${days} before the first show${at}, from ${plural(openings, 'opening')}`
}

export function expectedWords(expected: NonNullable<OpeningForecast['expected']>, today: string): string {
  const { from, to } = expected
  const days = from === to ? formatDate(from, today) : `${formatDate(from, today)} to ${formatDate(to, today)}`
  return to < today ? `That would have been ${days}` : `Here that is ${days}`
}

/** "any showing", or what narrows it: "27 Nov to 29 Nov, 18:00–23:00, IMAX, Telugu" */
export function showingsWords(
  { filters, theatres }: Pick<AlertView, 'filters' | 'theatres'>,
  today: string,
): string | null {
  const { dateFrom, dateTo, timeFrom, timeTo, formats, languages } = filters
  const day = (date: string) => formatReleaseDate(date, today)
  const days =
    dateFrom && dateTo
      ? dateFrom === dateTo
        ? day(dateFrom)
        : `${day(dateFrom)} to ${day(dateTo)}`
      : dateFrom
        ? `from ${day(dateFrom)}`
        : dateTo && `until ${day(dateTo)}`
  const hours = timeFrom || timeTo ? `${timeFrom ?? '00:00'}–${timeTo ?? '24:00'}` : null
  const parts = [
    theatres.map(({ name }) => name).join(' or '),
    days,
    hours,
    formats.join(' or '),
    languages.join(' or '),
  ]
  return parts.filter(Boolean).join(', ') || null
}

export const STATE_WORDS: Record<AlertView['state'], string> = {
  ACTIVE: 'Watching',
  PAUSED: 'Paused',
  NOTIFIED: 'You were told',
  ALREADY_OPEN: 'On sale already',
  ENDED: 'Ended',
}

const EVIDENCE_WORDS: Record<AlertEvidence['state'], string> = {
  RINGING: 'Telling you',
  ACKNOWLEDGED: 'You have seen it',
  SNOOZED: 'Snoozed',
  OPTED_OUT: 'Stopped: never again',
  EXHAUSTED: 'Told, not answered',
  SUPPRESSED: 'Taken back before it was told',
}

const GOING_ON: ReadonlySet<AttemptView['state']> = new Set(['SENDING', 'RINGING', 'ANSWERED'])
const REACHED: ReadonlySet<AttemptView['state']> = new Set(['ACCEPTED', 'ANSWERED', 'DELIVERED', 'MACHINE'])
/** A step that is due this soon is as good as now, in ms. */
const SOON = 60_000

/** What an opening that is being told waits for: null while something goes on, or is about to. */
export function nextStep({ attempts }: Pick<AlertEvidence, 'attempts'>, now: number): AttemptView | null {
  if (attempts.some(({ state, channel }) => GOING_ON.has(state) || (channel === 'call' && state === 'ACCEPTED')))
    return null
  const planned = attempts.filter(({ state }) => state === 'PLANNED').toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const next = planned[0]
  return next && Date.parse(next.at) > now + SOON ? next : null
}

/** How the telling stands. Somebody whom nothing reached was not told, whatever was tried. */
export const evidenceWords = ({ state, attempts }: Pick<AlertEvidence, 'state' | 'attempts'>): string =>
  reachedNobody({ state, attempts }) ? 'Nothing reached you' : EVIDENCE_WORDS[state]

const reachedNobody = ({ state, attempts }: Pick<AlertEvidence, 'state' | 'attempts'>) =>
  state === 'EXHAUSTED' && !attempts.some((attempt) => REACHED.has(attempt.state))

/** Booking opened, and whoever wanted to hear of it was reached in no way. Alerts are the newest first. */
export const wasMissed = ({ state, alerts }: Pick<AlertView, 'state' | 'alerts'>): boolean =>
  state === 'NOTIFIED' && alerts[0] !== undefined && reachedNobody(alerts[0])

/** "When it opens we call +91 … in lawful hours from 08:00 to 22:00 IST, and mail a…@example.com at any hour." */
export function reachWords(alert: AlertView): string {
  const { channels, phone, email, quietHours } = alert
  const zone = zoneName(new Date().toISOString(), alert.city.timeZone)
  const hours = quietHours.wakeMe
    ? 'at any hour the law allows'
    : `in lawful hours from ${quietHours.to} to ${quietHours.from} ${zone}`
  const verbs = [channels.includes('call') && 'call', channels.includes('sms') && 'text'].filter(
    (verb) => verb !== false,
  )
  const ways = [
    phone && verbs.length > 0 && `we ${verbs.join(' and ')} ${phone} ${hours}`,
    email && channels.includes('email') && `we mail ${email} at any hour`,
    channels.includes('in_app') && 'this site shows it while you are on it',
    channels.includes('push') && 'your browser shows it',
  ].filter((way) => typeof way === 'string' && way !== '')
  return `When it opens, ${listed(ways as string[])}.`
}

/** While the drift guard, or a person, holds an opening back. */
export const HELD_WORDS =
  'Booking looks open there, but so much changed on that site at once that one of us looks at it first. You are told as soon as it is certain.'

const NOT_USED: Record<AlertView['channels'][number], string> = {
  call: 'calls',
  sms: 'texts',
  email: 'mails',
  in_app: 'messages on the page',
  push: 'messages of the browser',
}

/** "This number said no more calls and texts, so there are none, whatever is chosen here. …" */
export function optedOutWords({ optedOut }: Pick<AlertView, 'optedOut'>): string {
  const whose = optedOut.every((channel) => channel === 'email') ? 'This address' : 'Your number or address'
  const what = optedOut.map((channel) => NOT_USED[channel]).join(' and ')
  return `${whose} said no more ${what}, so there are none, whatever is chosen here. Setting up an alert again, with a new code, takes that back.`
}
