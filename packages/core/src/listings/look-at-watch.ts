import type { Conditional } from '@marquee/providers/listings/fetch/request-headers'
import type { FetchedPage, ListingSource, ListingTarget, Observation } from '@marquee/providers/listings/listing-source'
import type { OpenListing } from '@marquee/providers/listings/registry'
import type { Ctx } from '../context.ts'
import { inTransaction } from '../in-transaction.ts'
import { isDrawnSince, pastCaches } from './cached-copies.ts'
import { compressPages } from './compress-pages.ts'
import { type FetchCtx, fetchPlans } from './fetch-plans.ts'
import { type LeasedWatch, leaseWatch, putOff, renewLease } from './lease-watch.ts'
import { lockWatch } from './lock-watch.ts'
import { lookFurther } from './look-further.ts'
import type { Look } from './next-state.ts'
import { readWishes } from './read-wishes.ts'
import { type LookWritten, writeLook } from './write-look.ts'

/** `listings` opens the adapter of a source. */
export type LookCtx = FetchCtx & Pick<Ctx, 'config' | 'log' | 'crashPoint'> & { listings: OpenListing }

export type LookOutcome =
  /** Not due, or somebody else looks. */
  | { outcome: 'skipped' }
  /** The host asks to be spared until then. */
  | { outcome: 'deferred'; until: Date; why: string }
  /** Somebody else took it over meanwhile: this answer counts for nothing. */
  | { outcome: 'rejected' }
  | ({ outcome: 'looked'; observation: Observation } & LookWritten)

/** Every so many intervals the page itself is asked for: an ETag that never changes must not hide an opening. */
const WHOLE_EVERY = 4
/** A source whose adapter is gone, or a city it no longer covers. */
const HOPELESS_MS = 6 * 3_600_000

/**
 * One look at one watch: lease, fetch, read, and all that follows from it in one transaction. Safe to run twice and to die
 * at any point. With a clock and a fetcher of one's own it runs in simulated time: ask nextDueAt, move the clock there,
 * scheduleLooks with a `start` of one's own, and call this for every watch it names.
 */
export async function lookAtWatch(ctx: LookCtx, { watchId }: { watchId: string }): Promise<LookOutcome> {
  const watch = await leaseWatch(ctx, watchId, ctx.clock.now())
  if (!watch) return { outcome: 'skipped' }
  const { baseUrl, zone, city } = watch
  const source = ctx.listings(watch.kind, { baseUrl, zone })
  if (!source || !city.slug) {
    const until = new Date(ctx.clock.now().getTime() + HOPELESS_MS)
    await putOff(ctx, watch, until)
    return { outcome: 'deferred', until, why: source ? 'city' : 'adapter' }
  }
  const target = targetOf(watch)
  const plans = source.plan(target, ctx.clock.now()).map((plan) => pastCaches(plan, watch.confirmingSince))
  const host = { minGapMs: watch.minGapMs, dailyBudget: watch.dailyBudget, allowedHosts: watch.hosts }
  const wishes = await readWishes(ctx, watchId)
  // Of several open days one page shows the first; that it is as it was says nothing of the others.
  const hidesDays = wishes.length > 0 && watch.openDates.length > 1
  const fetched = await fetchPlans(ctx, {
    host,
    plans,
    conditional: plans.length === 1 && !hidesDays ? conditionalOf(watch, ctx.clock.now()) : null,
    beforeEach: () => renewLease(ctx, watch, ctx.clock.now()),
  })
  if ('deferredUntil' in fetched) {
    await putOff(ctx, watch, fetched.deferredUntil)
    return { outcome: 'deferred', until: fetched.deferredUntil, why: fetched.why }
  }
  const { pages } = fetched
  const page = readPages(source, watch, target, pages, ctx.clock.now())
  const isUnchanged = pages.length === 1 && pages[0]?.status === 304
  const whole = isUnchanged
    ? { observation: page.observation, complete: true, pages: [] }
    : await lookFurther(ctx, { watch, source, target, host, pages, seen: page.observation, wishes })
  const at = ctx.clock.now()
  const read = { observation: whole.observation, complete: whole.complete, fresh: page.fresh }
  const first = pages[0]
  const body = read.fresh && keepsBody(watch, read.observation) ? await compressPages([...pages, ...whole.pages]) : null
  const written = await inTransaction(ctx, async (client) => {
    const locked = await lockWatch(client, { watchId, leaseToken: watch.leaseToken })
    if (!locked) return null
    const look: Look = { at, ...read, own: false, confirmAfterMs: ctx.config.monitor.confirmMs * 0.75 }
    const result = await writeLook(client, ctx, {
      watch: locked,
      look,
      page: {
        status: first?.status ?? null,
        etag: pages.length === 1 ? (first?.headers.etag ?? null) : null,
        lastModified: pages.length === 1 ? (first?.headers['last-modified'] ?? null) : null,
        parserVersion: source.parserVersion,
        body,
      },
      error: fetched.why,
    })
    ctx.crashPoint('watch:before-commit')
    return result
  })
  ctx.crashPoint('watch:after-commit')
  if (!written) return { outcome: 'rejected' }
  if (written.step.opens)
    ctx.log.info(
      { watchId, source: watch.sourceId, kind: written.step.opens.kind, held: written.held },
      'booking is open',
    )
  return { outcome: 'looked', observation: read.observation, ...written }
}

