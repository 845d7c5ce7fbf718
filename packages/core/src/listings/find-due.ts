import type { ListName } from '@marquee/providers/listings/listing-source'
import type { Ctx } from '../context.ts'

export type DueLook =
  | { kind: 'look' | 'told'; watchId: string; dueAt: Date }
  | { kind: 'list'; sourceId: string; cityId: string; list: ListName; dueAt: Date }

type Row = { kind: DueLook['kind']; id: string; cityId: string; list: ListName | null; dueAt: Date }

/** How often the schedule asks; what a host can take within that is given out at once. */
export const SCHEDULE_EVERY_MS = 2_000
const OWN_BATCH = 200
const HOST_OF = `substring(s.base_url from '^[a-z]+://([^/]+)')`
const TODAY = `h.spent_on = ($1::timestamptz AT TIME ZONE 'UTC')::date`
/** A second look; a film that is new, or whose sale is at hand. They come before all others, however long those have waited. */
const PRESSING = `(w.confirming_since IS NOT NULL OR w.interval_seconds <= 300)`
/**
 * Of a day's requests the others may have a fifth at once and the rest as the day goes on, a tenth excepted: what begins in
 * the evening must still find some.
 */
const PACE = `(0.2 + 0.7 * extract(epoch FROM $1::timestamptz - date_trunc('day', $1::timestamptz, 'UTC')) / 86400)`
/** Sources whose host can be asked now: no request under way, the gap over, not shut off, something left of today's budget. */
const FREE = `
  SELECT s.id, s.min_gap_ms, ${HOST_OF} AS host, NOT EXISTS (
           SELECT FROM listing_hosts h WHERE h.host = ${HOST_OF} AND ${TODAY} AND h.spent_today >= s.daily_budget * ${PACE}) AS paced
    FROM listing_sources s
   WHERE s.enabled AND s.kind <> 'catalogue' AND NOT EXISTS (
     SELECT FROM listing_hosts h WHERE h.host = ${HOST_OF} AND (
       h.lease_until > $1::timestamptz OR h.next_request_at > $1::timestamptz OR h.circuit_until > $1::timestamptz
       OR (${TODAY} AND h.spent_today >= s.daily_budget)))`
/**
 * What is urgent comes first, then what many wait for; every ten minutes in the queue count as much as e times as many, up
 * to ten hours: after a long pause all are late alike.
 */
const score = (seconds: string, subscribers: string, due: string) =>
  `2 * (12 - ln(greatest(${seconds}, 1))) + ln(1 + ${subscribers}) + least(extract(epoch FROM $1::timestamptz - ${due}) / 600, 60)`

/**
 * What is due and can be asked now, in the order in which it should be: per host at most what its gap lets through before
 * the schedule asks again. Frozen sources are looked at too, only nobody is told. Lists that have no row yet get one.
 */
export async function findDue(ctx: Pick<Ctx, 'pool' | 'clock'>): Promise<DueLook[]> {
  const now = ctx.clock.now()
  await ctx.pool.query(
    `INSERT INTO source_listings (source_id, city_id, list, next_look_at)
     SELECT s.id, c.id, l.list, $1 FROM listing_sources s JOIN cities c ON s.cities ? c.slug
       CROSS JOIN (VALUES ('running'), ('upcoming')) AS l(list)
      WHERE s.enabled AND s.kind <> 'catalogue'
        AND NOT EXISTS (SELECT FROM source_listings x WHERE x.source_id = s.id AND x.city_id = c.id AND x.list = l.list)
     ON CONFLICT DO NOTHING`,
    [now],
  )
  const { rows } = await ctx.pool.query<Row>(
    `WITH free AS MATERIALIZED (${FREE}),
     due AS (
       SELECT 'look' AS kind, w.id::text AS id, w.city_id, NULL AS list, w.next_look_at AS due, s.host, s.min_gap_ms,
              ${score('w.interval_seconds', 'w.subscribers', 'w.next_look_at')}
                + CASE WHEN w.confirming_since IS NOT NULL THEN 1000 WHEN ${PRESSING} THEN 200 ELSE 0 END AS score
         FROM watches w JOIN free s ON s.id = w.source_id
        WHERE w.next_look_at <= $1 AND w.subscribers > 0 AND (w.lease_until IS NULL OR w.lease_until <= $1)
          AND (s.paced OR ${PRESSING})
       UNION ALL
       SELECT 'list', l.source_id, l.city_id, l.list, l.next_look_at, s.host, s.min_gap_ms,
              ${score('3600', '1', 'l.next_look_at')}
         FROM source_listings l JOIN free s ON s.id = l.source_id
        WHERE l.next_look_at <= $1 AND (l.lease_until IS NULL OR l.lease_until <= $1) AND s.paced),
     placed AS (
       SELECT *, row_number() OVER (PARTITION BY host ORDER BY score DESC, due, id) AS place FROM due)
     SELECT kind, id, city_id AS "cityId", list, due AS "dueAt" FROM (
       SELECT kind, id, city_id, list, due, score FROM placed
        WHERE place <= greatest(1, ${SCHEDULE_EVERY_MS} / greatest(min_gap_ms, 1))
       UNION ALL
       (SELECT 'told', w.id::text, w.city_id, NULL, w.next_look_at, 0 FROM watches w JOIN listing_sources s ON s.id = w.source_id
         WHERE w.next_look_at <= $1 AND w.subscribers > 0 AND s.kind = 'catalogue' ORDER BY w.next_look_at LIMIT ${OWN_BATCH})) all_due
      ORDER BY score DESC, due, id`,
    [now],
  )
  return rows.map(({ kind, id, cityId, list, dueAt }) =>
    kind === 'list' ? { kind, sourceId: id, cityId, list: list!, dueAt } : { kind, watchId: id, dueAt },
  )
}

/** When something is due next, were every host free; null: nothing ever. One index look-up each. */
export async function nextDueAt(ctx: Pick<Ctx, 'pool'>): Promise<Date | null> {
  const { rows } = await ctx.pool.query<{ at: Date | null }>(
    `SELECT least(
       (SELECT min(w.next_look_at) FROM watches w JOIN listing_sources s ON s.id = w.source_id AND s.enabled
         WHERE w.next_look_at IS NOT NULL AND w.subscribers > 0),
       (SELECT min(l.next_look_at) FROM source_listings l JOIN listing_sources s ON s.id = l.source_id AND s.enabled)) AS at`,
  )
  return rows[0]?.at ?? null
}
