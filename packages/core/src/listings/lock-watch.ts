import type { ListedSession } from '@marquee/providers/listings/listing-source'
import type pg from 'pg'
import type { Belief } from './next-state.ts'

export type LockedWatch = {
  id: string
  sourceId: string
  cityId: string
  siteMovieId: string
  title: string
  releaseDate: Date | null
  contentHash: string | null
  etag: string | null
  lastModified: string | null
  subscribers: number
  belief: Belief
  opening: { id: string; kind: 'OPENING' | 'SEATS_BACK'; state: 'LIVE' | 'HELD' } | null
  source: {
    frozenAt: Date | null
    intervalSeconds: number | null
    parserVersion: number
    shapeHash: string | null
  }
  /** Of those who wait. */
  urgent: boolean
  seatsBack: boolean
  /** Somebody was told nothing yet, and is told when what they want comes. */
  awaited: boolean
}

type Row = Omit<LockedWatch, 'belief' | 'opening' | 'source'> & Omit<Belief, 'candidates' | 'current'>

/**
 * A watch as it is now, locked until the end of the transaction. With a lease token only whoever still holds that lease
 * gets it: the answer of a worker that was taken for dead is nobody's.
 */
export async function lockWatch(
  client: pg.ClientBase,
  input: { watchId: string; leaseToken: string | null },
): Promise<LockedWatch | null> {
  const locked = await client.query<Row>(
    `SELECT id, source_id AS "sourceId", city_id AS "cityId", site_movie_id AS "siteMovieId", title, subscribers, etag,
            release_date AS "releaseDate", content_hash AS "contentHash", last_modified AS "lastModified",
            verdict, last_verdict AS "lastVerdict", last_reason AS "lastReason", confirming_since AS "confirmingSince",
            closing_since AS "closingSince", gone_looks AS "goneLooks", announced_at AS "announcedAt", sessions,
            coalesce(open_dates, '{}') AS "openDates", last_look_at AS "lastLookAt", last_ok_at AS "lastOkAt", blind_since AS "blindSince",
            fail_streak AS "failStreak", verdict_changed_at AS "verdictChangedAt"
       FROM watches WHERE id = $1 AND ($2::uuid IS NULL OR lease_token = $2) FOR NO KEY UPDATE`,
    [input.watchId, input.leaseToken],
  )
  const [row] = locked.rows
  if (!row) return null
  // Asked once the lock is there: before, somebody else could still change the answers.
  const around = await client.query<{
    opening: LockedWatch['opening']
    candidates: ListedSession[] | null
    source: LockedWatch['source'] & { frozenAt: string | null }
    urgent: boolean
    seatsBack: boolean
    awaited: boolean
  }>(
    `SELECT (SELECT jsonb_build_object('id', id, 'kind', kind, 'state', state) FROM openings
              WHERE watch_id = $1 AND state IN ('LIVE', 'HELD')) AS opening,
            (SELECT sessions FROM observations WHERE watch_id = $1 AND at = $2 ORDER BY id DESC LIMIT 1) AS candidates,
            jsonb_build_object('frozenAt', s.frozen_at, 'intervalSeconds', s.interval_seconds,
                               'parserVersion', s.parser_version, 'shapeHash', s.shape_hash) AS source,
            coalesce(f.urgent, false) AS urgent, coalesce(f.back, false) AS "seatsBack", coalesce(f.awaited, false) AS awaited
       FROM listing_sources s,
            (SELECT bool_or(a.urgency = 'opening-day' AND a.state = 'ACTIVE') AS urgent, bool_or(a.seats_back) AS back,
                    bool_or(a.state = 'ACTIVE' AND l.already_open_at IS NULL) AS awaited
               FROM subscription_watches l JOIN alert_subscriptions a ON a.id = l.subscription_id
              WHERE l.watch_id = $1 AND a.state IN ('ACTIVE', 'NOTIFIED', 'ALREADY_OPEN')) f
      WHERE s.id = $3`,
    [row.id, row.confirmingSince, row.sourceId],
  )
  const { opening, candidates, source, urgent, seatsBack, awaited } = around.rows[0]!
  return {
    ...row,
    belief: {
      verdict: row.verdict,
      lastVerdict: row.lastVerdict,
      lastReason: row.lastReason,
      confirmingSince: row.confirmingSince,
      candidates: (candidates ?? []).filter((session) => session.bookable),
      closingSince: row.closingSince,
      goneLooks: row.goneLooks,
      announcedAt: row.announcedAt,
      sessions: row.sessions,
      openDates: row.openDates,
      lastLookAt: row.lastLookAt,
      lastOkAt: row.lastOkAt,
      blindSince: row.blindSince,
      failStreak: row.failStreak,
      verdictChangedAt: row.verdictChangedAt,
      current: opening && { kind: opening.kind },
    },
    opening,
    source: { ...source, frozenAt: source.frozenAt ? new Date(source.frozenAt) : null },
    urgent,
    seatsBack,
    awaited,
  }
}
