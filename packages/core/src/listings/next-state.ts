import type { ListedSession, Observation, UnknownReason, Verdict } from '@marquee/providers/listings/listing-source'

export type BelievedVerdict = Exclude<Verdict, 'UNKNOWN'>

/** What is believed of a watch between two looks. */
export type Belief = {
  verdict: BelievedVerdict | null
  lastVerdict: Verdict | null
  lastReason: UnknownReason | null
  /** An opening, or more sessions of one, was seen once. */
  confirmingSince: Date | null
  /** What could be booked at that first look. */
  candidates: ListedSession[]
  closingSince: Date | null
  goneLooks: number
  announcedAt: Date | null
  sessions: ListedSession[]
  openDates: string[]
  lastLookAt: Date | null
  lastOkAt: Date | null
  blindSince: Date | null
  failStreak: number
  verdictChangedAt: Date | null
  /** The opening that has not ended, held ones included. */
  current: { kind: 'OPENING' | 'SEATS_BACK' } | null
}

export type Look = {
  at: Date
  observation: Observation
  /** Read from the page itself. False: nothing has changed since the last look, or it is the copy that was seen then. */
  fresh: boolean
  /** False: the site calls days open that were never read, so "nothing to be had" is said of some of them only. */
  complete?: boolean
  /** Our own catalogue: its word needs no second look. */
  own: boolean
  /** Between the two looks that must agree, in milliseconds, at the least. */
  confirmAfterMs: number
}

export type Step = {
  belief: Belief
  /** A belated or doubled answer: nothing of it counts. */
  ignored: boolean
  /** An opening begins: first seen then. One that is under way ends with it. */
  opens: { kind: 'OPENING' | 'SEATS_BACK'; detectedAt: Date } | null
  /** The opening under way ends. */
  closes: boolean
  /** More can be booked than was known, in an opening under way. */
  grew: boolean
  /** Nothing can be booked, and that is certain: whoever waits is told of what comes now. */
  arms: boolean
}

const MINUTE = 60_000
/** A first look that was not followed by a second for so long is forgotten. */
const CONFIRM_WITHIN_MS = 30 * MINUTE
/** Between the two looks that end an opening. */
export const CLOSE_AFTER_MS = 30 * MINUTE
const GONE_LOOKS = 3
/** Sold out for less than that is a blip, and the same opening goes on. */
const SEATS_BACK_AFTER_MS = { site: 10 * MINUTE, own: 2 * MINUTE }
/** A sale time that passed longer ago proves nothing any more. */
const ANNOUNCED_COUNTS_MS = 24 * 60 * MINUTE

export const bookable = (sessions: ListedSession[], at: Date): ListedSession[] =>
  sessions.filter((session) => session.bookable && Date.parse(session.startsAt) > at.getTime())

/** The same showing: by the site's id, or by cinema, hour and format where a site gives out new ids at every look. */
const marks = (session: ListedSession): [string, string] => [
  `id ${session.siteId}`,
  `at ${session.cinema.siteId ?? session.cinema.name} ${session.startsAt} ${session.format ?? ''} ${session.language ?? ''}`,
]
const marksOf = (sessions: ListedSession[]) => new Set(sessions.flatMap(marks))
export const missingFrom = (known: ListedSession[], sessions: ListedSession[]): ListedSession[] => {
  const seen = marksOf(known)
  return sessions.filter((session) => !marks(session).some((mark) => seen.has(mark)))
}
const agree = (one: ListedSession[], other: ListedSession[]) => missingFrom(one, other).length < other.length

/**
 * The whole of what a look changes. Pure. UNKNOWN changes nothing that is believed; an opening takes two looks that agree
 * (one, when it is our own word or the published hour of the sale has come and the proof is strong); an end takes two that
 * are half an hour apart, our own word ends it at once; gone takes three.
 */
export function nextState(before: Belief, look: Look): Step {
  const { at } = look
  if (before.lastLookAt && at <= before.lastLookAt) return nothing(before, { ignored: true })
  const seen = readable(look)
  if (seen.verdict === 'UNKNOWN') {
    return nothing({
      ...before,
      lastVerdict: 'UNKNOWN',
      lastReason: seen.reason ?? 'parse',
      lastLookAt: at,
      blindSince: before.blindSince ?? at,
      failStreak: before.failStreak + 1,
    })
  }
  const belief: Belief = {
    ...before,
    lastVerdict: seen.verdict,
    lastReason: null,
    lastLookAt: at,
    lastOkAt: at,
    blindSince: null,
    failStreak: 0,
    goneLooks: seen.verdict === 'GONE' ? before.goneLooks + 1 : 0,
    closingSince: seen.verdict === 'OPEN' || seen.verdict === 'SOLD_OUT' ? null : before.closingSince,
  }
  const step = seen.verdict === 'OPEN' ? seenOpen(belief, look, seen) : seenClosed(belief, look, seen)
  const { verdict } = step.belief
  if (before.verdict !== null && verdict !== before.verdict) step.belief.verdictChangedAt = at
  step.arms = seen.verdict !== 'OPEN' && verdict !== 'OPEN' && verdict !== null && look.complete !== false
  return step
}

const nothing = (belief: Belief, more: Partial<Step> = {}): Step => ({
  belief,
  ignored: false,
  opens: null,
  closes: false,
  grew: false,
  arms: false,
  ...more,
})

