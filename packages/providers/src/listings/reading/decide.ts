import type { Evidence, ListedSession, ListingTarget, Observation, UnknownReason } from '../listing-source.ts'
import { sha256 } from './evidence.ts'
import type { Health } from './page-health.ts'
import { localDateAt } from './zoned-time.ts'

/** Why a listed session can or cannot be booked, as the site's own fields say. */
export type Bookability = 'bookable' | 'sold-out' | 'not-yet' | 'closed' | 'unclear'

export type Screening = {
  session: ListedSession
  state: Bookability
  /** When the site stops selling it; null: with its start. */
  closesAt: Date | null
  /** The piece of the page that says so. Strong when it has its own id or link; weak otherwise. */
  evidence: Evidence
}

/** A proof that hangs on no session, such as a link to the showtimes. `place` keeps two from the same spot from counting twice. */
export type Proof = Evidence & { place: string; date: string | null }

/** What an adapter has read out of one page, before anything is concluded. */
export type PageFacts = {
  /** The film's id in the data of the page; null: not there. */
  served: string | null
  /** Whether the page is about the asked city; null: the page does not say. */
  cityFits: boolean | null
  /** The structure of every healthy page is there. */
  skeleton: boolean
  screenings: Screening[]
  /** Local days that the site says are open. */
  openDates: string[]
  /** Whether the site lists its open days at all, so that a day missing from them is not open. */
  listsOpenDates: boolean
  /** Something that says in so many words that booking is not open: an empty list of days, a coming-soon marker. */
  saysNotOpen: Evidence[]
  /** When sales open, if the site says. */
  announcedAt: Date | null
  announcement: Evidence | null
  proofs: Proof[]
  /** Seen at a moment long before the look: it proves no more that something is *not* open. */
  staleSince: Evidence | null
  /** Names of the structures that were found, the same on an open and on a closed page. */
  shape: string[]
}

const EMPTY = sha256('')

export function unknownObservation(
  asked: string,
  reason: UnknownReason,
  evidence: Evidence[],
  served: string | null = null,
): Observation {
  return {
    verdict: 'UNKNOWN',
    reason,
    announcedAt: null,
    sessions: [],
    openDates: [],
    evidence,
    identity: { asked, served },
    contentHash: EMPTY,
    shapeHash: EMPTY,
  }
}

/** What a page that may not be read comes to. */
export function unhealthyObservation(asked: string, health: Exclude<Health, { ok: true }>): Observation {
  const observation = unknownObservation(asked, 'network', health.evidence)
  return { ...observation, verdict: health.verdict, reason: health.reason }
}

/** Runs a reading; whatever breaks in it is a page that cannot be read, never a broken worker. */
export function guarded(target: ListingTarget, read: () => Observation): Observation {
  try {
    return read()
  } catch {
    return unknownObservation(target.siteMovieId, 'parse', [])
  }
}

const starts = (screening: Screening) => new Date(screening.session.startsAt)
const isAhead = (screening: Screening, now: Date) =>
  starts(screening) > now && (screening.closesAt === null || screening.closesAt > now)

/** The asked day's screenings; without an asked day those of today and later. */
function ofAskedDate(screenings: Screening[], target: ListingTarget, now: Date): Screening[] {
  return screenings.filter(({ session }) => {
    if (target.date !== null) return session.localDate === target.date
    const today = localDateAt(now, session.zone)
    return today !== null && session.localDate >= today
  })
}

type Finding = { verdict: Observation['verdict']; reason: UnknownReason | null; evidence: Evidence[] }

/** The site lists its open days and the asked one is not among them: nothing else on the page can make it open. */
const isMissing = (facts: PageFacts, date: string | null) =>
  facts.listsOpenDates && date !== null && !facts.openDates.includes(date)

function isOpen(facts: PageFacts, target: ListingTarget, now: Date): Finding | null {
  if (isMissing(facts, target.date)) return null
  const counted = ofAskedDate(facts.screenings, target, now).filter(
    (screening) =>
      screening.state === 'bookable' && isAhead(screening, now) && !isMissing(facts, screening.session.localDate),
  )
  const today = localDateAt(now, target.city.zone) ?? ''
  if (target.date !== null && target.date < today) return null
  // A day whose screenings the page lists is judged by them: no link to it makes it open when none of them can be booked.
  const isDecided = (day: string) =>
    facts.screenings.some(({ session }) => session.localDate === day) &&
    !counted.some(({ session }) => session.localDate === day)
  const proofs = facts.proofs.filter(({ date, strength }) => {
    if (date === null || strength === 'veto') return date === null || target.date === null || date === target.date
    return date >= today && (target.date === null || date === target.date) && !isDecided(date)
  })
  const strong = [
    ...counted.map((screening) => screening.evidence).filter((evidence) => evidence.strength === 'strong'),
    ...proofs.filter((proof) => proof.strength === 'strong'),
  ]
  const weak = new Map<string, Evidence>()
  // All weak screenings are one place: a list that is wrong is wrong throughout.
  for (const { evidence } of counted) if (evidence.strength === 'weak') weak.set('screenings', evidence)
  for (const proof of proofs) if (proof.strength === 'weak' && !weak.has(proof.place)) weak.set(proof.place, proof)
  const vetoes = proofs.filter((proof) => proof.strength === 'veto')
  const evidence = [...strong.slice(0, 5), ...weak.values(), ...vetoes].map(plain)
  if (strong.length === 0 && weak.size < 2) return null
  if (vetoes.length > 0) return { verdict: 'UNKNOWN', reason: 'conflict', evidence }
  return { verdict: 'OPEN', reason: null, evidence }
}

