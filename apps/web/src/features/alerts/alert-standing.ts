import type { AlertEvidence, AlertView, AttemptView } from '@marquee/contracts/alerts'

const STATE_WORDS: Record<AlertView['state'], string> = {
  ACTIVE: 'Watching',
  PAUSED: 'Paused',
  NOTIFIED: 'You were told',
  ALREADY_OPEN: 'On sale already',
  ENDED: 'Ended',
}

/** Nobody would notice just now: every site of it is set aside, or gives no answer that could be believed. */
const isBlind = ({ state, watches }: Pick<AlertView, 'state' | 'watches'>): boolean =>
  state === 'ACTIVE' && watches.length > 0 && watches.every(({ paused, blindSince }) => paused || blindSince !== null)

/** How an alert stands, in two or three words. `ringing`: it is being told right now. */
export function standing(
  alert: Pick<AlertView, 'state' | 'alerts' | 'held' | 'watches'>,
  ringing: boolean,
): { words: string; tone: 'marquee' | 'velvet' | 'ok' | 'neutral' | 'danger' } {
  if (ringing) return { words: 'Telling you', tone: 'velvet' }
  if (wasMissed(alert)) return { words: 'Nothing reached you', tone: 'velvet' }
  if (alert.held) return { words: 'We are checking', tone: 'marquee' }
  if (isBlind(alert)) return { words: 'Blind just now', tone: 'danger' }
  return { words: STATE_WORDS[alert.state], tone: STATE_TONES[alert.state] }
}

const STATE_TONES = {
  ACTIVE: 'marquee',
  PAUSED: 'neutral',
  NOTIFIED: 'ok',
  ALREADY_OPEN: 'ok',
  ENDED: 'neutral',
} as const

const EVIDENCE_WORDS: Record<AlertEvidence['state'], string> = {
  RINGING: 'Telling you',
  ACKNOWLEDGED: 'You have seen it',
  SNOOZED: 'Snoozed',
  OPTED_OUT: 'You said never again',
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
export const evidenceWords = (told: Pick<AlertEvidence, 'state' | 'attempts' | 'acknowledgedBy'>): string =>
  reachedNobody(told) ? 'Nothing reached you' : onlyListened(told) ? 'You took our call' : EVIDENCE_WORDS[told.state]

/** They heard the call to its end, and pressed nothing: told, and they said nothing about it. */
export const onlyListened = (told: Pick<AlertEvidence, 'state' | 'attempts' | 'acknowledgedBy'>): boolean =>
  told.state === 'ACKNOWLEDGED' &&
  told.acknowledgedBy === 'call' &&
  !told.attempts.some(({ channel, outcome }) => channel === 'call' && outcome.includes('pressed'))

/** Nothing that was tried got there. */
export const reachedNobody = ({ state, attempts }: Pick<AlertEvidence, 'state' | 'attempts'>) =>
  state === 'EXHAUSTED' && !attempts.some((attempt) => REACHED.has(attempt.state))

/** Booking opened, and whoever wanted to hear of it was reached in no way. Alerts are the newest first. */
export const wasMissed = ({ state, alerts }: Pick<AlertView, 'state' | 'alerts'>): boolean =>
  state === 'NOTIFIED' && alerts[0] !== undefined && reachedNobody(alerts[0])

/** Nothing that was chosen may be used any more. */
export const isUnreachable = ({ channels, optedOut }: Pick<AlertView, 'channels' | 'optedOut'>): boolean =>
  channels.length > 0 && channels.every((channel) => optedOut.includes(channel))
