import type { DevCall } from '@marquee/contracts/carrier'

const OUTCOMES: Record<NonNullable<DevCall['outcome']>, string> = {
  busy: 'Busy',
  declined: 'Declined',
  'no-answer': 'Nobody answered',
  machine: 'A machine answered',
  'end-of-words': 'All was said',
  'hung-up-by-script': 'Marquee hung up',
  'hung-up-by-person': 'You hung up',
  'hung-up-by-request': 'Taken back by Marquee',
  cancelled: 'Taken back before it was answered',
  limit: 'It took too long',
  'answer-unreachable': 'What to say could not be fetched',
  'answer-unreadable': 'What to say could not be read',
}

export const isActive = ({ state }: Pick<DevCall, 'state'>) => state === 'ringing' || state === 'in-progress'

/** "Ringing", "In the call", and once it is over what became of it. */
export function stateWords({ state, outcome }: Pick<DevCall, 'state' | 'outcome'>): string {
  switch (state) {
    case 'queued':
      return 'Being placed'
    case 'ringing':
      return 'Ringing'
    case 'in-progress':
      return 'In the call'
    case 'ended':
      return outcome ? OUTCOMES[outcome] : 'Ended'
    default:
      return state satisfies never
  }
}

/** Whether somebody was reached, for the colour: the words say it too. */
export const wentWell = ({ outcome, answeredBy }: Pick<DevCall, 'outcome' | 'answeredBy'>) =>
  answeredBy === 'human' && outcome !== 'answer-unreachable' && outcome !== 'answer-unreadable'

/** The call that the phone shows: one that rings or speaks before one that is over; the chosen one while it may. */
export function shownCall(calls: readonly DevCall[], chosenId: string | null): DevCall | undefined {
  const chosen = calls.find(({ id }) => id === chosenId)
  if (chosen && isActive(chosen)) return chosen
  const talking = calls.find(({ state }) => state === 'in-progress')
  // The list has the newest first; who has waited longest is picked up first.
  const ringing = calls.findLast(({ state }) => state === 'ringing')
  return chosen ?? talking ?? ringing ?? calls[0]
}

export type Line = { at: string; kind: 'said' | 'key'; text: string; taken: boolean }

/** What was said and what was pressed, in the order in which it happened. */
export const linesOf = ({ said, keys }: Pick<DevCall, 'said' | 'keys'>): Line[] =>
  [
    ...said.map(({ at, text }): Line => ({ at, kind: 'said', text, taken: true })),
    ...keys.map(({ at, key, taken }): Line => ({ at, kind: 'key', text: key, taken })),
  ].sort((a, b) => a.at.localeCompare(b.at))

/** "14:02:07", for what is told apart by its seconds. */
export const formatSecond = (instant: string) =>
  new Date(instant).toLocaleTimeString('en-IN', {
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })

/** "0:07" between two moments, never negative. */
export function lasted(from: string, to: string | number): string {
  const seconds = Math.max(0, Math.floor((new Date(to).getTime() - Date.parse(from)) / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** "+91 98765 43299": digits in groups can be read out; anything else stays as it is. */
export function spacedNumber(number: string): string {
  const indian = /^\+91(\d{5})(\d{5})$/.exec(number)
  return indian ? `+91 ${indian[1]} ${indian[2]}` : number
}
