import type { AttemptView, WatchVerdict } from '@marquee/contracts/alerts'
import type { OpeningRow, SourceRow } from '@marquee/contracts/listings'

type Tone = 'neutral' | 'marquee' | 'velvet' | 'ok' | 'danger'
type Words<Key extends string> = Record<Key, { label: string; tone: Tone }>

export const HEALTH: Words<SourceRow['health']> = {
  healthy: { label: 'Healthy', tone: 'ok' },
  waiting: { label: 'Waiting', tone: 'marquee' },
  blocked: { label: 'Blocked', tone: 'danger' },
  blind: { label: 'Blind', tone: 'danger' },
  off: { label: 'Off', tone: 'neutral' },
  frozen: { label: 'Frozen', tone: 'velvet' },
}

export const VERDICTS: Words<WatchVerdict> = {
  OPEN: { label: 'Open', tone: 'ok' },
  NOT_OPEN: { label: 'Not open', tone: 'neutral' },
  ANNOUNCED: { label: 'Announced', tone: 'marquee' },
  SOLD_OUT: { label: 'Sold out', tone: 'velvet' },
  GONE: { label: 'Gone', tone: 'neutral' },
  UNKNOWN: { label: 'Unknown', tone: 'danger' },
}

export const OPENINGS: Words<OpeningRow['state']> = {
  HELD: { label: 'Held', tone: 'velvet' },
  LIVE: { label: 'Live', tone: 'ok' },
  DISMISSED: { label: 'Dismissed', tone: 'neutral' },
  CLOSED: { label: 'Closed', tone: 'neutral' },
}

export const ATTEMPTS: Words<AttemptView['state']> = {
  PLANNED: { label: 'Planned', tone: 'marquee' },
  SENDING: { label: 'Sending', tone: 'marquee' },
  ACCEPTED: { label: 'Accepted', tone: 'marquee' },
  RINGING: { label: 'Ringing', tone: 'marquee' },
  ANSWERED: { label: 'Answered', tone: 'ok' },
  DELIVERED: { label: 'Delivered', tone: 'ok' },
  MACHINE: { label: 'Machine', tone: 'neutral' },
  BUSY: { label: 'Busy', tone: 'neutral' },
  NO_ANSWER: { label: 'No answer', tone: 'neutral' },
  FAILED: { label: 'Failed', tone: 'danger' },
  UNKNOWN: { label: 'Unknown', tone: 'danger' },
  SKIPPED: { label: 'Skipped', tone: 'neutral' },
}

/** A word of an address, if it is one of these. */
export const oneOf = <Key extends string>(words: Record<Key, unknown>, text: string | null): Key | undefined =>
  text !== null && Object.hasOwn(words, text) ? (text as Key) : undefined