/** Open, and nothing that could be booked is left of it: that is a page which contradicts itself. */
function readable({ observation, at }: Look): Observation {
  const open = observation.verdict === 'OPEN'
  const ahead = new Set(open ? bookable(observation.sessions, at) : [])
  if (open && ahead.size === 0) return { ...observation, verdict: 'UNKNOWN', reason: 'conflict' }
  return {
    ...observation,
    sessions: observation.sessions.map((session) => ({ ...session, bookable: ahead.has(session) })),
  }
}

function seenOpen(belief: Belief, look: Look, seen: Observation): Step {
  const { at } = look
  const now = bookable(seen.sessions, at)
  const known = belief.verdict === 'OPEN' ? belief.sessions.filter((session) => session.bookable) : []
  const news = missingFrom(known, now)
  const asBefore = { ...belief, openDates: seen.openDates, confirmingSince: null, candidates: [] }
  if (news.length === 0) return nothing({ ...asBefore, sessions: seen.sessions })
  const since = belief.confirmingSince
  const waited = since ? at.getTime() - since.getTime() : null
  const pending = waited !== null && waited <= CONFIRM_WITHIN_MS
  // A page that is as it was proves nothing that it had not proved before.
  if (!look.fresh) return nothing(pending ? belief : { ...belief, confirmingSince: null, candidates: [] })
  if (!isCertain(belief, look, seen)) {
    const first = nothing({ ...belief, confirmingSince: at, candidates: now })
    if (!pending) return first
    if (waited < look.confirmAfterMs) return nothing(belief)
    if (!agree(news, missingFrom(known, belief.candidates)))
      // Of an opening under way, what came and went is forgotten; a new one begins its looks again.
      return known.length > 0 ? nothing(asBefore) : first
  }
  const detectedAt = pending && since ? since : at
  const open: Belief = { ...asBefore, verdict: 'OPEN', sessions: seen.sessions, announcedAt: null }
  const opens = (kind: 'OPENING' | 'SEATS_BACK') =>
    nothing({ ...open, current: { kind } }, { opens: { kind, detectedAt }, closes: belief.current !== null })
  if (belief.current === null) return opens('OPENING')
  const unlisted = missingFrom(belief.sessions, news)
  if (belief.verdict === 'SOLD_OUT') {
    const soldOutFor = at.getTime() - (belief.verdictChangedAt?.getTime() ?? 0)
    const blip = soldOutFor < SEATS_BACK_AFTER_MS[look.own ? 'own' : 'site']
    if (unlisted.length === 0) return blip ? nothing(open, { grew: true }) : opens('SEATS_BACK')
    if (blip && belief.current.kind === 'OPENING') return nothing(open, { grew: true })
    if (blip || unlisted.length === news.length) return opens('OPENING')
    // Both at once: first the seats that are back; the next look, which comes at once, opens what is new.
    const back = opens('SEATS_BACK')
    const sessions = seen.sessions.filter((session) => !unlisted.some(({ siteId }) => siteId === session.siteId))
    return { ...back, belief: { ...back.belief, sessions, confirmingSince: at, candidates: now } }
  }
  // Showings that were never listed are no seats that came back.
  if (belief.current.kind === 'SEATS_BACK' && unlisted.length > 0) return opens('OPENING')
  return nothing(open, { grew: true })
}

/** The first of two looks is enough. */
function isCertain(belief: Belief, { own, at }: Look, seen: Observation): boolean {
  if (own) return true
  const late = belief.announcedAt ? at.getTime() - belief.announcedAt.getTime() : -1
  const strong = seen.evidence.some((evidence) => evidence.strength === 'strong')
  return strong && late >= 0 && late <= ANNOUNCED_COUNTS_MS && belief.verdict !== 'OPEN'
}

function seenClosed(belief: Belief, { at, own }: Look, seen: Observation): Step {
  const told: Belief = {
    ...belief,
    verdict: seen.verdict as BelievedVerdict,
    sessions: seen.sessions,
    openDates: seen.openDates,
    announcedAt: announcedAfter(belief, seen, at),
    confirmingSince: null,
    candidates: [],
    closingSince: null,
  }
  // Seats are gone, the sale goes on.
  if (seen.verdict === 'SOLD_OUT') return nothing(told)
  const waiting = { ...belief, confirmingSince: null, candidates: [] }
  if (seen.verdict === 'GONE' && belief.goneLooks < GONE_LOOKS) return nothing(waiting)
  if (belief.current === null) return nothing(told)
  // Withdrawn is withdrawn: nobody in line is called about a showing that we ourselves took back.
  if (own) return nothing({ ...told, current: null }, { closes: true })
  const { closingSince } = belief
  if (!closingSince) return nothing({ ...waiting, closingSince: at })
  if (at.getTime() - closingSince.getTime() < CLOSE_AFTER_MS) return nothing(waiting)
  return nothing({ ...told, current: null }, { closes: true })
}

/** A sale time stays known for a while after it has come: the page may need a moment. */
function announcedAfter(belief: Belief, seen: Observation, at: Date): Date | null {
  if (seen.verdict === 'ANNOUNCED' && seen.announcedAt) return new Date(seen.announcedAt)
  const late = belief.announcedAt ? at.getTime() - belief.announcedAt.getTime() : -1
  return seen.verdict === 'NOT_OPEN' && late >= 0 && late <= ANNOUNCED_COUNTS_MS ? belief.announcedAt : null
}
