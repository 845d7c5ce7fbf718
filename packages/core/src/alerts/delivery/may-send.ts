import type { AlertChannel } from '@marquee/contracts/alerts'
import type { ContactPoint } from '../../generated/prisma/client.ts'
import type { AlertFacts } from './alert-facts.ts'
import type { CountryHours } from './country-hours.ts'
import { CALL_GAP_MS, CALL_WITHIN_MS, CALLS_PER_ALERT, CALLS_PER_DAY, TEXTS_PER_DAY } from './ladder.ts'
import { nextAllowed } from './quiet-hours.ts'

/** What went to a number lately. */
export type Usage = {
  callsOfAlert: number
  /** A call about it went out, or may have, and nobody knows what became of it. */
  callUnknown: boolean
  callsToday: number
  lastCallAt: Date | null
  textsToday: number
}

export type Question = {
  now: Date
  channel: AlertChannel
  alert: AlertFacts
  /** Something that they wait for can still be booked. */
  stillBookable: boolean
  consented: boolean
  /** Null: none is needed (in_app, push), or none is there. */
  contact: Pick<ContactPoint, 'verifiedAt' | 'suspectAt'> | null
  /** When the number may be called and texted at all. */
  country: CountryHours
  optedOut: boolean
  usage: Usage
}

export type Decision =
  | { do: 'send' }
  /** Not on this channel. `instead`: in writing, if nothing was written yet. */
  | { do: 'skip'; why: string; instead?: true }
  /** Later; everything is asked again then. */
  | { do: 'defer'; until: Date; why: string }
  /** Nothing more of this alert at all. */
  | { do: 'end'; why: string }

const HELD_LOOK_AGAIN_MS = 60_000
/** A hold that has lasted for this long: the news is old. */
export const HELD_FOR_MS = 6 * 3_600_000

/** Whether a step may be taken at this very moment, asked under the locks of its rows. Pure. */
export function maySend(question: Question): Decision {
  return standing(question) ?? reachable(question) ?? bounds(question) ?? { do: 'send' }
}

/** Is it still news, and still wanted? */
function standing({ now, alert, stillBookable }: Question): Decision | null {
  if (alert.state === 'ACKNOWLEDGED') return { do: 'skip', why: 'acknowledged' }
  if (alert.state === 'OPTED_OUT') return { do: 'skip', why: 'opted out' }
  if (alert.state === 'SUPPRESSED' || alert.state === 'EXHAUSTED') return { do: 'skip', why: 'the ladder is over' }
  if (alert.state === 'SNOOZED' && alert.snoozedUntil && alert.snoozedUntil > now)
    return { do: 'defer', until: alert.snoozedUntil, why: 'snoozed' }
  if (alert.subscriptionState === 'PAUSED') return { do: 'end', why: 'paused' }
  if (alert.subscriptionState === 'ENDED') return { do: 'end', why: 'the subscription was ended' }
  if (alert.openingState === 'CLOSED' || alert.openingState === 'DISMISSED')
    return { do: 'end', why: 'booking is no longer open' }
  const held = alert.openingState === 'HELD' || alert.frozen
  if (held || alert.doubted) {
    if (now.getTime() - alert.createdAt.getTime() > HELD_FOR_MS) return { do: 'end', why: 'held until it was old' }
    const why = held ? 'held until a person has looked' : 'the site says otherwise: held until the next look'
    return { do: 'defer', until: new Date(now.getTime() + HELD_LOOK_AGAIN_MS), why }
  }
  if (!stillBookable || Date.parse(alert.session.startsAt) <= now.getTime())
    return { do: 'end', why: 'nothing of it can be booked any more' }
  return null
}

/** May this person be told in this way at all? */
function reachable({ channel, alert, consented, contact, optedOut }: Question): Decision | null {
  if (!alert.channels.includes(channel)) return { do: 'skip', why: 'not chosen any more' }
  if (channel === 'in_app' || channel === 'push') return alert.userId ? null : { do: 'skip', why: 'needs an account' }
  if (!consented) return { do: 'skip', why: 'consent was withdrawn' }
  if (!contact) return { do: 'skip', why: channel === 'email' ? 'no address' : 'no number' }
  if (optedOut) return { do: 'skip', why: 'opted out' }
  if (!contact.verifiedAt) return { do: 'skip', why: channel === 'email' ? 'address not proved' : 'number not proved' }
  if (contact.suspectAt && channel !== 'email')
    return { do: 'skip', why: 'the carrier knows no such number', instead: true }
  return null
}

/** Caps, gaps and hours. */
function bounds({ now, channel, alert, country, usage }: Question): Decision | null {
  if (channel !== 'call' && channel !== 'sms') return null
  if (channel === 'sms' && usage.textsToday >= TEXTS_PER_DAY)
    return { do: 'skip', why: `${TEXTS_PER_DAY} texts within a day already` }
  if (channel === 'call') {
    if (usage.callUnknown) return { do: 'skip', why: 'nobody knows whether a call rang', instead: true }
    if (usage.callsOfAlert >= CALLS_PER_ALERT)
      return { do: 'skip', why: `called ${CALLS_PER_ALERT} times about it already` }
    if (usage.callsToday >= CALLS_PER_DAY)
      return { do: 'skip', why: `called ${CALLS_PER_DAY} times within a day already`, instead: true }
    const free = usage.lastCallAt ? usage.lastCallAt.getTime() + CALL_GAP_MS : 0
    if (free > now.getTime()) return { do: 'defer', until: new Date(free), why: 'called a moment ago' }
  }
  const until = nextAllowed(now, {
    quiet: alert.quietHours,
    timeZone: alert.timeZone,
    country,
  })
  if (!until) return { do: 'skip', why: 'quiet hours have no end', instead: true }
  const asleep = until > now
  const wanted = Math.max(alert.createdAt.getTime(), alert.snoozedUntil?.getTime() ?? 0)
  const late = until.getTime() - wanted > CALL_WITHIN_MS
  const inWriting = alert.channels.includes('sms') || alert.channels.includes('email')
  // Whoever chose nothing but calls is called late rather than never.
  if (channel === 'call' && late && inWriting)
    return {
      do: 'skip',
      why: `${asleep ? 'quiet hours' : 'too late for a call'}: told in writing instead`,
      instead: true,
    }
  return asleep ? { do: 'defer', until, why: 'quiet hours' } : null
}