/** Without the fields that only the decision needs. */
const plain = ({ rule, strength, where, excerpt, hash }: Evidence): Evidence => ({
  rule,
  strength,
  where,
  excerpt,
  hash,
})

function isNotOpen(facts: PageFacts, target: ListingTarget, now: Date): Finding {
  const { date } = target
  const ofDate = ofAskedDate(facts.screenings, target, now)
  const ahead = ofDate.filter((screening) => isAhead(screening, now))
  const evidenceOfThem = ahead.slice(0, 5).map((screening) => screening.evidence)
  const isOfDate = (proof: Proof) => proof.date === null || date === null || proof.date === date
  const has = (state: Bookability) => ahead.some((screening) => screening.state === state)

  if (has('sold-out') && !has('bookable') && !has('unclear') && !isMissing(facts, date))
    return { verdict: 'SOLD_OUT', reason: null, evidence: evidenceOfThem }
  if (facts.announcedAt && facts.announcedAt > now)
    return { verdict: 'ANNOUNCED', reason: null, evidence: facts.announcement ? [facts.announcement] : [] }
  if (isMissing(facts, date)) return { verdict: 'NOT_OPEN', reason: null, evidence: facts.saysNotOpen }
  if (has('unclear')) return { verdict: 'UNKNOWN', reason: 'parse', evidence: evidenceOfThem }
  // Bookable, and yet no proof: too weak, or of a day that the site does not list as open.
  if (has('bookable')) return { verdict: 'UNKNOWN', reason: 'conflict', evidence: evidenceOfThem }
  if (ahead.length > 0) return { verdict: 'NOT_OPEN', reason: null, evidence: evidenceOfThem }
  // From here on the page shows no screening that is still to come on the asked day. A day whose screenings are all over is
  // explained by them; a day that is said to be open and shows none is not.
  const isExplained = (day: string | null) => ofDate.some(({ session }) => session.localDate === day)
  const promised = facts.openDates.filter((day) => (date === null ? isNotPast(day, target, now) : day === date))
  const isOver = (day: string | null) => day !== null && !isNotPast(day, target, now)
  const weak = facts.proofs.filter(
    (proof) => proof.strength === 'weak' && isOfDate(proof) && !isExplained(proof.date) && !isOver(proof.date),
  )
  if (weak.length > 0 || !promised.every(isExplained))
    return { verdict: 'UNKNOWN', reason: 'conflict', evidence: [...weak.map(plain), ...facts.saysNotOpen] }
  if (facts.saysNotOpen.length > 0 || facts.listsOpenDates || ofDate.length > 0)
    return { verdict: 'NOT_OPEN', reason: null, evidence: facts.saysNotOpen }
  return { verdict: 'UNKNOWN', reason: 'parse', evidence: [] }
}

const isNotPast = (day: string, target: ListingTarget, now: Date) =>
  day >= (localDateAt(now, target.city.zone) ?? now.toISOString().slice(0, 10))

/** What decided, in a form that is the same at every look while nothing has changed. Seats left are not in it. */
function contentHashOf(facts: PageFacts, finding: Finding): string {
  const sessions = facts.screenings
    .map(({ session: s, state }) => [s.siteId, s.cinema.siteId, s.cinema.name, s.startsAt, s.format, s.language, state])
    .map((fields) => JSON.stringify(fields))
    .sort()
  return sha256(
    JSON.stringify([
      finding.verdict,
      finding.reason,
      sessions,
      [...facts.openDates].sort(),
      facts.announcedAt?.toISOString() ?? null,
      facts.proofs.map(({ rule, place }) => `${rule} ${place}`).sort(),
    ]),
  )
}

function find(facts: PageFacts, target: ListingTarget, now: Date): Finding {
  if (facts.served !== target.siteMovieId || facts.cityFits === false)
    return { verdict: 'UNKNOWN', reason: 'identity', evidence: [] }
  if (!facts.skeleton) return { verdict: 'UNKNOWN', reason: 'parse', evidence: [] }
  const open = isOpen(facts, target, now)
  const finding = open ?? isNotOpen(facts, target, now)
  if (facts.staleSince) return { verdict: 'UNKNOWN', reason: 'stale', evidence: [facts.staleSince] }
  return finding
}

/** One fact per session: a page that lists it twice does not prove it twice. */
function distinct(screenings: Screening[]): Screening[] {
  const seen = new Set<string>()
  return screenings.filter(({ session }) => {
    const key = `${session.cinema.siteId ?? session.cinema.name} ${session.siteId} ${session.startsAt}`
    return !seen.has(key) && seen.add(key)
  })
}

/**
 * From what was read to a verdict. Pure. The order is the rule: identity, structure, then proofs of the asked day, and only
 * where the page itself says so that booking is not open. Nothing found is never "not open".
 */
export function decide(read: PageFacts, target: ListingTarget, now: Date): Observation {
  const facts = { ...read, screenings: distinct(read.screenings) }
  const finding = find(facts, target, now)
  const believed = finding.reason !== 'identity' && finding.reason !== 'parse'
  const announcedAt = finding.verdict === 'ANNOUNCED' ? (facts.announcedAt?.toISOString() ?? null) : null
  return {
    verdict: finding.verdict,
    reason: finding.reason,
    announcedAt,
    sessions: believed
      ? facts.screenings
          .map(({ session, state }) => ({ ...session, bookable: state === 'bookable' }))
          .sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.siteId.localeCompare(b.siteId))
      : [],
    openDates: believed ? [...new Set(facts.openDates)].sort() : [],
    evidence: finding.evidence.slice(0, 12).map(plain),
    identity: { asked: target.siteMovieId, served: facts.served },
    contentHash: contentHashOf(facts, finding),
    shapeHash: sha256([...new Set(facts.shape)].sort().join('\n')),
  }
}
