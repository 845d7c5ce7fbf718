import type { AlertFilters, AlertView, WatchView } from '@marquee/contracts/alerts'
import { CONSENT_TEXTS } from './consent-texts.ts'

type Told = Pick<AlertView, 'state' | 'watches' | 'onSaleAt' | 'filters' | 'theatres'> & {
  title: string
  city: string
  /** Asked for in the name of a number that has not said yes. */
  unconfirmed: boolean
}

/** What is watched, where and how often, in a sentence or two: nothing that is not so. */
export function promiseOf(alert: Told): string {
  const what = `${alert.title} in ${alert.city}${wanted(alert.filters, alert.theatres)}`
  if (alert.state === 'PAUSED' && alert.unconfirmed)
    return `Not confirmed yet: somebody, probably you, asked us to call this number when booking opens for ${what}. Nothing is watched and nobody is called until you press “Resume”. By pressing it you agree: ${CONSENT_TEXTS.call} ${CONSENT_TEXTS.sms}`
  if (alert.state === 'PAUSED') return `Paused: nothing is watched for ${what}, and nobody is told.`
  if (alert.state === 'ALREADY_OPEN')
    return `${what} is on sale already${at(alert.onSaleAt.map(({ name }) => name))}: you are not called about it. “Watch again” waits for the next opening.`
  if (alert.state === 'NOTIFIED')
    return `You were told that booking opened for ${what}. “Watch again” waits for the next opening.`
  const looks = alert.watches.filter(({ how, paused }) => how === 'looks' && !paused)
  const aside = alert.watches.filter(({ how, paused }) => how === 'looks' && paused)
  const told = alert.watches.some(({ how }) => how === 'told')
  const parts = [
    told ? 'Marquee’s own programme tells us the moment booking opens' : '',
    looks.length > 0 ? `we look at ${list(looks.map(lookOf))}` : '',
    // It is listed there: what it says is not believed just now.
    aside.length > 0
      ? `we have set ${list(aside.map(({ sourceName }) => sourceName))} aside until it can be trusted`
      : '',
  ].filter(Boolean)
  const how =
    parts.length > 1
      ? `${parts.slice(0, -1).join(', ')}, and ${parts.at(-1)}`
      : (parts[0] ?? 'no site lists it here just now; we go on reading the lists until one does')
  return `We watch ${what}: ${how}. You are told once.`
}

const at = (names: string[]) => (names.length > 0 ? ` at ${list(names)}` : '')
/** A site that gives no answer is left alone for longer and longer: how often it would be looked at is not so then. */
const lookOf = ({ sourceName, intervalSeconds, blindSince }: WatchView) =>
  blindSince
    ? `${sourceName} as soon as it answers again`
    : intervalSeconds
      ? `${sourceName} every ${spell(intervalSeconds)}`
      : sourceName

/** "a, b and c" */
export const list = (words: string[]) =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** 90 → "90 seconds", 1800 → "30 minutes", 7200 → "2 hours". */
export function spell(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} minutes`
  return `${Math.round(seconds / 3_600)} hours`
}

/** What narrows it: ", at Prism Cinemas, from 27 Nov to 29 Nov, 18:00 to 23:00, IMAX". Empty: any showing. */
export function wanted(filters: AlertFilters, theatres: { name: string }[]): string {
  const { dateFrom, dateTo, timeFrom, timeTo, formats, languages } = filters
  const parts = [
    theatres.length > 0 ? `at ${either(theatres.map(({ name }) => name))}` : '',
    dateFrom && dateTo
      ? dateFrom === dateTo
        ? `on ${day(dateFrom)}`
        : `from ${day(dateFrom)} to ${day(dateTo)}`
      : dateFrom
        ? `from ${day(dateFrom)}`
        : dateTo
          ? `until ${day(dateTo)}`
          : '',
    timeFrom || timeTo ? `${timeFrom ?? '00:00'} to ${timeTo ?? '24:00'}` : '',
    either(formats),
    either(languages),
  ]
  return parts
    .filter(Boolean)
    .map((part) => `, ${part}`)
    .join('')
}

const either = (words: string[]) =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
const day = (date: string) =>
  new Intl.DateTimeFormat('en-IN', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(date))

const BLIND: Record<string, string> = {
  blocked: 'the site refuses our reader, and we respect that',
  outage: 'the site is down, or shows something in place of its page',
  identity: 'the page is of another film or another city now',
  parse: 'the page is built differently from what we can read',
  stale: 'the page is older than the one before',
  network: 'the site does not answer',
  conflict: 'the page contradicts itself: a person looks at it',
}
export const blindWords = (reason: string | null): string =>
  BLIND[reason ?? ''] ?? 'its answers cannot be believed just now'