function targetOf(watch: LeasedWatch): ListingTarget {
  const { siteMovieId, title, slug, hints, city } = watch
  return { siteMovieId, title, slug, hints, date: null, city: { ...city, slug: city.slug ?? '' } }
}

/** Null: the page itself is wanted. A second look always wants it, and so does what changes by time alone. */
function conditionalOf(watch: LeasedWatch, now: Date): Conditional | null {
  const { etag, lastModified, lastLookAt } = watch
  if ((!etag && !lastModified) || !lastLookAt || watch.confirmingSince || watch.closingSince) return null
  if (!watch.lastVerdict || watch.lastVerdict === 'UNKNOWN') return null
  if (watch.announcedAt && watch.announcedAt <= now) return null
  const begun = watch.sessions.some((session) => session.bookable && Date.parse(session.startsAt) <= now.getTime())
  if (begun) return null
  const turn = (instant: Date) =>
    Math.floor(instant.getTime() / (WHOLE_EVERY * 1_000 * Math.max(1, watch.intervalSeconds)))
  return turn(lastLookAt) === turn(now) ? { etag, lastModified } : null
}

function readPages(
  source: ListingSource,
  watch: LeasedWatch,
  target: ListingTarget,
  pages: FetchedPage[],
  at: Date,
): { observation: Observation; fresh: boolean } {
  const [first] = pages
  if (pages.length === 1 && first?.status === 304) return { observation: asBefore(watch), fresh: false }
  const observation = source.interpret(target, pages, at)
  const older = olderThan(first?.headers['last-modified'], watch.lastModified)
  if (older && pages.length === 1 && observation.verdict !== 'UNKNOWN')
    return { observation: { ...observation, verdict: 'UNKNOWN', reason: 'stale' }, fresh: true }
  return { observation, fresh: !first || isDrawnSince(first, watch.confirmingSince) }
}

/** An old copy of the page, from some cache: it knows less than we do. */
function olderThan(now: string | undefined, before: string | null): boolean {
  const [a, b] = [Date.parse(now ?? ''), Date.parse(before ?? '')]
  return a < b
}

/** "Not modified": what the last good look said. */
function asBefore(watch: LeasedWatch): Observation {
  return {
    verdict: (watch.lastVerdict ?? 'UNKNOWN') as Observation['verdict'],
    reason: null,
    announcedAt: watch.announcedAt?.toISOString() ?? null,
    sessions: watch.lastVerdict === watch.verdict ? watch.sessions : [],
    openDates: watch.openDates,
    evidence: [],
    identity: { asked: watch.siteMovieId, served: watch.siteMovieId },
    contentHash: watch.contentHash ?? '',
    shapeHash: watch.shapeHash ?? '',
  }
}

/** A page that says what the one before said is evidence of nothing new. */
const keepsBody = (watch: LeasedWatch, observation: Observation) =>
  observation.contentHash !== watch.contentHash ||
  observation.verdict !== watch.lastVerdict ||
  watch.confirmingSince !== null
