import { randomUUID } from 'node:crypto'
import type { FilmList, ListName, SourceCity } from '@marquee/providers/listings/listing-source'
import type { OpenListing } from '@marquee/providers/listings/registry'
import type { Ctx } from '../context.ts'
import { type FetchCtx, fetchPlans } from './fetch-plans.ts'
import { joinLateSources } from './join-late-sources.ts'
import { LEASE_MS } from './lease-watch.ts'
import { writeSourceFilms } from './write-source-films.ts'

export type ReadListingCtx = FetchCtx & Pick<Ctx, 'config' | 'log'> & { listings: OpenListing }

type Leased = {
  token: string
  kind: string
  baseUrl: string
  zone: string | null
  hosts: string[]
  minGapMs: number
  dailyBudget: number
  intervalSeconds: number | null
  etag: string | null
  lastModified: string | null
  lastOkAt: Date | null
  failStreak: number
  waiting: boolean
  city: Omit<SourceCity, 'slug'> & { slug: string | null }
}

const HOUR_MS = 3_600_000
/** Films come and go by the day; where somebody waits for one that a site does not list yet, its lists are read oftener. */
const EVERY_MS = { usual: 6 * HOUR_MS, waitedFor: 2 * HOUR_MS }
const WRITTEN_FOR_MS = 30 * 60_000
const FIRST_RETRY_MS = 10 * 60_000
/** A source with an interval of its own: one look at its lists to so many at each film. */
const LOOKS_PER_INTERVAL_OF_SOURCE = 4
const WHOLE_EVERY = 4

/**
 * Reads one list of films of one source in one city, and lets whoever waits for a film in it watch there too. Safe to run
 * twice and to die at any point. @returns the films read, or null: not due, put off, or not readable
 */
export async function readListing(
  ctx: ReadListingCtx,
  { sourceId, cityId, list }: { sourceId: string; cityId: string; list: ListName },
): Promise<number | null> {
  const input = { sourceId, cityId, list }
  const leased = await lease(ctx, input)
  if (!leased) return null
  const { city } = leased
  const source = ctx.listings(leased.kind, { baseUrl: leased.baseUrl, zone: leased.zone })
  const everyMs = intervalOf(ctx, leased)
  if (!source || !city.slug)
    return release(ctx, input, leased, { next: after(ctx, everyMs), error: 'nothing reads it' })
  const there: SourceCity = { ...city, slug: city.slug }
  const plans = source.planFilms(there, input.list, ctx.clock.now())
  const fetched = await fetchPlans(ctx, {
    host: { minGapMs: leased.minGapMs, dailyBudget: leased.dailyBudget, allowedHosts: leased.hosts },
    plans,
    conditional: plans.length === 1 && isUnchangedEnough(leased, everyMs, ctx.clock.now()) ? leased : null,
  })
  if ('deferredUntil' in fetched) return release(ctx, input, leased, { next: fetched.deferredUntil, error: null })
  const [page] = fetched.pages
  const now = ctx.clock.now()
  const unchanged = fetched.pages.length === 1 && page?.status === 304
  const read: FilmList | null = unchanged ? null : source.readFilms(there, input.list, fetched.pages, now)
  if (read && !read.ok) {
    const retryMs = Math.min(everyMs, Math.min(everyMs / 4, FIRST_RETRY_MS) * 2 ** Math.min(leased.failStreak, 10))
    ctx.log.warn({ ...input, reason: read.reason, why: fetched.why }, 'a list of films could not be read')
    return release(ctx, input, leased, { next: after(ctx, retryMs), error: fetched.why ?? read.reason })
  }
  const headers = fetched.pages.length === 1 ? (page?.headers ?? {}) : {}
  return ctx.db.$transaction(
    async (tx) => {
      const before = await tx.sourceListing.findMany({ where: { sourceId: input.sourceId, cityId: input.cityId } })
      const mine = await tx.sourceListing.updateMany({
        where: { ...input, leaseToken: leased.token },
        data: {
          nextLookAt: after(ctx, everyMs),
          lastOkAt: now,
          lastError: null,
          failStreak: 0,
          leaseToken: null,
          leaseUntil: null,
          ...(read && { etag: headers.etag ?? null, lastModified: headers['last-modified'] ?? null }),
        },
      })
      if (mine.count === 0) return null
      await tx.listingSource.updateMany({ where: { id: input.sourceId }, data: { lastOkAt: now, lastError: null } })
      const { films, fresh } = await writeSourceFilms(tx, { ...input, films: read ? read.films : null, now })
      // A film that is new here was not on sale here when both lists were last read without it.
      const readBefore =
        before.length === 2 && before.every((one) => one.lastOkAt) ? before.map((one) => one.lastOkAt!) : []
      const absentAt = readBefore.length === 2 ? new Date(Math.min(...readBefore.map(Number))) : null
      await joinLateSources(tx, { ...input, fresh, absentAt, now })
      return films
    },
    { timeout: 30_000 },
  )
}

