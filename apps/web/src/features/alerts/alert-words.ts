import type { AlertChannel, AlertView, OpeningForecast, WatchView } from '@marquee/contracts/alerts'
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
const anyOf = new Intl.ListFormat('en-IN', { type: 'disjunction' })

/** A masked number is read as one: it is not broken over two lines. */
export const unbroken = (number: string) => number.replaceAll(' ', '\u00a0')

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

/** "3–5 days before the first show · 12 openings" */
export function forecastWords({ daysBefore, openings }: OpeningForecast): string {
  const [low, high] = [Math.round(daysBefore.low), Math.round(daysBefore.high)]
  const days = low === high ? plural(low, 'day') : `${low}–${high} days`
  return `${days} before the first show · ${plural(openings, 'opening')}`
}

/** When to look out: "Sun 13 Dec to Tue 15 Dec, 12:00–14:00", or the hours alone. Null where nothing can be said. */
export function expectedWords({ expected, hours }: OpeningForecast, today: string): string | null {
  const at = hours && `${hours.from}–${hours.to}`
  if (!expected) return at
  const { from, to } = expected
  const days = from === to ? formatDate(from, today) : `${formatDate(from, today)} to ${formatDate(to, today)}`
  // A day that is over is not waited for.
  return to < today ? `Was due ${days}` : [days, at].filter(Boolean).join(', ')
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
    anyOf.format(theatres.map(({ name }) => name)),
    days,
    hours,
    anyOf.format(formats),
    anyOf.format(languages),
  ]
  return parts.filter(Boolean).join(', ') || null
}

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
    phone && verbs.length > 0 && `we ${verbs.join(' and ')} ${unbroken(phone)} ${hours}`,
    email && channels.includes('email') && `we mail ${email} at any hour`,
    channels.includes('in_app') && 'this site shows it while you are on it',
    channels.includes('push') && 'your browser shows it',
  ].filter((way) => typeof way === 'string' && way !== '')
  return `When it opens, ${listed(ways as string[])}.`
}

/** Held back by the guard or by one of us, for whatever reason: nobody who waits is told before a person has looked. */
export function heldWords({ watches }: Pick<AlertView, 'watches'>): string {
  const open = watches.filter(({ verdict, how }) => verdict === 'OPEN' && how === 'looks')
  const where = open.length === 1 && open[0] ? `at ${open[0].sourceName}` : 'on a site that we watch'
  return `Booking looks open ${where}. Something about the site is unusual, so one of us looks at it before anybody is called. You are told as soon as it is certain.`
}

const NOT_USED: Record<AlertChannel, string> = {
  call: 'calls',
  sms: 'texts',
  email: 'mails',
  in_app: 'messages on this site',
  push: 'messages of the browser',
}

const BY_WORDS: Record<AlertChannel, string> = {
  call: 'call',
  sms: 'text',
  email: 'mail',
  in_app: 'a note on this site',
  push: 'your browser',
}

/** "You stopped calls and texts to +91 …, so there are none. You are still told by mail." */
export function optedOutWords(alert: Pick<AlertView, 'optedOut' | 'channels' | 'phone' | 'email'>): string {
  const { optedOut, channels, phone, email } = alert
  const stopped = CHANNELS.filter((channel) => optedOut.includes(channel))
  const numbers = stopped.filter((channel) => channel !== 'email').map((channel) => NOT_USED[channel])
  const parts = [
    numbers.length > 0 && `${listed(numbers)} to ${phone ? unbroken(phone) : 'this number'}`,
    stopped.includes('email') && `mails to ${email ?? 'this address'}`,
  ].filter((part) => part !== false)
  const left = CHANNELS.filter((channel) => channels.includes(channel) && !optedOut.includes(channel))
  const still =
    left.length > 0
      ? `You are still told by ${listed(left.map((channel) => BY_WORDS[channel]))}.`
      : 'Nothing would reach you when booking opens.'
  return `You stopped ${listed(parts)}, so there are none. ${still}`
}
