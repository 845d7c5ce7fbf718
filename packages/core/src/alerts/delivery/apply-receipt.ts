import type { CallEvent } from '@marquee/providers/voice/voice-caller'
import type { AttemptState } from '../../generated/prisma/client.ts'

/**
 * How far an attempt has come. Receipts come late, twice and in any order, so a state only ever gives way to one further
 * on: whatever the order, the same receipts end in the same state.
 */
const FURTHER: Record<AttemptState, number> = {
  PLANNED: 0,
  SKIPPED: 0,
  SENDING: 1,
  UNKNOWN: 2,
  ACCEPTED: 3,
  RINGING: 4,
  ANSWERED: 5,
  FAILED: 6,
  NO_ANSWER: 7,
  BUSY: 8,
  DELIVERED: 9,
  MACHINE: 10,
}

export const furtherOf = (one: AttemptState, other: AttemptState): AttemptState =>
  FURTHER[other] > FURTHER[one] ? other : one

const STATES: Record<NonNullable<CallEvent['status']>, AttemptState> = {
  queued: 'ACCEPTED',
  ringing: 'RINGING',
  answered: 'ANSWERED',
  completed: 'DELIVERED',
  busy: 'BUSY',
  'no-answer': 'NO_ANSWER',
  failed: 'FAILED',
  cancelled: 'FAILED',
}

export type CallStanding = { state: AttemptState; keys: string }
export type CallNews = Pick<CallEvent, 'status' | 'answeredBy' | 'key'>

/** A call after one more message of its carrier. Pure. */
export function applyCallNews(standing: CallStanding, news: CallNews): CallStanding {
  const keys =
    news.key && !standing.keys.includes(news.key) ? [...standing.keys, news.key].toSorted().join('') : standing.keys
  let state = standing.state
  if (news.status) state = furtherOf(state, STATES[news.status])
  if (news.key) state = furtherOf(state, 'ANSWERED')
  if (news.answeredBy === 'machine') state = furtherOf(state, 'MACHINE')
  // No machine presses keys: whoever took them for one was wrong.
  if (state === 'MACHINE' && keys) state = 'DELIVERED'
  return { state, keys }
}

const TEXT_STATES = { queued: 'ACCEPTED', sent: 'ACCEPTED', failed: 'FAILED', delivered: 'DELIVERED' } as const

/** A text after one more receipt: what is delivered is delivered, also when a part of it failed before. Pure. */
export const applySmsNews = (state: AttemptState, status: keyof typeof TEXT_STATES): AttemptState =>
  furtherOf(state, TEXT_STATES[status])

const ENDS: AttemptState[] = ['DELIVERED', 'MACHINE', 'BUSY', 'NO_ANSWER', 'FAILED']
export const isOver = (state: AttemptState) => ENDS.includes(state)
