import type { ListedSession } from '@marquee/providers/listings/listing-source'
import { matchesFilters, type StoredFilters } from '../matches-filters.ts'

/** Somebody who waits, as far as an opening looks at them. */
export type Waiting = {
  state: 'ACTIVE' | 'NOTIFIED'
  seatsBack: boolean
  filters: StoredFilters
  partySize: number
  /** Nothing that matches was on sale at a good look after they asked. */
  armed: boolean
  alreadyOpen: boolean
}

export type Telling =
  | { do: 'nothing' }
  /** From now on an opening is news to them. */
  | { do: 'arm' }
  /** What they wait for was on sale before we could know that it was not. */
  | { do: 'already-open' }
  | { do: 'tell'; session: ListedSession }

/**
 * What an opening means to one subscription. `sessions`: those that can be booked and have not begun, the earliest first;
 * they are told of the first one that matches. Pure.
 */
export function decideTelling(kind: 'OPENING' | 'SEATS_BACK', waiting: Waiting, sessions: ListedSession[]): Telling {
  const session = sessions.find((one) => matchesFilters(waiting.filters, one, waiting.partySize))
  const { armed, alreadyOpen, seatsBack, state } = waiting
  if (!session) return armed || alreadyOpen || state !== 'ACTIVE' ? { do: 'nothing' } : { do: 'arm' }
  // Seats that are back are asked for by name; whoever was told of the opening needs no arming for them.
  if (kind === 'SEATS_BACK' && state === 'NOTIFIED') return seatsBack ? { do: 'tell', session } : { do: 'nothing' }
  if (state !== 'ACTIVE') return { do: 'nothing' }
  if (!armed) return alreadyOpen ? { do: 'nothing' } : { do: 'already-open' }
  if (kind === 'SEATS_BACK' && !seatsBack) return { do: 'nothing' }
  return { do: 'tell', session }
}

/** Those one can still go to and book, the earliest first. */
export const bookableFrom = (sessions: ListedSession[], now: Date): ListedSession[] =>
  sessions
    .filter((session) => session.bookable && Date.parse(session.startsAt) > now.getTime())
    .toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
