import type { AlertFacts } from './alert-facts.ts'
import { isGsm, smsSegments, toGsm } from './sms-segments.ts'

/** Fixed wording with places for values, by the name under which it is registered (DLT_TEMPLATE_IDS has its number). */
export const SMS_TEMPLATES = {
  'alert-opening':
    'Marquee: booking is open for {film} in {city}. First showing {when}, {theatre}. Book: {url} Reply STOP to end.',
  'alert-seats-back':
    'Marquee: seats again for {film} in {city}. First showing {when}, {theatre}. Book: {url} Reply STOP to end.',
  'alert-reminder':
    'Marquee: you asked to be reminded. {film} in {city} can be booked, from {when}, {theatre}. Book: {url} Reply STOP to end.',
  'alert-test':
    'Marquee: this is the test message you asked for. We will text you like this when booking opens for {film} in {city}. Reply STOP to end.',
  'alert-on-sale':
    'Marquee: {film} in {city} can be booked. We could not see it before now and cannot say since when, so we did not call. {url} Reply STOP to end.',
  'alert-blind':
    'Marquee: we cannot see {theatre} just now and go on trying for {film} in {city}. Until then, look there yourself. {url} Reply STOP to end.',
  'alert-created':
    'Marquee: we watch {film} in {city} for you and tell you when booking opens. Change or end it: {url} Reply STOP to end.',
  'alert-confirm':
    'Marquee: somebody, probably you, wants this number called when booking opens for {film} in {city}. To agree: {url} If not, do nothing.',
  'opted-out': 'Marquee: you get no more calls and texts from us on this number. Reply START to undo.',
  'opted-in': 'Marquee: you get alerts on this number again. Reply STOP to end.',
} as const
export type SmsTemplate = keyof typeof SMS_TEMPLATES

const MOST_SEGMENTS = 2
/** Longest value of one place, as registered. */
const MOST = { film: 30, city: 20, theatre: 30, when: 30, url: 120 } as const
type Values = Partial<Record<keyof typeof MOST, string>>

/**
 * A text of two messages at most. Where another script would make it longer, names are written in plain letters; a film
 * whose name has none is "your film". Pure.
 */
export function smsText(template: SmsTemplate, values: Values): string {
  const whole = fill(template, values)
  if (smsSegments(whole) <= MOST_SEGMENTS) return whole
  const plain = (text: string | undefined, otherwise: string) =>
    (isGsm(text ?? '') ? text : toGsm(text ?? '')) || otherwise
  return fill(template, {
    ...values,
    film: plain(values.film, 'your film'),
    city: plain(values.city, 'your city'),
    theatre: plain(values.theatre, 'a theatre'),
  })
}

const fill = (template: SmsTemplate, values: Values) =>
  SMS_TEMPLATES[template].replaceAll(/\{(\w+)\}/g, (_place, name: keyof typeof MOST) =>
    cut(values[name] ?? '', MOST[name]),
  )

const cut = (text: string, most: number) => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= most ? line : `${line.slice(0, most - 2).trimEnd()}..`
}

/** "Fri 27 Nov, 19:30" */
export function shortMoment({ session }: Pick<AlertFacts, 'session'>): string {
  const at = new Date(session.startsAt)
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-IN', { timeZone: session.zone, ...options }).format(at)
  const day = `${format({ weekday: 'short' })} ${format({ day: 'numeric' })} ${format({ month: 'short' })}`
  return `${day}, ${format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}`
}