/** Now and then the list itself is asked for: an ETag that never changes must not hide a film. */
function isUnchangedEnough({ etag, lastOkAt }: Leased, everyMs: number, now: Date): boolean {
  const turn = (instant: Date) => Math.floor(instant.getTime() / (WHOLE_EVERY * everyMs))
  return etag !== null && lastOkAt !== null && turn(lastOkAt) === turn(now)
}

const after = (ctx: Pick<Ctx, 'clock'>, milliseconds: number) => new Date(ctx.clock.now().getTime() + milliseconds)

function intervalOf({ config }: Pick<Ctx, 'config'>, { intervalSeconds, waiting }: Leased): number {
  if (intervalSeconds !== null) return intervalSeconds * 1_000 * LOOKS_PER_INTERVAL_OF_SOURCE
  return ((waiting ? EVERY_MS.waitedFor : EVERY_MS.usual) * config.monitor.intervalMs) / WRITTEN_FOR_MS
}

async function lease(ctx: Pick<Ctx, 'pool' | 'clock'>, input: { sourceId: string; cityId: string; list: ListName }) {
  const now = ctx.clock.now()
  const { rows } = await ctx.pool.query<Leased>(
    `UPDATE source_listings l SET lease_token = $4, lease_until = $5
       FROM listing_sources s, cities c
      WHERE l.source_id = $1 AND l.city_id = $2 AND l.list = $3 AND s.id = l.source_id AND c.id = l.city_id AND s.enabled
        AND s.kind <> 'catalogue' AND l.next_look_at <= $6 AND (l.lease_until IS NULL OR l.lease_until <= $6)
     RETURNING l.lease_token AS token, s.kind, s.base_url AS "baseUrl", s.zone, s.hosts, s.min_gap_ms AS "minGapMs",
               s.daily_budget AS "dailyBudget", s.interval_seconds AS "intervalSeconds", l.etag, l.last_modified AS "lastModified", l.last_ok_at AS "lastOkAt",
               l.fail_streak AS "failStreak",
               EXISTS (SELECT FROM alert_subscriptions a WHERE a.city_id = c.id AND a.state = 'ACTIVE' AND NOT EXISTS (
                 SELECT FROM subscription_watches x JOIN watches w ON w.id = x.watch_id AND w.source_id = s.id
                  WHERE x.subscription_id = a.id)) AS waiting,
               jsonb_build_object('name', c.name, 'zone', c.time_zone, 'slug', s.cities #>> ARRAY[c.slug, 'slug'],
                                  'code', s.cities #>> ARRAY[c.slug, 'code']) AS city`,
    [input.sourceId, input.cityId, input.list, randomUUID(), new Date(now.getTime() + LEASE_MS), now],
  )
  return rows[0] ?? null
}

async function release(
  ctx: Pick<Ctx, 'db'>,
  input: { sourceId: string; cityId: string; list: ListName },
  leased: Leased,
  { next, error }: { next: Date; error: string | null },
): Promise<null> {
  await ctx.db.sourceListing.updateMany({
    where: { ...input, leaseToken: leased.token },
    data: {
      nextLookAt: next,
      leaseToken: null,
      leaseUntil: null,
      ...(error !== null && { lastError: error, failStreak: { increment: 1 }, etag: null, lastModified: null }),
    },
  })
  return null
}
