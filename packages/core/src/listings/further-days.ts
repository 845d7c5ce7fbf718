import { createHash } from 'node:crypto'
import type { ListedSession, Observation } from '@marquee/providers/listings/listing-source'

/** What some of those who wait want, as far as days are concerned. */
export type Wish = {
  /** YYYY-MM-DD, both included; null: any. */
  from: string | null
  to: string | null
  /** The theatre, the format or the hour matter too: one showing of a day may not be theirs. */
  picky: boolean
  /** Seats that they need together. */
  party: number
  people: number
}

/** Beyond the page itself, in one look; each waits for the gap of its host. Of those that are known already, fewer. */
const MOST_DAYS = 4
const MOST_AGAIN = 2

const isAhead = (session: ListedSession, now: Date) => Date.parse(session.startsAt) > now.getTime()
export const admitsDay = ({ from, to }: Pick<Wish, 'from' | 'to'>, day: string): boolean =>
  (!from || day >= from) && (!to || day <= to)
const meets = (wish: Wish, { localDate, seatsLeft }: ListedSession) =>
  admitsDay(wish, localDate) && (seatsLeft === null || seatsLeft >= wish.party)

/** A site that shows one day at a time calls more days open than it shows. Soonest first. */
export function daysNotShown(seen: Pick<Observation, 'sessions' | 'openDates'>, today: string): string[] {
  const shown = new Set(seen.sessions.map((session) => session.localDate))
  return [...new Set(seen.openDates)].filter((day) => day >= today && !shown.has(day)).sort()
}

/** Whether the rest of a page can say more than the page: not when it is refused, or denies, or visibly contradicts itself. */
const hasMore = ({ verdict, reason, evidence }: Observation) =>
  verdict === 'OPEN' ||
  verdict === 'SOLD_OUT' ||
  // The sale of today is closed, that of tomorrow is not.
  verdict === 'NOT_OPEN' ||
  (verdict === 'UNKNOWN' && reason === 'conflict' && !evidence.some(({ strength }) => strength === 'veto'))

/**
 * The further days to ask a site for in this look: those that somebody wants and the page does not answer. Days of which
 * nothing is believed come first, those that most want before others; days that are known take turns. Between a first look
 * and its second nothing of that changes, so both ask for the same. Pure.
 */
export function furtherDays(input: {
  seen: Observation
  believed: ListedSession[]
  wishes: Wish[]
  today: string
  now: Date
  turn: number
}): string[] {
  const { seen, believed, wishes, today, now, turn } = input
  if (!hasMore(seen)) return []
  const open = seen.sessions.filter((session) => session.bookable && isAhead(session, now))
  const unmet = wishes.filter((wish) => wish.picky || !open.some((session) => meets(wish, session)))
  const read = new Set(believed.map((session) => session.localDate))
  const wanted = daysNotShown(seen, today)
    .map((day) => ({
      day,
      unread: !read.has(day),
      people: unmet.filter((wish) => admitsDay(wish, day)).reduce((sum, wish) => sum + wish.people, 0),
    }))
    .filter(({ people }) => people > 0)
  const again = wanted.filter(({ unread }) => !unread)
  const inTurn = [...again.slice(turn % Math.max(1, again.length)), ...again.slice(0, turn % Math.max(1, again.length))]
  const unread = wanted.filter((one) => one.unread).sort((a, b) => b.people - a.people)
  return [...unread, ...inTurn.slice(0, MOST_AGAIN)].slice(0, MOST_DAYS).map(({ day }) => day)
}

/**
 * One observation of the page and of the days asked for besides. Each day is judged by its own page; a day that was not
 * asked for, or not answered, is as it was believed, as long as the site calls it open. Pure.
 * @returns `complete`: every open day was read or is known, so that "nothing to be had" is said of all of them
 */
export function joinDays(input: {
  seen: Observation
  days: { day: string; observation: Observation }[]
  believed: { verdict: string | null; sessions: ListedSession[] }
  today: string
  now: Date
}): { observation: Observation; complete: boolean } {
  const { seen, days, believed, today, now } = input
  const hidden = daysNotShown(seen, today)
  if (hidden.length === 0 || !hasMore(seen)) return { observation: seen, complete: true }
  const answered = days.filter(({ observation }) => ['OPEN', 'SOLD_OUT', 'NOT_OPEN'].includes(observation.verdict))
  const fresh = answered.flatMap(({ day, observation }) =>
    observation.sessions.filter((session) => session.localDate === day && observation.verdict !== 'NOT_OPEN'),
  )
  const asked = new Set(answered.map(({ day }) => day))
  const kept = believed.sessions.filter(({ localDate }) => hidden.includes(localDate) && !asked.has(localDate))
  const others = [...fresh, ...kept]
  const known = new Set(others.map((session) => session.localDate))
  const complete = hidden.every((day) => asked.has(day) || known.has(day))
  if (others.length === 0) return { observation: seen, complete }

  const opened = answered.filter(({ observation }) => observation.verdict === 'OPEN')
  const still = believed.verdict === 'OPEN' && kept.some((session) => session.bookable && isAhead(session, now))
  const allSoldOut = complete && answered.some(({ observation }) => observation.verdict === 'SOLD_OUT')
  const verdict =
    seen.verdict === 'OPEN' || opened.length > 0 || still
      ? 'OPEN'
      : seen.verdict === 'UNKNOWN' && allSoldOut
        ? 'SOLD_OUT'
        : seen.verdict
  const sessions = [...seen.sessions, ...others].sort(
    (a, b) => a.startsAt.localeCompare(b.startsAt) || a.siteId.localeCompare(b.siteId),
  )
  const proofs = [...(seen.verdict === 'OPEN' ? [seen] : []), ...opened.map(({ observation }) => observation), seen]
  return {
    complete,
    observation: {
      ...seen,
      verdict,
      reason: verdict === 'UNKNOWN' ? seen.reason : null,
      announcedAt: null,
      sessions,
      evidence: [...new Set(proofs)].flatMap(({ evidence }) => evidence).slice(0, 12),
      contentHash: createHash('sha256')
        .update(
          JSON.stringify([verdict, seen.openDates, sessions.map((one) => [one.siteId, one.startsAt, one.bookable])]),
        )
        .digest('hex'),
    },
  }
}
