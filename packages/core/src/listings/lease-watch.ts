import { randomUUID } from 'node:crypto'
import type { ListedSession } from '@marquee/providers/listings/listing-source'
import type { Ctx } from '../context.ts'
import type { BelievedVerdict } from './next-state.ts'

/** Longer than a look takes, its pauses between pages included; it is renewed with every further page. */
export const LEASE_MS = 120_000

export type LeasedWatch = {
  id: string
  leaseToken: string
  siteMovieId: string
  title: string
  slug: string | null
  hints: Record<string, string>
  verdict: BelievedVerdict | null
  lastVerdict: string | null
  confirmingSince: Date | null
  closingSince: Date | null
  sessions: ListedSession[]
  announcedAt: Date | null
  openDates: string[]
  contentHash: string | null
  etag: string | null
  lastModified: string | null
  lastLookAt: Date | null
  intervalSeconds: number
  sourceId: string
  kind: string
  baseUrl: string
  zone: string | null
  hosts: string[]
  minGapMs: number
  dailyBudget: number
  shapeHash: string | null
  city: { name: string; zone: string; slug: string | null; code: string | null }
}

/**
 * Takes a due watch for one look, or null: not due, not wanted, or somebody else has it. One conditional statement, so
 * two workers never both have it; the lease of a worker that died runs out and the watch is due again by itself.
 */
export async function leaseWatch(ctx: Pick<Ctx, 'pool'>, watchId: string, now: Date): Promise<LeasedWatch | null> {
  const { rows } = await ctx.pool.query<LeasedWatch>(
    `UPDATE watches w SET lease_token = $2, lease_until = $3::timestamptz
       FROM listing_sources s, cities c
      WHERE w.id = $1 AND s.id = w.source_id AND c.id = w.city_id AND s.enabled AND s.kind <> 'catalogue'
        AND w.subscribers > 0 AND w.next_look_at <= $4::timestamptz AND (w.lease_until IS NULL OR w.lease_until <= $4::timestamptz)
     RETURNING w.id, w.lease_token AS "leaseToken", w.site_movie_id AS "siteMovieId", w.title, w.slug, w.hints, w.verdict,
               w.last_verdict AS "lastVerdict", w.confirming_since AS "confirmingSince", w.closing_since AS "closingSince", w.sessions, w.etag,
               w.announced_at AS "announcedAt", coalesce(w.open_dates, '{}') AS "openDates", w.content_hash AS "contentHash",
               w.last_modified AS "lastModified", w.last_look_at AS "lastLookAt", w.interval_seconds AS "intervalSeconds",
               s.id AS "sourceId", s.kind, s.base_url AS "baseUrl", s.zone, s.hosts, s.min_gap_ms AS "minGapMs",
               s.daily_budget AS "dailyBudget", s.shape_hash AS "shapeHash",
               jsonb_build_object('name', c.name, 'zone', c.time_zone, 'slug', s.cities #>> ARRAY[c.slug, 'slug'],
                                  'code', s.cities #>> ARRAY[c.slug, 'code']) AS city`,
    [watchId, randomUUID(), new Date(now.getTime() + LEASE_MS), now],
  )
  return rows[0] ?? null
}

/** False: the lease was lost meanwhile. */
export async function renewLease(ctx: Pick<Ctx, 'pool'>, watch: LeasedWatch, now: Date): Promise<boolean> {
  const { rowCount } = await ctx.pool.query('UPDATE watches SET lease_until = $3 WHERE id = $1 AND lease_token = $2', [
    watch.id,
    watch.leaseToken,
    new Date(now.getTime() + LEASE_MS),
  ])
  return rowCount === 1
}

/** Nothing was learnt: the watch is due again then. */
export async function putOff(ctx: Pick<Ctx, 'pool'>, watch: LeasedWatch, until: Date): Promise<void> {
  await ctx.pool.query(
    'UPDATE watches SET next_look_at = $3, lease_token = NULL, lease_until = NULL WHERE id = $1 AND lease_token = $2',
    [watch.id, watch.leaseToken, until],
  )
}
